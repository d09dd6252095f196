"""A passed theory stands for its application while it counts: psychology is then sat alone, in a later sitting."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState, Part
from examapp.domain.office_time import office_day
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.persistence.records.results import PartResult, VerdictRecord
from examapp.services.outcome.results import UNCHECKED
from scoring.policy.register import rules_on
from scoring.policy.validity import last_day
from scoring.verdict import IntegrityState, Outcome

# People, or the program where nothing was to be seen, have let the sitting count.
_COUNTS = (IntegrityState.CLEAR.value, IntegrityState.WARNED.value)
_WAITS = (UNCHECKED, IntegrityState.HELD.value)


@dataclass(frozen=True, slots=True)
class StandingTheory:
    """A theory exam that was passed on `passed_on` and counts until `until`, that day included."""

    passed_on: date
    until: date


def standing_theory(session: Session, application_id: object, now: datetime) -> StandingTheory | None:
    """The newest passed theory of an application that counts at `now`; None when theory is to be sat (again)."""
    found = [_standing(at) for at in _passed(session, application_id, _COUNTS)]
    counting = [each for each in found if office_day(now) <= each.until]
    return max(counting, key=lambda each: each.until, default=None)


def awaits_settling(session: Session, application_id: object) -> bool:
    """Whether a passed theory without any psychology still waits for its pictures, or for people, to let it count."""
    return bool(_passed(session, application_id, _WAITS, outcome=Outcome.IN_PROGRESS))


def _passed(
    session: Session, application_id: object, integrity: tuple[str, ...], outcome: Outcome | None = None
) -> list[datetime]:
    """When the theory exams that were passed in finished sittings of this integrity ended."""
    query = (
        select(PartResult.data, AttemptPart.finished_at)
        .join(Attempt, Attempt.id == PartResult.attempt_id)
        .join(AttemptPart, (AttemptPart.attempt_id == Attempt.id) & (AttemptPart.part == PartResult.part))
        .where(
            Attempt.application_id == application_id,
            Attempt.state == AttemptState.FINISHED,
            Attempt.integrity.in_(integrity),
            PartResult.part == Part.THEORY,
        )
    )
    if outcome is not None:
        query = query.join(VerdictRecord, VerdictRecord.attempt_id == Attempt.id)
        query = query.where(VerdictRecord.outcome == outcome)
    return [row.finished_at for row in session.execute(query) if row.data["passed"] and row.finished_at]


def _standing(passed_at: datetime) -> StandingTheory:
    day = office_day(passed_at)
    return StandingTheory(day, last_day(day, rules_on(day).theory_standing.stands_months))
