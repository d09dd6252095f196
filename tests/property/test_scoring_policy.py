"""Birthdays, months, working days and NIKs, over many years."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.nik import InvalidNik, parse_nik
from scoring.policy import (
    LICENCE_CLASSES,
    Eligible,
    check_eligibility,
    full_months,
    full_years,
    next_attempt_dates,
    rules_on,
)
from scoring.policy.retake import is_working_day
from scoring.policy.validity import last_day

births = st.dates(date(1930, 1, 1), date(2015, 12, 31))
days = st.dates(date(2021, 2, 19), date(2035, 12, 31))
LEAP_DAY = date(2008, 2, 29)


@given(births, days)
@example(LEAP_DAY, date(2025, 3, 1))
@example(LEAP_DAY, date(2025, 2, 28))
@example(LEAP_DAY, date(2028, 2, 29))
def test_age_grows_by_one_on_birthdays_and_on_no_other_day(birth: date, day: date) -> None:
    born_leap_day, common_year = (birth.month, birth.day) == (2, 29), day.year % 4 != 0
    celebrated = (3, 1) if born_leap_day and common_year else (birth.month, birth.day)
    grown = full_years(birth, day) - full_years(birth, day - timedelta(days=1))
    assert grown == int((day.month, day.day) == celebrated)


@given(st.sampled_from(LICENCE_CLASSES), births, days)
def test_who_may_apply_may_also_apply_later(licence_class: str, birth: date, day: date) -> None:
    early = check_eligibility(licence_class, "after_revocation", birth, day)
    later = check_eligibility(licence_class, "after_revocation", birth, day + timedelta(days=90))
    if isinstance(early, Eligible):
        assert isinstance(later, Eligible)


@given(days, st.integers(1, 6204))
@example(date(2025, 2, 28), 6209)
def test_the_date_a_refusal_names_is_the_first_that_is_accepted(day: date, age_in_days: int) -> None:
    birth = day - timedelta(days=age_in_days)  # never quite 17 years
    refused = check_eligibility("A", "new", birth, day)
    assert not isinstance(refused, Eligible)
    first = refused.reasons[0].params["from"]
    assert isinstance(first, date)
    assert isinstance(check_eligibility("A", "new", birth, first), Eligible)
    assert not isinstance(check_eligibility("A", "new", birth, first - timedelta(days=1)), Eligible)


@given(days, st.integers(0, 2000))
def test_months_never_run_ahead_of_years(since: date, length: int) -> None:
    day = since + timedelta(days=length)
    assert full_months(since, day) // 12 == full_years(since, day)


@given(days, st.integers(1, 3), st.integers(0, 40))
def test_a_retake_is_offered_only_inside_its_window(fail: date, fails: int, wait: int) -> None:
    today = fail + timedelta(days=wait)
    rules = rules_on(today)
    retake = next_attempt_dates(fail, fails, today, rules)
    assert (retake.attempts_left == 0) is (retake.earliest is None) is (retake.latest is None)
    if retake.earliest and retake.latest:
        assert today <= retake.earliest <= retake.latest
        assert is_working_day(retake.latest, rules)
        window = [fail + timedelta(days=n) for n in range(1, (retake.latest - fail).days + 1)]
        assert sum(is_working_day(day, rules) for day in window) == 14


@given(births, st.booleans(), st.integers(0, 9999), st.sampled_from(["", " ", ".", "-"]))
@example(LEAP_DAY, True, 1, "")
def test_a_nik_made_from_a_birth_date_agrees_with_it(birth: date, woman: bool, serial: int, gap: str) -> None:
    day = birth.day + 40 * woman
    nik = parse_nik(f"317101{gap}{day:02d}{birth:%m%y}{gap}{serial:04d}")
    assert nik.agrees_with(birth)
    assert not nik.agrees_with(birth + timedelta(days=1))


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_nik_or_a_refusal(text: str) -> None:
    try:
        assert len(parse_nik(text).digits) == 16
    except InvalidNik as refused:
        assert refused.code.startswith("nik_")


def test_a_day_before_all_rules_is_not_guessed() -> None:
    with pytest.raises(LookupError):
        check_eligibility("A", "new", date(1990, 1, 1), date(2020, 1, 1))


@given(days, st.integers(1, 60))
@example(date(2026, 8, 31), 6)
def test_what_counts_for_some_months_ends_on_the_day_before_they_are_full(since: date, months: int) -> None:
    last = last_day(since, months)
    assert full_months(since, last) < months <= full_months(since, last + timedelta(days=1))
