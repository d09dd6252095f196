"""Requests of people about their own data."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from examapp.persistence.base import Record


class DataRequest(Record):
    """`domain.data_request` says the kinds and states. Words and answer are sealed with the person's key.

    `attempt_id` names the sitting that an objection is about; `due_at` is when the law wants an answer.
    """

    __tablename__ = "data_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("attempt.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), index=True)
    words_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answer_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
