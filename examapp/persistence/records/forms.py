"""What forms are made from: blueprints by version, calibrated items, exposure so far, and forms that lie ready."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Double, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class BlueprintVersion(Record):
    """One version of a blueprint, its `content` never changed once written. The newest approved one is in force.

    `state` is proposed, approved, rejected or withdrawn. Nobody's (`created_by` None) came with the platform.
    """

    __tablename__ = "blueprint_version"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decision_note: Mapped[str | None] = mapped_column(String(300))


class ItemCalibration(Record):
    """Parameters that item analysis estimated for a version, in logits. The newest of a version is in force."""

    __tablename__ = "item_calibration"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "version"], ["item_version.item_id", "item_version.version"]),
        Index("ix_item_calibration_item_id", "item_id", "version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    item_id: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    difficulty: Mapped[float] = mapped_column(Double)
    discrimination: Mapped[float] = mapped_column(Double)
    responses: Mapped[int]
    method: Mapped[str] = mapped_column(String(60))
    set_at: Mapped[datetime]


class ExposureTotal(Record):
    """How many forms of a blueprint the counts of its items rest on. Its row is locked before any of theirs."""

    __tablename__ = "exposure_total"

    blueprint: Mapped[str] = mapped_column(String(40), primary_key=True)
    forms: Mapped[int]


class ItemExposure(Record):
    """In how many forms an item stood (`given`), and for how many it was to be done without (`withheld`)."""

    __tablename__ = "exposure_item"

    blueprint: Mapped[str] = mapped_column(String(40), primary_key=True)
    item_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    given: Mapped[int] = mapped_column(default=0)
    withheld: Mapped[int] = mapped_column(default=0)


class PairExposure(Record):
    """In how many forms two items stood together, each pair once, in the database's own order of their ids."""

    __tablename__ = "exposure_pair"

    blueprint: Mapped[str] = mapped_column(String(40), primary_key=True)
    one: Mapped[str] = mapped_column(String(20), primary_key=True)
    other: Mapped[str] = mapped_column(String(20), primary_key=True)
    given: Mapped[int] = mapped_column(default=0)


class ReadyForm(Record):
    """A form nobody has yet. It may be given while blueprint and bank are those it was made from."""

    __tablename__ = "ready_form"
    __table_args__ = (
        Index("ix_ready_form_blueprint", "blueprint", "blueprint_digest", "bank_stamp", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    blueprint: Mapped[str] = mapped_column(String(40))
    blueprint_digest: Mapped[str] = mapped_column(String(64))
    bank_stamp: Mapped[str] = mapped_column(String(60))
    form: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
