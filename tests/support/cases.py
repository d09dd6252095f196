"""A flagged sitting in one call, and what proctors may say of it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from examapp.domain.clock import SettableClock
from examapp.persistence.records.proctoring import ReviewCase
from examapp.services.cases.review import Ruling
from examapp.services.messaging.messages import NullMessages
from examapp.services.platform import Platform
from examapp.services.sitting import submission
from examapp.services.upkeep.periodic import Periodic
from scoring.review import Decision
from tests.support.people import make_applicant
from tests.support.sitting import answer_theory, begun

VOID = Ruling(Decision.VOID, ("absent_for_long",))
CLEAR = Ruling(Decision.CLEAR, (), "Pemohon hanya menunduk sebentar.")


def unwatched_sitting(platform: Platform, clock: SettableClock) -> UUID:
    """A sitting that ended without a single picture."""
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    clock.at += timedelta(minutes=10)
    answer_theory(platform, applicant, attempt_id, right=30)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    clock.at += timedelta(hours=5)
    submission.close_expired(platform)
    clock.at += timedelta(seconds=11)
    return attempt_id


def held_case(platform: Platform, clock: SettableClock) -> UUID:
    """The case that such a sitting opens."""
    unwatched_sitting(platform, clock)
    Periodic(platform, NullMessages()).round()
    with platform.reading() as db:
        return db.scalars(select(ReviewCase.id)).one()
