"""The NIK as people type it."""

from datetime import date

import pytest

from scoring.nik import InvalidNik, Sex, parse_nik


@pytest.mark.parametrize(
    "text", ["3171012308900001", "31 7101 230890 0001", "3171.0123.0890.0001", " 3171-0123-0890-0001\t"]
)
def test_a_nik_is_read_however_it_is_spaced(text: str) -> None:
    nik = parse_nik(text)
    assert (nik.digits, nik.region, nik.serial, nik.sex) == ("3171012308900001", "317101", "0001", Sex.MALE)
    assert nik.agrees_with(date(1990, 8, 23))
    assert not nik.agrees_with(date(1990, 8, 24))


def test_forty_is_added_to_a_womans_day() -> None:
    nik = parse_nik("3273016301050003")
    assert nik.sex is Sex.FEMALE
    assert nik.agrees_with(date(2005, 1, 23))


def test_two_digits_of_a_year_agree_with_either_century() -> None:
    nik = parse_nik("3171012308050001")
    assert nik.agrees_with(date(1905, 8, 23))
    assert nik.agrees_with(date(2005, 8, 23))
    assert nik.birth_date(date(2026, 11, 23)) == date(2005, 8, 23)
    assert nik.birth_date(date(2004, 1, 1)) == date(1905, 8, 23)


def test_29_february_1900_was_not_a_day_but_2000_was() -> None:
    assert parse_nik("3171012902000001").birth_dates == (date(2000, 2, 29),)


def test_an_unknown_region_warns_and_is_not_refused() -> None:
    assert parse_nik("3171012308900001").region_known
    assert not parse_nik("9971012308900001").region_known


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nik_missing"),
        ("   ", "nik_missing"),
        ("317101230890000", "nik_length"),
        ("31710123089000011", "nik_length"),
        ("31710123O8900001", "nik_not_digits"),
        ("٣١٧١٠١٢٣٠٨٩٠٠٠٠١", "nik_not_digits"),
        ("3171013208900001", "nik_birth_date"),
        ("3171010008900001", "nik_birth_date"),
        ("3171014008900001", "nik_birth_date"),
        ("3171017208900001", "nik_birth_date"),
        ("3171012313900001", "nik_birth_date"),
        ("3171012902010001", "nik_birth_date"),
        ("0000000000000000", "nik_birth_date"),
    ],
)
def test_a_malformed_nik_says_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(InvalidNik) as refused:
        parse_nik(text)
    assert refused.value.code == code


def test_no_digits_of_a_person_reach_a_log() -> None:
    nik = parse_nik("3171012308900001")
    assert "230890" not in repr(nik)
    assert nik.masked == "31••••••••••••01"
