"""When a failed exam may be sat again, asked of the rules in force."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.errors import Conflict
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.results import VerdictRecord
from scoring.policy.register import rules_on
from scoring.policy.retake import Retake, next_attempt_dates
from scoring.verdict import Outcome

# Days of law are counted where most offices are; the farthest zone is two hours ahead of it.
OFFICE_ZONE = ZoneInfo("Asia/Jakarta")
# A voided sitting uses up a try, as a failed one does.
USED_UP = (Outcome.FAILED.value, Outcome.VOIDED.value)


def fails(session: Session, application_id: object) -> list[datetime]:
    """When each failed attempt of an application was finished, oldest first."""
    query = (
        select(Attempt.finished_at)
        .join(VerdictRecord, VerdictRecord.attempt_id == Attempt.id)
        .where(
            Attempt.application_id == application_id,
            VerdictRecord.outcome.in_(USED_UP),
            Attempt.finished_at.is_not(None),
        )
        .order_by(Attempt.finished_at)
    )
    return [at for at in session.scalars(query) if at is not None]


def retake_for(session: Session, application: Application, now: datetime) -> Retake | None:
    """What the rules say about the next try; None when nothing was failed."""
    failed = [at.astimezone(OFFICE_ZONE).date() for at in fails(session, application.id)]
    if not failed:
        return None
    today = now.astimezone(OFFICE_ZONE).date()
    return next_attempt_dates(failed[0], len(failed), today, rules_on(today), last_fail_date=failed[-1])


def is_over(session: Session, application: Application, now: datetime) -> bool:
    """Whether nothing more can come of an application: it was passed, or no try is left and none is going on."""
    sat = session.execute(
        select(Attempt.state, VerdictRecord.outcome)
        .outerjoin(VerdictRecord, VerdictRecord.attempt_id == Attempt.id)
        .where(Attempt.application_id == application.id)
    ).all()
    if any(row.state in (AttemptState.PREPARING, AttemptState.RUNNING) for row in sat):
        return False
    outcomes = {row.outcome for row in sat}
    if Outcome.PASSED.value in outcomes:
        return True
    if outcomes - {None, Outcome.IN_PROGRESS.value, *USED_UP}:
        return False
    retake = retake_for(session, application, now)
    return retake is not None and retake.earliest is None


def must_be_due(session: Session, application: Application, now: datetime) -> None:
    """Raise `Conflict` unless a try is allowed today: `retake_early` with the first day, or the rule's own reason."""
    waiting = session.scalars(
        select(VerdictRecord.outcome)
        .join(Attempt, Attempt.id == VerdictRecord.attempt_id)
        .where(Attempt.application_id == application.id)
    ).all()
    if any(outcome not in (*USED_UP, Outcome.IN_PROGRESS.value) for outcome in waiting):
        raise Conflict("sitting_waits_or_passed")
    retake = retake_for(session, application, now)
    if retake is None:
        return
    if retake.earliest is None:
        raise Conflict(retake.reason.code, article=retake.article, **retake.reason.params)
    if retake.earliest > now.astimezone(OFFICE_ZONE).date():
        raise Conflict("retake_early", earliest=retake.earliest, article=retake.article)
