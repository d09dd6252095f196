"""When a failed exam may be sat again, asked of the rules in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.errors import Conflict
from examapp.domain.office_time import office_day
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.results import VerdictRecord
from examapp.services.outcome.theory_standing import awaits_settling
from scoring.policy.register import rules_on
from scoring.policy.retake import Retake, next_attempt_dates
from scoring.verdict import Outcome

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
    failed = [office_day(at) for at in fails(session, application.id)]
    if not failed:
        return None
    today = office_day(now)
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


def settled(session: Session, application_id: object) -> bool:
    """Whether a sitting of this application was passed or waits for people: then none is begun anew.

    A report that a psychologist declined waits for nobody: the psychology is sat again.
    """
    found = session.execute(
        select(VerdictRecord.outcome, VerdictRecord.reasons)
        .join(Attempt, Attempt.id == VerdictRecord.attempt_id)
        .where(Attempt.application_id == application_id)
    ).all()
    open_or_used = (*USED_UP, Outcome.IN_PROGRESS.value)
    return any(row.outcome not in open_or_used and not _declined(row.outcome, row.reasons) for row in found)


def _declined(outcome: str, reasons: list[Any]) -> bool:
    # A failed theory is a fail and a flagged sitting is held: with this outcome neither was the case.
    return outcome == Outcome.AWAITING_SIGNATURE and "psychology_declined" in reasons


def must_be_due(session: Session, application: Application, now: datetime) -> None:
    """Raise `Conflict` unless a try is allowed today: `retake_early` with the first day, or the rule's own reason."""
    if settled(session, application.id):
        raise Conflict("sitting_waits_or_passed")
    if awaits_settling(session, application.id):
        raise Conflict("theory_being_checked")
    retake = retake_for(session, application, now)
    if retake is None:
        return
    if retake.earliest is None:
        raise Conflict(retake.reason.code, article=retake.article, **retake.reason.params)
    if retake.earliest > office_day(now):
        raise Conflict("retake_early", earliest=retake.earliest, article=retake.article)
