"""Who may apply: the ages and licences of the law, row by row."""

from datetime import date

import pytest

from question_bank.licence import LicenceClass
from scoring.policy import (
    LICENCE_CLASSES,
    Eligible,
    HeldLicence,
    Ineligible,
    NoRuleInForce,
    OverlappingRules,
    check_eligibility,
    describe,
    rules_on,
)
from scoring.policy.register import shipped_tables

TODAY = date(2026, 11, 23)
ADULT = date(1990, 5, 17)
MINIMUM_AGES = {
    "A": 17, "C": 17, "D": 17, "D I": 17, "C I": 18, "C II": 19, "A Umum": 20, "B I": 20, "B II": 21, "B I Umum": 22,
    "B II Umum": 23,
}  # fmt: skip


def codes(result: Eligible | Ineligible) -> list[str]:
    return [reason.code for reason in result.reasons] if isinstance(result, Ineligible) else []


def test_the_classes_are_those_of_the_question_bank() -> None:
    assert set(LICENCE_CLASSES) == {member.value for member in LicenceClass}


@pytest.mark.parametrize(("licence_class", "age"), MINIMUM_AGES.items())
def test_the_minimum_age_is_reached_on_the_birthday_and_not_a_day_before(
    licence_class: str, age: int
) -> None:
    birth = date(TODAY.year - age, TODAY.month, TODAY.day)
    day_younger = date(TODAY.year - age, TODAY.month, TODAY.day + 1)
    assert "too_young" not in codes(check_eligibility(licence_class, "new", birth, TODAY))
    assert "too_young" in codes(check_eligibility(licence_class, "new", day_younger, TODAY))


def test_born_on_29_february_one_is_seventeen_on_1_march_of_a_common_year() -> None:
    birth = date(2008, 2, 29)
    before = check_eligibility("A", "new", birth, date(2025, 2, 28))
    assert isinstance(before, Ineligible)
    assert before.reasons[0].params["from"] == date(2025, 3, 1)
    assert isinstance(check_eligibility("A", "new", birth, date(2025, 3, 1)), Eligible)


def test_a_seventeen_year_old_needs_a_guardian_until_the_eighteenth_birthday() -> None:
    seventeen = check_eligibility("C", "new", date(2008, 11, 24), TODAY)
    eighteen = check_eligibility("C", "new", date(2008, 11, 23), TODAY)
    assert isinstance(seventeen, Eligible)
    assert seventeen.guardian_required
    assert isinstance(eighteen, Eligible)
    assert not eighteen.guardian_required


HELD_BEFORE = [
    ("C I", "C", True),
    ("C II", "C I", True),
    ("C II", "C", False),
    ("B I", "A", True),
    ("B I", "A Umum", True),
    ("B I", "C", False),
    ("B I Umum", "A Umum", True),
    ("B I Umum", "B I", True),
    ("B I Umum", "A", False),
    ("B II", "B I", True),
    ("B II", "A", False),
    ("B II Umum", "B I Umum", True),
    ("B II Umum", "B II", True),
    ("B II Umum", "B I", False),
    ("A Umum", "A", True),
]


@pytest.mark.parametrize(("wanted", "held", "enough"), HELD_BEFORE)
def test_an_upgrade_builds_on_the_licences_the_law_names(wanted: str, held: str, enough: bool) -> None:
    result = check_eligibility(wanted, "upgrade", ADULT, TODAY, [HeldLicence(held, date(2020, 1, 1))])
    assert codes(result) == ([] if enough else ["held_class_missing"])


def test_twelve_months_are_complete_on_the_same_day_of_the_next_year() -> None:
    exactly = [HeldLicence("C", date(2025, 11, 23))]
    day_short = [HeldLicence("C", date(2025, 11, 24))]
    assert isinstance(check_eligibility("C I", "upgrade", ADULT, TODAY, exactly), Eligible)
    short = check_eligibility("C I", "upgrade", ADULT, TODAY, day_short)
    assert codes(short) == ["held_too_short"]
    assert short.reasons[0].params["held_months"] == 11  # type: ignore[union-attr]


def test_an_expired_or_future_licence_is_not_held() -> None:
    expired = [HeldLicence("C", date(2015, 1, 1), expires=date(2020, 1, 1))]
    future = [HeldLicence("C", date(2027, 1, 1))]
    assert codes(check_eligibility("C I", "upgrade", ADULT, TODAY, expired)) == ["held_class_missing"]
    assert codes(check_eligibility("C I", "upgrade", ADULT, TODAY, future)) == ["held_class_missing"]


def test_a_renewal_sits_psychology_only_and_needs_the_same_valid_licence() -> None:
    held = [HeldLicence("A", date(2022, 1, 1), expires=date(2027, 1, 1))]
    renewed = check_eligibility("A", "renewal", ADULT, TODAY, held)
    assert isinstance(renewed, Eligible)
    assert renewed.parts == ("psychology",)
    assert codes(check_eligibility("C", "renewal", ADULT, TODAY, held)) == ["renewal_not_held"]
    expired = [HeldLicence("A", date(2020, 1, 1), expires=TODAY.replace(day=22))]
    assert codes(check_eligibility("A", "renewal", ADULT, TODAY, expired)) == ["renewal_expired"]


@pytest.mark.parametrize("kind", ["new", "after_revocation"])
def test_a_first_licence_sits_theory_before_psychology(kind: str) -> None:
    result = check_eligibility("A", kind, ADULT, TODAY)
    assert isinstance(result, Eligible)
    assert result.parts == ("theory", "psychology")


def test_the_wrong_kind_of_application_is_pointed_to_the_right_one() -> None:
    assert codes(check_eligibility("A", "upgrade", ADULT, TODAY)) == ["not_an_upgrade"]
    held = [HeldLicence("C", date(2020, 1, 1))]
    assert codes(check_eligibility("C I", "new", ADULT, TODAY, held)) == ["apply_as_upgrade"]


def test_all_reasons_come_at_once_each_with_its_article() -> None:
    result = check_eligibility("B I", "upgrade", date(2009, 1, 1), TODAY)
    assert codes(result) == ["too_young", "held_class_missing"]
    assert all(reason.article.startswith("Perpol 5/2021") for reason in result.reasons)  # type: ignore[union-attr]


def test_what_nobody_can_mean_is_refused_in_words() -> None:
    assert codes(check_eligibility("B3", "new", ADULT, TODAY)) == ["class_unknown"]
    assert codes(check_eligibility("A", "new", date(2027, 1, 1), TODAY)) == ["birth_date_in_future"]
    with pytest.raises(ValueError, match="swap"):
        check_eligibility("A", "swap", ADULT, TODAY)


def test_a_refusal_reads_as_a_sentence_in_both_languages() -> None:
    result = check_eligibility("A", "new", date(2010, 2, 1), TODAY)
    assert isinstance(result, Ineligible)
    assert "16 tahun" in describe(result.reasons[0], "id")
    assert "1 Februari 2027" in describe(result.reasons[0], "id")
    assert "1 February 2027" in describe(result.reasons[0], "en")


def test_before_the_regulation_there_is_no_rule_rather_than_a_guess() -> None:
    with pytest.raises(NoRuleInForce):
        rules_on(date(2021, 2, 18))


def test_two_rules_for_one_day_are_refused() -> None:
    tables = dict(shipped_tables())
    tables["theory"] = (*tables["theory"], {**tables["theory"][0], "code": "theory-twice"})
    with pytest.raises(OverlappingRules, match="theory-twice"):
        rules_on(TODAY, tables)


def test_every_rule_names_its_article_and_doubt_is_explained() -> None:
    for section, rows in shipped_tables().items():
        for row in rows:
            assert row["article"], (section, row["code"])
            assert row.get("note") or not row.get("provisional"), (
                f"{row['code']} is provisional without a note"
            )


def test_a_changed_age_counts_from_its_own_day_on() -> None:
    tables = dict(shipped_tables())
    old = tables["age"][0]
    tables["age"] = (
        {**old, "valid_until": date(2026, 12, 31)},
        {**old, "code": "age-2027", "valid_from": date(2027, 1, 1), "years": {**old["years"], "A": 18}},
    )
    birth = date(2009, 6, 1)
    last_day, next_day = date(2026, 12, 31), date(2027, 1, 1)
    assert isinstance(
        check_eligibility("A", "new", birth, last_day, rules=rules_on(last_day, tables)), Eligible
    )
    assert codes(check_eligibility("A", "new", birth, next_day, rules=rules_on(next_day, tables))) == [
        "too_young"
    ]


def test_a_licence_still_counts_on_its_last_day() -> None:
    held = [HeldLicence("A", date(2021, 11, 23), expires=TODAY)]
    assert isinstance(check_eligibility("A", "renewal", ADULT, TODAY, held), Eligible)
