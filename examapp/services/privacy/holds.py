"""Legal holds: what keeps a sitting's data from being erased, because somebody still has to decide upon it."""

from uuid import UUID

from sqlalchemy import CompoundSelect, Select, literal, select, union_all
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.data_request import WAITING, RequestKind
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.privacy import DataRequest
from examapp.persistence.records.proctoring import ReviewCase
from examapp.persistence.records.results import PsychologyReport
from examapp.services.outcome.results import UNCHECKED
from scoring.review import FINAL
from scoring.verdict import PsychologyState

SITTING_OPEN = "hold_sitting_open"
PICTURES_UNCHECKED = "hold_pictures_unchecked"
CASE_OPEN = "hold_case_open"
REPORT_OPEN = "hold_report_open"
OBJECTION_OPEN = "hold_objection_open"


def _holds() -> CompoundSelect[UUID, str]:
    """(attempt, code of the hold), a row each."""
    open_states = (AttemptState.PREPARING.value, AttemptState.RUNNING.value)
    final = [state.value for state in FINAL]
    waiting = [state.value for state in WAITING]
    parts: list[Select[UUID, str]] = [
        select(Attempt.id.label("attempt_id"), literal(SITTING_OPEN).label("code")).where(
            Attempt.state.in_(open_states)
        ),
        select(Attempt.id, literal(PICTURES_UNCHECKED)).where(
            Attempt.state == AttemptState.FINISHED, Attempt.integrity == UNCHECKED
        ),
        select(ReviewCase.attempt_id, literal(CASE_OPEN)).where(ReviewCase.state.not_in(final)),
        select(PsychologyReport.attempt_id, literal(REPORT_OPEN)).where(
            PsychologyReport.state == PsychologyState.AWAITING_SIGNATURE
        ),
        select(DataRequest.attempt_id, literal(OBJECTION_OPEN)).where(  # type: ignore[list-item]
            DataRequest.kind == RequestKind.OBJECTION,
            DataRequest.state.in_(waiting),
            DataRequest.attempt_id.is_not(None),
        ),
    ]
    return union_all(*parts)


def held_attempts() -> Select[UUID]:
    """The ids of all sittings under a hold, for `Attempt.id.not_in(…)`."""
    held = _holds().subquery()
    return select(held.c.attempt_id)


def holds_on(session: Session, applicant_id: UUID) -> tuple[str, ...]:
    """The codes of what holds any data of this person; empty when all of it may go."""
    held = _holds().subquery()
    query = select(held.c.code).join(Attempt, Attempt.id == held.c.attempt_id)
    found = set(session.scalars(query.where(Attempt.applicant_id == applicant_id)))
    return tuple(sorted(found))
