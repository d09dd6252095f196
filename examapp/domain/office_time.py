"""Days of law: counted where most offices are, whatever zone the server or the applicant is in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

# The farthest zone of Indonesia is two hours ahead of it.
OFFICE_ZONE = ZoneInfo("Asia/Jakarta")


def office_day(at: datetime) -> date:
    """The calendar day in Jakarta at `at`."""
    return at.astimezone(OFFICE_ZONE).date()
