"""Working on the bank together: comments on items, and steps taken for many items at once."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class ItemComment(Record):
    """What somebody said about a version of an item; never changed, only marked as done with."""

    __tablename__ = "item_comment"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "version"], ["item_version.item_id", "item_version.version"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    item_id: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int]
    text: Mapped[str] = mapped_column(String(2000))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class BulkStep(Record):
    """One step for many items. `changes` holds for each item where it stood before and its revision afterwards."""

    __tablename__ = "bulk_step"
    __table_args__ = (Index("ix_bulk_step_latest", "actor_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(300))
    changes: Mapped[list[Any]]
    undone_at: Mapped[datetime | None]
