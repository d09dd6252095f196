"""The law register: articles with where their text stands and when they hold, who cites them, and checks of keys."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class LawArticle(Record):
    """An article, or an act as a whole (`article` empty). `amended_on` is since when it says something else."""

    __tablename__ = "law_article"

    # `question_bank.law.Citation.key`: "uu-22-2009/113".
    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    article: Mapped[str] = mapped_column(String(20))
    title_id: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300))
    reference: Mapped[str] = mapped_column(String(500))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    amended_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class ItemCitation(Record):
    """An article that a version of an item rests on, read from the version's own line when it was written."""

    __tablename__ = "item_citation"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "version"], ["item_version.item_id", "item_version.version"]),
        Index("ix_item_citation_article", "act", "article"),
    )

    item_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str] = mapped_column(String(40), primary_key=True)
    article: Mapped[str] = mapped_column(String(20), primary_key=True)
    clause: Mapped[str] = mapped_column(String(20), primary_key=True)


class KeyCheck(Record):
    """Somebody held a version's key against the text of its article: what came of it, and where they read."""

    __tablename__ = "key_check"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "version"], ["item_version.item_id", "item_version.version"]),
        Index("ix_key_check_item", "item_id", "version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    item_id: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    # "second": another author of ours; "official": the authority that answers for the exam.
    kind: Mapped[str] = mapped_column(String(10))
    # "agrees", "disagrees" or "unsure".
    outcome: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(String(500))
    checked_by: Mapped[str] = mapped_column(String(120))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime]
