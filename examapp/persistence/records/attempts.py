"""Sittings: the attempt, its parts, its form, the append-only events, and the messages shown to the applicant."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examapp.persistence.base import Record


class Attempt(Record):
    """One sitting. `epoch` counts devices: the newest one is active; `event_count` and `event_head` end its chain."""

    __tablename__ = "attempt"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    # What people say to each other: six letters and digits, unique, tells nothing.
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("applicant.account_id"), index=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"), index=True)
    licence_class: Mapped[str] = mapped_column(String(12))
    blueprint: Mapped[str | None] = mapped_column(String(40))
    # The version in force when the attempt was prepared; an attempt keeps it whatever is approved afterwards.
    blueprint_version: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), index=True)
    language: Mapped[str] = mapped_column(String(5), default="id")
    timezone: Mapped[str] = mapped_column(String(40), default="Asia/Jakarta")
    extra_time_percent: Mapped[int] = mapped_column(default=0)
    # The steps of the preparation that are done, in the order of `domain.attempt.Step`.
    steps: Mapped[list[Any]] = mapped_column(default=list)
    camera: Mapped[str] = mapped_column(String(20), default="unknown")
    epoch: Mapped[int] = mapped_column(default=0)
    device: Mapped[str | None] = mapped_column(String(64))
    event_count: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[str] = mapped_column(String(64))
    # Over count and head, so that the chain and its end can't be shortened together.
    event_signature: Mapped[str] = mapped_column(String(64))
    # `scoring.verdict.IntegrityState`, or "unchecked" until the camera's pictures were gone through.
    integrity: Mapped[str] = mapped_column(String(12), default="unchecked")
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    # When events, observations and episodes were erased; the score and the outcome stay.
    answers_erased_at: Mapped[datetime | None]

    parts: Mapped[list["AttemptPart"]] = relationship(
        back_populates="attempt", order_by="AttemptPart.position"
    )


class AttemptPart(Record):
    """One part of a sitting, with a clock of its own. `setup` is what the part was made from (seed, sheet sizes)."""

    __tablename__ = "attempt_part"
    __table_args__ = (Index("ix_attempt_part_running", "state", "deadline"),)

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    limit_seconds: Mapped[int]
    setup: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    attempt: Mapped[Attempt] = relationship(back_populates="parts")


class AttemptEvent(Record):
    """One fact of a sitting, never changed: an answer, a page that was hidden, a camera that was lost.

    `sequence` is the server's (1, 2, 3 … in one sitting), `client_sequence` the device's own count within its epoch.
    """

    __tablename__ = "attempt_event"
    __table_args__ = (UniqueConstraint("attempt_id", "client_uuid"),)

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    client_uuid: Mapped[UUID]
    client_sequence: Mapped[int]
    epoch: Mapped[int]
    part: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(30))
    item_id: Mapped[str | None] = mapped_column(String(40))
    # Canonical JSON as text, so that what was hashed is what is kept, on both databases.
    value: Mapped[str]
    # Milliseconds since 1970 need more than 32 bits; SQLite's INTEGER has them.
    client_time_ms: Mapped[int | None] = mapped_column(BigInteger().with_variant(Integer(), "sqlite"))
    received_at: Mapped[datetime]
    late: Mapped[bool]
    hash: Mapped[str] = mapped_column(String(64))


class FormRecord(Record):
    """The form an attempt was given: how it was drawn, so that it can be drawn again."""

    __tablename__ = "form"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    blueprint: Mapped[str] = mapped_column(String(40))
    seed: Mapped[str] = mapped_column(String(40))
    bank_digest: Mapped[str] = mapped_column(String(64))
    proof: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]

    items: Mapped[list["FormItem"]] = relationship(order_by="FormItem.position")


class FormItem(Record):
    """One place of a form: which version of which item stands there, and its options in the order shown.

    What is not `scored` is a trial item: shown and answered like the others, never counted.
    """

    __tablename__ = "form_item"
    __table_args__ = (Index("ix_form_item_version", "item_id", "version"),)

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("form.attempt_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    item_id: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    option_order: Mapped[list[Any]]
    scored: Mapped[bool] = mapped_column(default=True, server_default=true())


class Notice(Record):
    """A prepared message to an applicant in a running sitting; `code` names its wording."""

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    seen_at: Mapped[datetime | None]
