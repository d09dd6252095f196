"""Kept frames: their ciphertext in the store, its hash in a chain of the sitting, so that a missing one shows."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain import chain as chains
from examapp.domain.chain import Break, Link
from examapp.domain.errors import NotFound, Unavailable
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.proctoring import EvidenceRecord
from examapp.persistence.slots import ArrivedFrame
from examapp.services.platform import SYSTEM, Platform, Transaction
from examapp.services.watching.frames import open_frame
from examapp.services.watching.tally import hold_tally

REFERENCE = "reference"
UNCHECKED_REFERENCE = "reference_unchecked"


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A sealed frame to keep, and why."""

    number: int
    reason: str
    frame: ArrivedFrame


def chain_name(attempt_id: UUID) -> str:
    return f"evidence:{attempt_id}"


def payload(record: EvidenceRecord) -> dict[str, Any]:
    """What an entry's hash covers. The picture stands in it as its ciphertext's hash, so erasing breaks nothing."""
    return {
        "attempt": str(record.attempt_id),
        "position": record.position,
        "frame": record.frame,
        "captured_at": record.captured_at.isoformat(timespec="milliseconds"),
        "reason": record.reason,
        "cipher_digest": record.cipher_digest,
    }


def keep(platform: Platform, attempt_id: UUID, frames: list[NewEvidence]) -> int:
    """Store the ciphertexts, then chain them in one transaction; those of a number already kept are left out.

    A crash in between leaves a file without an entry, which the next call for the same frame overwrites.
    """
    stored = [(each, _put(platform, attempt_id, each)) for each in frames]
    if not stored:
        return 0
    with platform.writing(SYSTEM) as tx:
        hold_tally(tx.session, attempt_id)
        return sum(chain_frame(tx, attempt_id, each, place) is not None for each, place in stored)


def _put(platform: Platform, attempt_id: UUID, new: NewEvidence) -> str:
    place = f"{attempt_id}/{new.reason[:9]}-{new.number:08d}"
    platform.evidence.put(place, new.frame.sealed)
    return place


def chain_frame(tx: Transaction, attempt_id: UUID, new: NewEvidence, place: str) -> EvidenceRecord | None:
    """Write the entry of a stored ciphertext after the last one; None when that frame is kept already."""
    query = select(EvidenceRecord).where(EvidenceRecord.attempt_id == attempt_id)
    last = tx.session.scalars(query.order_by(EvidenceRecord.position.desc()).limit(1)).first()
    reference = new.reason in (REFERENCE, UNCHECKED_REFERENCE)
    taken = select(EvidenceRecord.id).where(
        EvidenceRecord.attempt_id == attempt_id,
        EvidenceRecord.frame == new.number,
        EvidenceRecord.reason.in_((REFERENCE, UNCHECKED_REFERENCE))
        if reference
        else EvidenceRecord.reason.not_in((REFERENCE, UNCHECKED_REFERENCE)),
    )
    if tx.session.scalars(taken).first() is not None:
        return None
    record = EvidenceRecord(
        attempt_id=attempt_id,
        position=(last.position if last else 0) + 1,
        frame=new.number,
        captured_at=new.frame.captured_at,
        reason=new.reason,
        place=place,
        size=len(new.frame.sealed),
        cipher_digest=hashlib.sha256(new.frame.sealed).hexdigest(),
        hash="",
    )
    record.hash = chains.link(last.hash if last else chains.GENESIS, payload(record))
    tx.session.add(record)
    tx.session.flush()
    return record


def head_of(session: Session, attempt_id: UUID) -> tuple[int, str]:
    """Length and head of a sitting's evidence chain."""
    query = select(EvidenceRecord.position, EvidenceRecord.hash).where(
        EvidenceRecord.attempt_id == attempt_id
    )
    row = session.execute(query.order_by(EvidenceRecord.position.desc()).limit(1)).first()
    return (row.position, row.hash) if row else (0, chains.GENESIS)


def verify_evidence(
    platform: Platform, session: Session, attempt_id: UUID, files: bool = True
) -> Break | None:
    """Walk a sitting's evidence: chain, files, and the length and head written down at its end. None: it holds."""
    query = select(EvidenceRecord).where(EvidenceRecord.attempt_id == attempt_id)
    records = list(session.scalars(query.order_by(EvidenceRecord.position)))
    name = chain_name(attempt_id)
    sealed = _sealed_end(session, attempt_id)
    if sealed and (len(records) < sealed[0] or (sealed[0] and records[sealed[0] - 1].hash != sealed[1])):
        return Break(
            name, min(len(records) + 1, sealed[0]), "truncated" if len(records) < sealed[0] else "head"
        )
    length, head = head_of(session, attempt_id)
    found = chains.verify(name, _links(records), length, head)
    if found:
        return found
    checked = records if files else []
    return next((b for record in checked if (b := _file_break(platform, name, record))), None)


def _sealed_end(session: Session, attempt_id: UUID) -> tuple[int, str] | None:
    """What the audit chain says of this evidence at the sitting's conclusion; frames kept later come on top."""
    query = select(AuditEntry.detail).where(
        AuditEntry.chain == f"attempt:{attempt_id}", AuditEntry.action == "proctoring_concluded"
    )
    detail = session.scalars(query.order_by(AuditEntry.sequence.desc()).limit(1)).first()
    return (detail["evidence"], detail["evidence_head"]) if detail else None


def _links(records: list[EvidenceRecord]) -> Iterator[Link]:
    for record in records:
        yield Link(record.position, payload(record), record.hash)


def _file_break(platform: Platform, name: str, record: EvidenceRecord) -> Break | None:
    if record.erased_at is not None:
        return None
    try:
        data = platform.evidence.get(record.place)
    except (NotFound, Unavailable):
        return Break(name, record.position, "file missing")
    same = hashlib.sha256(data).hexdigest() == record.cipher_digest
    return None if same else Break(name, record.position, "file changed")


def open_evidence(platform: Platform, session: Session, attempt: Attempt, evidence_id: UUID) -> bytes:
    """The JPEG of a kept frame. Raises `NotFound` when it is not this sitting's or was erased."""
    record = session.get(EvidenceRecord, evidence_id)
    if record is None or record.attempt_id != attempt.id:
        raise NotFound()
    if record.erased_at is not None:
        raise NotFound("evidence_erased")
    return open_frame(platform, session, attempt, record.captured_at, platform.evidence.get(record.place))
