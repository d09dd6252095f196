"""How long something that was passed or signed counts, in calendar months."""

from datetime import date, timedelta


def last_day(since: date, months: int) -> date:
    """The last day on which what lasts `months` (≥ 1) from `since` still counts: `since` is the first of them."""
    return _months_later(since, months) - timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    # A day that the later month lacks becomes the first of the next one, as in `eligibility.full_months`.
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return _months_later(day.replace(day=1), months + 1)
