"""When a failed theory exam may be sat again, in working days."""

from dataclasses import dataclass
from datetime import date, timedelta

from scoring.policy.values import Rules
from scoring.reasons import Param, Reason

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Retake:
    """`earliest` and `latest` are days on which a retake is allowed; both None when none is left (`reason`).

    `provisional` when the rule or the holidays it counted with await confirmation.
    """

    earliest: date | None
    latest: date | None
    attempts_left: int
    article: str
    rule_version: str
    provisional: bool
    reason: Reason


def is_working_day(day: date, rules: Rules) -> bool:
    """Monday to Friday, less the listed national holidays."""
    return day.weekday() < 5 and day not in rules.holidays


def after_working_days(day: date, count: int, rules: Rules) -> date:
    """The `count`-th working day after `day` (`day` itself for 0)."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, rules)
    return day


def window_end(first_fail: date, rules: Rules) -> date:
    """The last day of the window that the first fail opened."""
    rule = rules.retake
    start = first_fail if rule.count_from_day_after else first_fail - ONE_DAY
    return after_working_days(start, rule.window_working_days, rules)


def next_attempt_dates(
    fail_date: date, fails_so_far: int, on_date: date, rules: Rules, *, last_fail_date: date | None = None
) -> Retake:
    """The days on which the next attempt may be sat, seen from `on_date`.

    `fail_date` is the first fail of this application, which opens the window; `last_fail_date` the latest
    one (default: the same). Raises `ValueError` when nothing was failed or the dates run backwards.
    """
    last_fail = fail_date if last_fail_date is None else last_fail_date
    if fails_so_far < 1 or not fail_date <= last_fail <= on_date:
        raise ValueError(
            "A retake needs at least one fail, and dates in order: first fail, last fail, today."
        )
    rule = rules.retake
    left = max(0, rule.retakes + 1 - fails_so_far)
    latest = window_end(fail_date, rules)
    earliest = max(on_date, after_working_days(last_fail, rule.earliest_after_working_days, rules))
    years_known = {fail_date.year, latest.year} <= rules.holiday_years

    def retake(first: date | None, last: date | None, attempts: int, reason: Reason) -> Retake:
        provisional = rule.provisional or not years_known
        return Retake(first, last, attempts, rule.article, rule.code, provisional, reason)

    if left == 0:
        reason = Reason("retakes_used_up", {"retakes": rule.retakes}, rule.article)
        return retake(None, None, 0, reason)
    if earliest > latest:
        return retake(None, None, 0, Reason("retake_window_closed", {"latest": latest}, rule.article))
    params: dict[str, Param] = {"earliest": earliest, "latest": latest, "left": left}
    return retake(earliest, latest, left, Reason("retake_open", params, rule.article))
