"""Kept frames of a sitting, sealed and chained as the watching does it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import EvidenceRecord
from examapp.persistence.slots import ArrivedFrame, frame_bond
from examapp.persistence.vault import seal
from examapp.services.platform import Platform
from examapp.services.watching import evidence
from tests.support.camera import grey_jpeg


def new_frames(platform: Platform, attempt_id: UUID, count: int) -> list[evidence.NewEvidence]:
    with platform.reading() as db:
        attempt = db.get_one(Attempt, attempt_id)
        key = platform.vault.person_key(db, attempt.applicant_id)
        began = attempt.started_at or attempt.created_at
    frames = []
    for number in range(1, count + 1):
        at = began + timedelta(seconds=number)
        sealed = seal(key, grey_jpeg(level=number * 20), frame_bond(attempt_id, at))
        frames.append(
            evidence.NewEvidence(number, "sample", ArrivedFrame(attempt_id, number, 0, at, at, sealed))
        )
    return frames


def keep_frames(platform: Platform, attempt_id: UUID, count: int = 5) -> list[EvidenceRecord]:
    """Five sealed frames of that sitting, chained."""
    assert evidence.keep(platform, attempt_id, new_frames(platform, attempt_id, count)) == count
    return evidence_of(platform, attempt_id)


def evidence_of(platform: Platform, attempt_id: UUID) -> list[EvidenceRecord]:
    with platform.reading() as db:
        query = select(EvidenceRecord).where(EvidenceRecord.attempt_id == attempt_id)
        return list(db.scalars(query.order_by(EvidenceRecord.position)))


def broken(platform: Platform, attempt_id: UUID) -> str | None:
    with platform.reading() as db:
        found = evidence.verify_evidence(platform, db, attempt_id)
        return found.reason if found else None
