"""Prepared messages from people to an applicant in a running sitting."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, exists, select
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.attempts import Attempt, Notice
from examapp.services.platform import Actor, Platform
from examapp.services.sitting.sittings import OPEN_STATES

# Prepared wordings only: a proctor's own words to one applicant could be a hint. The web holds the sentences.
CODES = (
    "face_not_visible",
    "look_at_screen",
    "be_alone",
    "more_light",
    "camera_blocked",
    "technical_help",
    "keep_going",
)

_NOTICE = cast(Table, Notice.__table__)
# Asked with every reply of the exam, so built once and without the ORM.
_WAITING = (
    select(_NOTICE.c.id, _NOTICE.c.code, _NOTICE.c.created_at)
    .where(_NOTICE.c.attempt_id == bindparam("attempt"), _NOTICE.c.seen_at.is_(None))
    .order_by(_NOTICE.c.created_at)
)
# As a column beside the attempt's own, for those who ask at every answer and mostly find none.
ANY_WAITING = exists().where(_NOTICE.c.attempt_id == Attempt.id, _NOTICE.c.seen_at.is_(None))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice the applicant has not yet said they read."""

    id: UUID
    code: str
    created_at: datetime


def send(platform: Platform, actor: Actor, attempt_id: UUID, code: str) -> UUID:
    """Send a prepared message. Raises `Invalid` for an unknown one, `Conflict` when the sitting is over."""
    actor.must(Permission.WATCH_SITTINGS)
    if code not in CODES:
        raise Invalid("notice_unknown", field="code")
    with platform.writing(actor) as tx:
        attempt = tx.session.get(Attempt, attempt_id)
        if attempt is None:
            raise NotFound()
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        notice = Notice(attempt_id=attempt_id, code=code, created_at=tx.now, created_by=actor.account_id)
        tx.session.add(notice)
        tx.session.flush()
        tx.audit(f"attempt:{attempt_id}", "notice_sent", code=code)
        return notice.id


def waiting(db: Session | Connection, attempt_id: UUID) -> tuple[Waiting, ...]:
    """What is still to be read, oldest first."""
    return tuple(Waiting(*row) for row in db.execute(_WAITING, {"attempt": attempt_id}))


def mark_seen(platform: Platform, actor: Actor, attempt_id: UUID, notice_id: UUID) -> None:
    """The applicant says that a notice was read; saying it again changes nothing."""
    with platform.writing(actor) as tx:
        query = (
            select(Notice)
            .join(Attempt, Attempt.id == Notice.attempt_id)
            .where(Notice.id == notice_id, Attempt.id == attempt_id, Attempt.applicant_id == actor.account_id)
        )
        notice = tx.session.scalars(query).one_or_none()
        if notice is None:
            raise NotFound()
        notice.seen_at = notice.seen_at or tx.now
