"""How long a signed psychology certificate counts, in days as people in Jakarta count them."""

from datetime import UTC, date, datetime

import pytest

from examapp.domain.attempt import Part
from examapp.domain.clock import SettableClock
from examapp.domain.roles import Role
from examapp.persistence.records.results import PsychologyReport
from examapp.services.outcome.result_view import result_for_applicant
from examapp.services.platform import Platform
from examapp.services.psychology import signing
from examapp.services.psychology.psychology_desk import report
from examapp.services.sitting import submission
from scoring.verdict import Outcome
from tests.support.battery import ready, renewal, sit_battery
from tests.support.people import make_applicant, make_staff
from tests.support.sitting import answer_theory, begun


@pytest.mark.parametrize(
    ("signed", "last_day"),
    [
        (datetime(2026, 11, 23, 3, tzinfo=UTC), "2027-05-22"),
        (datetime(2026, 8, 31, 3, tzinfo=UTC), "2027-02-28"),
        # 31 December in Jakarta, still the 30th in Greenwich.
        (datetime(2026, 12, 30, 20, tzinfo=UTC), "2027-06-30"),
    ],
)
def test_six_months_end_on_the_day_before(signed: datetime, last_day: str) -> None:
    assert signing.end_of_validity(signed).date().isoformat() == last_day


def test_a_failed_theory_leaves_no_report_and_names_the_next_date(platform: Platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, 20)
    submission.submit_part(platform, applicant.actor, attempt_id, Part.THEORY)
    after = result_for_applicant(platform, applicant.actor, attempt_id)
    assert after.verdict and after.verdict.outcome == Outcome.FAILED
    assert after.psychology and after.psychology.aspects == ()
    assert after.retake and after.retake.earliest and after.retake.article
    assert after.theory and not after.theory.passed and after.theory.to_review
    with platform.reading() as db:
        assert db.get(PsychologyReport, attempt_id) is None


def test_a_birthday_is_counted_by_the_day_of_law(platform: Platform, clock: SettableClock) -> None:
    """Late in the evening in Greenwich it is the next day in Jakarta, and the applicant a year older."""
    clock.at = datetime(2026, 11, 22, 20, tzinfo=UTC)
    person = renewal(platform, birth_date=date(1998, 11, 23))
    attempt_id = ready(platform, person)
    sit_battery(platform, person, attempt_id)
    psychologist = make_staff(platform, Role.PSYCHOLOGIST)
    assert report(platform, psychologist.actor, attempt_id, "id").age == 28
