"""When a failed exam may be sat again."""

from datetime import date

import pytest

from scoring.policy import next_attempt_dates, rules_on
from scoring.policy.retake import is_working_day

FAIL = date(2026, 11, 23)  # a Monday
RULES = rules_on(FAIL)


def test_under_the_circular_one_may_retake_the_same_day_until_the_14th_working_day_after() -> None:
    retake = next_attempt_dates(FAIL, 1, FAIL, RULES)
    assert (retake.earliest, retake.latest, retake.attempts_left) == (FAIL, date(2026, 12, 11), 2)
    assert "art. 15(2)" in retake.article


def test_before_the_circular_one_waited_for_the_next_working_day() -> None:
    friday = date(2022, 10, 28)
    retake = next_attempt_dates(friday, 1, friday, rules_on(friday))
    assert retake.earliest == date(2022, 10, 31)
    assert retake.rule_version == "retake-2021"


def test_a_national_holiday_lengthens_the_window() -> None:
    # 25 December 2026 is a Friday: without it the window would end a working day earlier.
    fail = date(2026, 12, 10)
    assert not is_working_day(date(2026, 12, 25), RULES)
    assert next_attempt_dates(fail, 1, fail, RULES).latest == date(2026, 12, 31)


def test_two_retakes_and_no_third() -> None:
    assert next_attempt_dates(FAIL, 2, FAIL, RULES).attempts_left == 1
    used_up = next_attempt_dates(FAIL, 3, FAIL, RULES)
    assert (used_up.earliest, used_up.latest, used_up.attempts_left) == (None, None, 0)
    assert used_up.reason.code == "retakes_used_up"


def test_the_last_day_counts_and_the_day_after_is_too_late() -> None:
    last = date(2026, 12, 11)
    assert next_attempt_dates(FAIL, 1, last, RULES).earliest == last
    late = next_attempt_dates(FAIL, 1, date(2026, 12, 12), RULES)
    assert late.reason.code == "retake_window_closed"
    assert late.attempts_left == 0


def test_a_year_without_listed_holidays_is_marked_provisional() -> None:
    fail = date(2029, 3, 1)
    assert next_attempt_dates(fail, 1, fail, rules_on(fail)).provisional


@pytest.mark.parametrize(("fails", "today"), [(0, FAIL), (1, date(2026, 11, 22))])
def test_a_retake_of_nothing_is_a_mistake_of_the_caller(fails: int, today: date) -> None:
    with pytest.raises(ValueError, match="at least one fail"):
        next_attempt_dates(FAIL, fails, today, RULES)
