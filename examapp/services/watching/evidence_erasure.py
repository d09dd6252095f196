"""Kept frames go when their time is over: the files are deleted, the entries of the chain stay and still verify."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.errors import Refusal
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import EvidenceRecord, ReviewCase
from examapp.services.platform import SYSTEM, Platform
from examapp.services.upkeep.rounds import Erased
from examapp.services.watching.tally import hold_tally
from scoring.review import FINAL

log = structlog.get_logger("simexam.retention")


def erase_expired(platform: Platform, limit: int = 20) -> Erased:
    """Erase kept frames of sittings that ended more than `retention_days` ago.

    A sitting whose case is still open keeps its evidence: people need it to decide. What can't be deleted holds up
    nothing: it is logged, counted and tried again in the next round. Ends after `limit` sittings were touched.
    """
    before = platform.clock.now() - timedelta(days=platform.config.retention_days)
    with platform.reading() as db:
        due = _expired(db, before)
    found = Erased()
    for attempt_id in due:
        if found.done >= limit:
            break
        found += _erase(platform, attempt_id)
    return found


def _expired(db: Session, before: datetime) -> list[UUID]:
    final = [state.value for state in FINAL]
    query = (
        select(EvidenceRecord.attempt_id)
        .join(Attempt, Attempt.id == EvidenceRecord.attempt_id)
        .outerjoin(ReviewCase, ReviewCase.attempt_id == Attempt.id)
        .where(EvidenceRecord.erased_at.is_(None), Attempt.finished_at < before)
        .where(Attempt.state.in_((AttemptState.FINISHED, AttemptState.ABANDONED)))
        .where((ReviewCase.id.is_(None)) | (ReviewCase.state.in_(final)))
        .group_by(EvidenceRecord.attempt_id)
        .order_by(func.min(EvidenceRecord.captured_at))
    )
    return list(db.scalars(query))


def _erase(platform: Platform, attempt_id: UUID) -> Erased:
    try:
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
                tx.audit(
                    f"attempt:{attempt_id}",
                    "evidence_erased",
                    frames=erased,
                    left=left,
                    retention_days=platform.config.retention_days,
                )
            return Erased(int(erased > 0), left)
    except Exception:  # whatever is wrong with this sitting, the others' time is over too
        log.exception("evidence_not_erased", attempt=str(attempt_id))
        return Erased(0, 1)


def _deleted(platform: Platform, record: EvidenceRecord) -> bool:
    try:
        platform.evidence.delete(record.place)
    except (OSError, Refusal) as error:
        log.error("picture_not_deleted", place=record.place, problem=f"{type(error).__name__}: {error}")
        return False
    return True
