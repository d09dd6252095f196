"""Reading and verifying the audit chains and the event chains of sittings: for the auditor, and for `simexam audit`.

Nothing here opens what is sealed: an auditor learns who did what and when, never a face, an answer or a NIK.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from examapp.domain import chain as chains
from examapp.domain.chain import Break
from examapp.domain.errors import NotFound
from examapp.domain.roles import STAFF, Role
from examapp.persistence import audit_log, event_log
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.audit import AuditEntry, AuditHead
from examapp.persistence.records.proctoring import EvidenceRecord
from examapp.services.platform import Platform
from examapp.services.watching.evidence import verify_evidence

PAGE = 50


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk over chains found; `breaks` has the first broken link of each chain that does not hold."""

    at: datetime
    chains: int
    entries: int
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        return not self.breaks


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One chain in the overview, verified as the page was made."""

    name: str
    length: int
    last_at: datetime | None
    last_action: str | None
    broken: Break | None


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry as the auditor reads it. `actor` is a staff name, `applicant`, or empty for the machine."""

    chain: str
    sequence: int
    at: datetime
    actor: str
    role: str | None
    action: str
    detail: dict[str, Any]
    request_id: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class DeedFilter:
    """Which deeds to list; what is None is not asked for. `actor` is a staff name, `until` is exclusive."""

    action: str | None = None
    actor: str | None = None
    chain: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    chains: int
    deeds: int
    sittings: int
    events: int
    last_at: datetime | None
    actions: tuple[str, ...] = field(default=())


@contextmanager
def _snapshot(platform: Platform) -> Iterator[Session]:
    """A reading session that sees one moment throughout: a deed done meanwhile must not look like a break."""
    with platform.reading() as session:
        if not platform.database.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def verify_all(platform: Platform, files: bool = False) -> Verification:
    """Walk every audit chain, every sitting's event chain and evidence chain from its start.

    With `files` the kept frames themselves are read and compared too, which takes as long as reading them does.
    """
    with _snapshot(platform) as session:
        names = _audit_chain_names(session)
        breaks = [found for name in names if (found := _verify_audit(platform, session, name))]
        breaks += _accounts_without_a_chain(session)
        attempts = session.scalars(select(Attempt.id).order_by(Attempt.created_at, Attempt.id)).all()
        breaks += [found for each in attempts if (found := _verify_events(platform, session, each))]
        breaks += [found for each in attempts if (found := verify_evidence(platform, session, each, files))]
        entries = sum(
            session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in (AuditEntry, AttemptEvent, EvidenceRecord)
        )
        kept = session.scalar(select(func.count(EvidenceRecord.attempt_id.distinct()))) or 0
    return Verification(platform.clock.now(), len(names) + len(attempts) + kept, entries, tuple(breaks))


def verify_one(platform: Platform, name: str) -> Verification:
    """Walk one chain: an audit chain, or a sitting's events by the name `events:<id>`. Raises `NotFound`."""
    with _snapshot(platform) as session:
        if name.startswith("events:"):
            attempt = _attempt(session, name)
            found, length = _verify_events(platform, session, attempt.id), attempt.event_count
        else:
            head = session.get(AuditHead, name)
            if head is None and name not in _audit_chain_names(session):
                raise NotFound()
            found, length = _verify_audit(platform, session, name), head.length if head else 0
    return Verification(platform.clock.now(), 1, length, (found,) if found else ())


def _audit_chain_names(session: Session) -> list[str]:
    """Chains with a head or with entries: either one alone is a break that must be seen."""
    both = union(select(AuditHead.chain), select(AuditEntry.chain))
    return sorted(session.scalars(both))


def _verify_audit(platform: Platform, session: Session, name: str) -> Break | None:
    head = session.get(AuditHead, name)
    if head is None:
        return Break(name, 0, "head")
    if not _signed(platform, name, head.length, head.head, head.signature):
        return Break(name, head.length, "signature")
    return chains.verify(name, audit_log.stored_links(session, name), head.length, head.head)


def _verify_events(platform: Platform, session: Session, attempt_id: UUID) -> Break | None:
    attempt = session.get_one(Attempt, attempt_id)
    name = event_log.chain_name(attempt_id)
    if not _signed(platform, name, attempt.event_count, attempt.event_head, attempt.event_signature):
        return Break(name, attempt.event_count, "signature")
    links = event_log.stored_links(session, attempt_id)
    found = chains.verify(name, links, attempt.event_count, attempt.event_head)
    return found or _emptied(session, name, attempt)


def _emptied(session: Session, name: str, attempt: Attempt) -> Break | None:
    """A chain may be shorter than the sitting's deeds say only where one of them says that it was erased."""
    query = select(AuditEntry.action, AuditEntry.detail).where(
        AuditEntry.chain == f"attempt:{attempt.id}",
        AuditEntry.action.in_(("part_submitted", "part_expired", "finished", "answers_erased")),
    )
    deeds = session.execute(query).all()
    if any(deed.action == "answers_erased" for deed in deeds):
        return None
    length = max((deed.detail["events"] for deed in deeds), default=0)
    return Break(name, attempt.event_count + 1, "truncated") if attempt.event_count < length else None


def _signed(platform: Platform, name: str, length: int, head: str, signature: str) -> bool:
    key = bytes.fromhex(platform.secrets.audit_key)
    return secrets.compare_digest(chains.sign_checkpoint(key, name, length, head), signature)


def _accounts_without_a_chain(session: Session) -> list[Break]:
    """Every account began with a deed: one without a chain has lost it whole, which no chain could tell."""
    known = set(session.scalars(select(AuditHead.chain).where(AuditHead.chain.startswith("account:"))))
    ids = session.scalars(select(Account.id)).all()
    return [Break(f"account:{each}", 0, "lost") for each in ids if f"account:{each}" not in known]


def overview(platform: Platform) -> Overview:
    """The figures over everything, without walking it."""
    with platform.reading() as session:
        return Overview(
            chains=session.scalar(select(func.count()).select_from(AuditHead)) or 0,
            deeds=session.scalar(select(func.count()).select_from(AuditEntry)) or 0,
            sittings=session.scalar(select(func.count()).select_from(Attempt)) or 0,
            events=session.scalar(select(func.coalesce(func.sum(Attempt.event_count), 0))) or 0,
            last_at=session.scalar(select(func.max(AuditEntry.at))),
            actions=tuple(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action))),
        )


def recent_chains(platform: Platform, page: int = 1, size: int = PAGE) -> tuple[list[ChainLine], int]:
    """Chains by their last deed, newest first, each verified now; and how many pages there are."""
    last = (
        select(AuditEntry.chain, func.max(AuditEntry.sequence).label("sequence"))
        .group_by(AuditEntry.chain)
        .subquery()
    )
    query = (
        select(AuditEntry.chain, AuditEntry.sequence, AuditEntry.at, AuditEntry.action)
        .join(last, (last.c.chain == AuditEntry.chain) & (last.c.sequence == AuditEntry.sequence))
        .order_by(AuditEntry.at.desc(), AuditEntry.chain)
    )
    with _snapshot(platform) as session:
        total = session.scalar(select(func.count()).select_from(last)) or 0
        rows = session.execute(query.limit(size).offset((page - 1) * size)).all()
        lines = [
            ChainLine(
                row.chain, row.sequence, row.at, row.action, _verify_audit(platform, session, row.chain)
            )
            for row in rows
        ]
    return lines, max(1, -(-total // size))


def deeds(platform: Platform, wanted: DeedFilter, page: int = 1, size: int = PAGE) -> tuple[list[Deed], int]:
    """Deeds that match, newest first (a single chain's in its own order); and how many pages there are."""
    conditions = list(_conditions(wanted))
    query = (
        select(AuditEntry, Account).outerjoin(Account, Account.id == AuditEntry.actor_id).where(*conditions)
    )
    count = select(func.count()).select_from(AuditEntry).where(*conditions)
    order = (
        (AuditEntry.sequence,)
        if wanted.chain
        else (AuditEntry.at.desc(), AuditEntry.chain, AuditEntry.sequence.desc())
    )
    with platform.reading() as session:
        total = session.scalar(count) or 0
        rows = session.execute(query.order_by(*order).limit(size).offset((page - 1) * size)).all()
    return [_deed(entry, account) for entry, account in rows], max(1, -(-total // size))


def _conditions(wanted: DeedFilter) -> Iterator[Any]:
    if wanted.action:
        yield AuditEntry.action == wanted.action
    if wanted.chain:
        yield AuditEntry.chain == wanted.chain
    if wanted.actor:
        # Only staff have a name here: applicants' logins are digests and stay unnamed.
        yield AuditEntry.actor_id.in_(
            select(Account.id).where(
                Account.login == wanted.actor.strip().lower(), Account.role != Role.APPLICANT.value
            )
        )
    if wanted.since:
        yield AuditEntry.at >= wanted.since
    if wanted.until:
        yield AuditEntry.at < wanted.until


def _deed(entry: AuditEntry, account: Account | None) -> Deed:
    staff = account is not None and Role(account.role) in STAFF
    actor = account.login if account and staff else (entry.actor_role or "")
    return Deed(
        entry.chain,
        entry.sequence,
        entry.at,
        actor,
        entry.actor_role,
        entry.action,
        dict(entry.detail),
        entry.request_id,
        entry.hash,
    )


def _attempt(session: Session, name: str) -> Attempt:
    try:
        attempt = session.get(Attempt, UUID(name.removeprefix("events:")))
    except ValueError:
        attempt = None
    if attempt is None:
        raise NotFound()
    return attempt
