"""What every service works with: the settings, the database, the clock, the keys and the stores, in one value.

A service is a function whose first argument is a `Platform`. It opens a `Transaction`, which commits once, at its end:
a state change, its audit entry and its queued work stand or fall together.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examapp.config import Config
from examapp.domain.clock import Clock, SystemClock
from examapp.domain.errors import NotAllowed
from examapp.domain.roles import Permission, Role, allows
from examapp.persistence import audit_log
from examapp.persistence.database import Database
from examapp.persistence.records.operations import Job
from examapp.persistence.secrets import Secrets, load_or_create
from examapp.persistence.store import BlobStore, FolderStore
from examapp.persistence.vault import Vault


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account in its role, or the machine itself (both None)."""

    account_id: UUID | None = None
    role: Role | None = None
    request_id: str | None = None

    def must(self, permission: Permission) -> None:
        """Raise `NotAllowed` unless this actor's role holds `permission`."""
        if not allows(self.role, permission):
            raise NotAllowed("not_allowed", permission=permission.value)


SYSTEM = Actor()


@dataclass(slots=True)
class Transaction:
    """An open transaction: its session, the one moment it happens at, and the deeds it writes down."""

    session: Session
    now: datetime
    actor: Actor
    _audit_key: bytes = field(repr=False)

    def audit(self, chain: str, action: str, **detail: Any) -> None:
        """Write the deed onto `chain` (`account:…`, `attempt:…`, `item:…`). `detail` is plain JSON without secrets."""
        audit_log.append(
            self.session,
            self._audit_key,
            chain=chain,
            at=self.now,
            actor_id=self.actor.account_id,
            actor_role=self.actor.role.value if self.actor.role else None,
            action=action,
            detail=detail,
            request_id=self.actor.request_id,
        )

    def audit_new(self, action: str, details: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the deed as the first entry of many new chains; `details` by chain."""
        audit_log.begin(
            self.session,
            self._audit_key,
            at=self.now,
            actor_id=self.actor.account_id,
            actor_role=self.actor.role.value if self.actor.role else None,
            action=action,
            details=details,
            request_id=self.actor.request_id,
        )

    def queue(self, kind: str, due_at: datetime | None = None, **payload: Any) -> None:
        """Leave a job for the periodic worker, part of this transaction."""
        self.session.add(Job(kind=kind, payload=payload, due_at=due_at or self.now))


@dataclass(frozen=True, slots=True)
class Platform:
    """The running platform's parts. Build one with `open_platform`."""

    config: Config
    database: Database
    clock: Clock
    secrets: Secrets
    vault: Vault
    evidence: BlobStore
    media: BlobStore

    @contextmanager
    def writing(self, actor: Actor = SYSTEM) -> Iterator[Transaction]:
        """One transaction by `actor`; `now` is read once the write lock is held."""
        with self.database.writing() as session:
            yield Transaction(session, self.clock.now(), actor, bytes.fromhex(self.secrets.audit_key))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.database.reading() as session:
            yield session


def open_platform(config: Config, clock: Clock | None = None) -> Platform:
    """A platform on `config`'s database and folders; makes the secrets at the first start."""
    secrets = load_or_create(config.instance)
    return Platform(
        config=config,
        database=Database(config.database_url),
        clock=clock or SystemClock(),
        secrets=secrets,
        vault=Vault(secrets),
        evidence=FolderStore(config.instance / "evidence"),
        media=FolderStore(config.instance / "media"),
    )
