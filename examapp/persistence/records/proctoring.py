"""What cameras saw: observations (facts), episodes (derived), evidence (kept frames), cases and decisions (people)."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examapp.persistence.base import Record


class ObservationRecord(Record):
    """What the analysis saw in one frame. Angles in degrees as in `proctoring.observation`; None: not known."""

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_captured", "attempt_id", "captured_at"),)

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    frame: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int]
    # The server's estimate of the moment of capture: its own clock at arrival less what the device says it waited.
    captured_at: Mapped[datetime]
    received_at: Mapped[datetime]
    analysed_at: Mapped[datetime]
    faces: Mapped[int]
    yaw: Mapped[float | None]
    pitch: Mapped[float | None]
    roll: Mapped[float | None]
    gaze_yaw: Mapped[float | None]
    gaze_pitch: Mapped[float | None]
    attention: Mapped[str] = mapped_column(String(12))
    quality: Mapped[float]
    brightness: Mapped[float]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    frame_digest: Mapped[str] = mapped_column(String(64))


class EpisodeRecord(Record):
    """A stretch of time worth a look, derived from observations and page events by a named version of the policy."""

    __tablename__ = "episode"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    onset: Mapped[datetime]
    offset: Mapped[datetime]
    severity: Mapped[str] = mapped_column(String(10))
    ongoing: Mapped[bool] = mapped_column(default=False)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    policy_version: Mapped[str] = mapped_column(String(40))
    derived_at: Mapped[datetime]


class FrameTally(Record):
    """How many frames of a sitting arrived, were analysed, and were overtaken by a newer one before their turn."""

    __tablename__ = "frame_tally"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    received: Mapped[int] = mapped_column(default=0)
    analysed: Mapped[int] = mapped_column(default=0)
    overtaken: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    last_received_at: Mapped[datetime | None]
    last_analysed_at: Mapped[datetime | None]


class AnalysisGap(Record):
    """A stretch in which nothing was analysed although frames may have come, and why."""

    __tablename__ = "analysis_gap"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("attempt.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(60))


class EvidenceRecord(Record):
    """A kept frame: encrypted with the person's key in the store, its ciphertext hashed and chained here."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), index=True)
    position: Mapped[int]
    frame: Mapped[int]
    captured_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    cipher_digest: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    erased_at: Mapped[datetime | None]


class ReviewCase(Record):
    """A flagged sitting waiting for people; its states and moves are `scoring.review`'s."""

    __tablename__ = "review_case"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), unique=True)
    state: Mapped[str] = mapped_column(String(30), index=True)
    risk: Mapped[float]
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    claimed_until: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    revision: Mapped[int] = mapped_column(default=1)

    decisions: Mapped[list["Decision"]] = relationship(order_by="Decision.position")


class Decision(Record):
    """What one named person decided about a case, and why. Never changed."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("case_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("review_case.id"))
    position: Mapped[int]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    decision: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[Any]]
    note: Mapped[str]
    decided_at: Mapped[datetime]
