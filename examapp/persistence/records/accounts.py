"""People: accounts, applicants, the keys their data is encrypted with, and their applications."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examapp.persistence.base import Record


class Account(Record):
    """Somebody who can sign in. Staff sign in by name; an applicant's `login` is a keyed digest of the NIK."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    role: Mapped[str] = mapped_column(String(20), index=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5), default="id")
    demo: Mapped[bool] = mapped_column(default=False)
    # Raised to end every open session of this account at once.
    session_epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    disabled_at: Mapped[datetime | None]

    applicant: Mapped["Applicant | None"] = relationship(back_populates="account")


class HandOut(Record):
    """A code for a staff account given out by an administrator, who could have kept it, until another one vouches.

    `confirmed_at` without `confirmed_by`: the operator of the machine vouched.
    """

    __tablename__ = "account_hand_out"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    handed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    handed_at: Mapped[datetime]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]


class PersonKey(Record):
    """The data key of one person, wrapped by the instance's master key. Erasing it erases what it encrypted."""

    __tablename__ = "person_key"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Applicant(Record):
    """What an applicant told us. NIK and phone are stored encrypted with the person's key."""

    __tablename__ = "applicant"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    nik_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    phone_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    birth_date: Mapped[date]
    region_known: Mapped[bool] = mapped_column(default=True)

    account: Mapped[Account] = relationship(back_populates="applicant")
    applications: Mapped[list["Application"]] = relationship(
        back_populates="applicant", order_by="Application.created_at"
    )


class Application(Record):
    """A wish for a licence of one class: what kind it is, and which licence is already held."""

    __tablename__ = "application"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("applicant.account_id"), index=True)
    licence_class: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    held_class: Mapped[str | None] = mapped_column(String(12))
    held_since: Mapped[date | None]
    # The version of the eligibility rules that let this application in.
    rule_version: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    applicant: Mapped[Applicant] = relationship(back_populates="applications")


class ResetCode(Record):
    """A code for a forgotten password; only its digest is kept, it works once and not for long."""

    __tablename__ = "reset_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)


class HelpRequest(Record):
    """Somebody who needs a person: a NIK already registered, a phone number lost, a camera that won't work."""

    __tablename__ = "help_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(30))
    # Encrypted with the instance's key: there may be no account, and so no person's key.
    contact_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str | None] = mapped_column(String(500))
    erased_at: Mapped[datetime | None]


class Consent(Record):
    """What somebody agreed to before a sitting, in which wording, and the guardian where one is needed."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("attempt_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"))
    wording: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(5))
    agreed_at: Mapped[datetime]
    guardian_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
