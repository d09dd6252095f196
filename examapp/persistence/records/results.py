"""What was made of the facts: scores of parts, the psychologist's report, the verdict. All can be derived again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class PartResult(Record):
    """The score of one part, with the version of the rule that derived it."""

    __tablename__ = "part_result"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    data: Mapped[dict[str, Any]]
    rule_version: Mapped[str] = mapped_column(String(40))
    derived_at: Mapped[datetime]


class PsychologyReport(Record):
    """The battery's result and what a psychologist made of it: signed fit or unfit, or declined with a reason."""

    __tablename__ = "psychology_report"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    data: Mapped[dict[str, Any]]
    rule_version: Mapped[str] = mapped_column(String(40))
    opened_at: Mapped[datetime]
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    claimed_until: Mapped[datetime | None]
    signed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    signed_at: Mapped[datetime | None]
    registration_number: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(1000))
    valid_until: Mapped[datetime | None]
    # When figures and reason were erased; that it was signed stays.
    erased_at: Mapped[datetime | None]


class VerdictRecord(Record):
    """The verdict in force for a sitting, its reasons, and the version of the rule."""

    __tablename__ = "verdict"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(30), index=True)
    reasons: Mapped[list[Any]]
    rule_version: Mapped[str] = mapped_column(String(40))
    derived_at: Mapped[datetime]
