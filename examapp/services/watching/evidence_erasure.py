"""Kept frames go when their time is over: the files are deleted, the entries of the chain stay and still verify."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.errors import Refusal
from examapp.persistence.records.accounts import PersonKey
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import EvidenceRecord
from examapp.services.platform import SYSTEM, Platform
from examapp.services.upkeep.rounds import Erased
from examapp.services.watching.tally import hold_tally

log = structlog.get_logger("simexam.retention")


def expired(session: Session, before: datetime, held: Select[UUID]) -> list[UUID]:
    """Sittings with kept frames that ended before `before`, or whose person was erased; not those that are `held`."""
    query = (
        select(EvidenceRecord.attempt_id)
        .join(Attempt, Attempt.id == EvidenceRecord.attempt_id)
        .join(PersonKey, PersonKey.account_id == Attempt.applicant_id)
        .where(EvidenceRecord.erased_at.is_(None))
        .where(Attempt.state.in_((AttemptState.FINISHED, AttemptState.ABANDONED)))
        .where((Attempt.finished_at < before) | PersonKey.erased_at.is_not(None))
        .where(Attempt.id.not_in(held))
        .group_by(EvidenceRecord.attempt_id)
        .order_by(func.min(EvidenceRecord.captured_at))
    )
    return list(session.scalars(query))


def erase(platform: Platform, attempt_id: UUID) -> Erased:
    """Delete a sitting's kept frames; one that can't be deleted stays for the next round, the others go."""
    with platform.writing(SYSTEM) as tx:
        hold_tally(tx.session, attempt_id)
        query = select(EvidenceRecord).where(
            EvidenceRecord.attempt_id == attempt_id, EvidenceRecord.erased_at.is_(None)
        )
        erased, left = 0, 0
        for record in tx.session.scalars(query):
            # The file first: a crash leaves an entry whose file is gone, and the next round finishes it.
            if _deleted(platform, record):
                record.erased_at, erased = tx.now, erased + 1
            else:
                left += 1
        if erased:
            days = platform.config.retention_days
            tx.audit(
                f"attempt:{attempt_id}", "evidence_erased", frames=erased, left=left, retention_days=days
            )
        return Erased(int(erased > 0), left)


def _deleted(platform: Platform, record: EvidenceRecord) -> bool:
    try:
        platform.evidence.delete(record.place)
    except (OSError, Refusal) as error:
        log.error("picture_not_deleted", place=record.place, problem=f"{type(error).__name__}: {error}")
        return False
    return True
