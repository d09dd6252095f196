"""The audit chains: who did what to what, each entry hashed onto the one before it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class AuditEntry(Record):
    """One deed. `chain` names the aggregate (`account:…`, `item:…`); `detail` never holds a secret or a face."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "at"), Index("ix_audit_entry_actor", "actor_id"))

    chain: Mapped[str] = mapped_column(String(80), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str | None] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(60))
    detail: Mapped[dict[str, Any]]
    request_id: Mapped[str | None] = mapped_column(String(40))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Record):
    """Where a chain ends: its length, the hash of its last entry, and a signature over both."""

    __tablename__ = "audit_head"

    chain: Mapped[str] = mapped_column(String(80), primary_key=True)
    length: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(64))
