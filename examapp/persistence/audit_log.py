"""Writing onto an audit chain, inside the transaction of the deed itself."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from examapp.domain import chain as chains
from examapp.persistence.records.audit import AuditEntry, AuditHead


def entry_payload(entry: AuditEntry) -> dict[str, Any]:
    """What an entry's hash covers: everything but the hash, in one fixed form."""
    return {
        "chain": entry.chain,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "role": entry.actor_role,
        "action": entry.action,
        "detail": entry.detail,
        "request": entry.request_id,
    }


def append(
    session: Session,
    key: bytes,
    *,
    chain: str,
    at: datetime,
    actor_id: UUID | None,
    actor_role: str | None,
    action: str,
    detail: Mapping[str, Any],
    request_id: str | None,
) -> AuditEntry:
    """Add an entry to `chain` and move its signed head. The head's row is locked: two deeds on one thing queue up."""
    session.flush()
    head = session.get(AuditHead, chain, with_for_update=True, populate_existing=True)
    if head is None:
        head = _begin(session, key, chain)
    length, previous = head.length, head.head
    entry = AuditEntry(
        chain=chain,
        sequence=length + 1,
        at=at,
        actor_id=actor_id,
        actor_role=actor_role,
        action=action,
        detail=dict(detail),
        request_id=request_id,
        hash="",
    )
    entry.hash = chains.link(previous, entry_payload(entry))
    signature = chains.sign_checkpoint(key, chain, entry.sequence, entry.hash)
    session.add(entry)
    head.length, head.head, head.signature = entry.sequence, entry.hash, signature
    session.flush()
    return entry


def begin(
    session: Session,
    key: bytes,
    *,
    at: datetime,
    actor_id: UUID | None,
    actor_role: str | None,
    action: str,
    details: Mapping[str, Mapping[str, Any]],
    request_id: str | None,
) -> None:
    """The first entry of many chains that this transaction's new rows bring, two statements for all of them.

    `details` by chain. A chain that has begun already is an `IntegrityError`.
    """
    heads: list[AuditHead] = []
    entries: list[AuditEntry] = []
    for chain, detail in details.items():
        entry = AuditEntry(
            chain=chain,
            sequence=1,
            at=at,
            actor_id=actor_id,
            actor_role=actor_role,
            action=action,
            detail=dict(detail),
            request_id=request_id,
            hash="",
        )
        entry.hash = chains.link(chains.GENESIS, entry_payload(entry))
        signature = chains.sign_checkpoint(key, chain, 1, entry.hash)
        heads.append(AuditHead(chain=chain, length=1, head=entry.hash, signature=signature))
        entries.append(entry)
    session.add_all(heads)
    session.flush()
    session.add_all(entries)
    session.flush()


def _begin(session: Session, key: bytes, chain: str) -> AuditHead:
    """The head of a chain that has no entry yet. Of two who begin one at once, the second waits and goes on from it."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    empty = {"chain": chain, "length": 0, "head": chains.GENESIS}
    signature = chains.sign_checkpoint(key, chain, 0, chains.GENESIS)
    session.execute(dialect.insert(AuditHead).on_conflict_do_nothing(), [{**empty, "signature": signature}])
    return session.get_one(AuditHead, chain, with_for_update=True, populate_existing=True)


def stored_links(session: Session, chain: str) -> Iterator[chains.Link]:
    """The entries of a chain in order, as `domain.chain.verify` wants them."""
    query = select(AuditEntry).where(AuditEntry.chain == chain).order_by(AuditEntry.sequence)
    for entry in session.scalars(query):
        yield chains.Link(entry.sequence, entry_payload(entry), entry.hash)
