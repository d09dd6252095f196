"""Signs that administrators described, beside those that ship with the platform."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class SignDrawing(Record):
    """A sign in the description language of `question_bank.signs`. Never changed: items and addresses rest on it."""

    __tablename__ = "sign_drawing"

    # As items name it behind "sign:", such as "warning/y-junction".
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
