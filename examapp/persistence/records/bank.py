"""The question bank as stored: items, their versions, and the pictures that were uploaded."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examapp.persistence.base import Record


class Item(Record):
    """An item through all its versions.

    `state` is that of the version in use, or of the only work there is while nothing was ever approved.
    `approved_version` is the one that new forms are drawn from, `current_version` the one that editors go on from.
    While an item in use is being changed, `working_state` (draft or in_review) is the state of that newer version.
    """

    __tablename__ = "item"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    latest_version: Mapped[int] = mapped_column(default=1)
    current_version: Mapped[int] = mapped_column(default=1)
    approved_version: Mapped[int | None]
    working_state: Mapped[str | None] = mapped_column(String(20), index=True)
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
    # Raised by every write; an editor that started from an older one is told and shown both.
    revision: Mapped[int] = mapped_column(default=1)

    versions: Mapped[list["ItemVersionRecord"]] = relationship(
        back_populates="item", order_by="ItemVersionRecord.version"
    )


class ItemVersionRecord(Record):
    """One version of an item, never changed once written. `content` is `question_bank.item`'s plain form."""

    __tablename__ = "item_version"
    # Lists and their counts read the index alone: the contents would be ten times as much to go through.
    __table_args__ = (
        Index(
            "ix_item_version_facets",
            "item_id",
            "version",
            "part",
            "topic",
            "difficulty",
            "classes",
            "article",
        ),
    )

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    part: Mapped[str] = mapped_column(String(20), index=True)
    topic: Mapped[str] = mapped_column(String(30), index=True)
    difficulty: Mapped[str] = mapped_column(String(10))
    # "|A|C|": searched with LIKE, the same on both databases.
    classes: Mapped[str] = mapped_column(String(120))
    article: Mapped[str] = mapped_column(String(300))
    note: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))

    item: Mapped[Item] = relationship(back_populates="versions")


class ItemWord(Record):
    """A word by which the present version of an item is found. Bytes are compared, the same on both databases."""

    __tablename__ = "item_word"
    # One tree and nothing beside it: a bank of 20,000 items has a million of these rows.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    word: Mapped[str] = mapped_column(
        String(60).with_variant(String(60, collation="C"), "postgresql"), primary_key=True
    )
    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)


class ItemStep(Record):
    """One step in an item's life: from which state to which, who took it, when and why."""

    __tablename__ = "item_step"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "version"], ["item_version.item_id", "item_version.version"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    item_id: Mapped[str] = mapped_column(String(20), index=True)
    # The item's revision that this step made: their order, also where two happened at one moment.
    number: Mapped[int]
    version: Mapped[int]
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20), index=True)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[datetime]


class Media(Record):
    """An uploaded picture (re-encoded), sound or film, named by the SHA-256 of what is stored.

    `kind` is picture, audio or video; a sound has no width or height, and a picture no duration.
    """

    __tablename__ = "media"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10), default="picture", server_default="picture")
    size: Mapped[int]
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    duration_ms: Mapped[int | None]
    original_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class ItemEditor(Record):
    """Somebody who has an item open in the editor, and when their page last said so. Nothing is locked by it."""

    __tablename__ = "item_editor"

    item_id: Mapped[str] = mapped_column(ForeignKey("item.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    seen_at: Mapped[datetime]
