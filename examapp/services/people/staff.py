"""Administrators' work on staff accounts: create, disable, enable, a code for a new password. All of it audited.

Nobody chooses another's password: whoever is created or has forgotten theirs gets a code that works once, and sets
their own with it.
"""

import re
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.roles import STAFF, Permission, Role
from examapp.persistence.records.accounts import Account
from examapp.services.people import accounts
from examapp.services.people.hands import note_hand_out
from examapp.services.people.password_reset import issue_staff_code
from examapp.services.people.registration import normal_name
from examapp.services.platform import Actor, Platform, Transaction

# No argon2 hash: no password in the world matches it until the owner sets one.
NO_PASSWORD = "!"  # noqa: S105
# A name can't look like a NIK (16 digits) or like the digest of one (64 hex digits).
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class NewStaff:
    login: str
    display_name: str
    role: Role
    language: str = "id"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class StaffCode:
    """A code to hand to its owner; it is kept nowhere in readable form, so it can be shown this once only."""

    account_id: UUID
    login: str
    code: str = field(repr=False)


def create_staff(platform: Platform, actor: Actor, new: NewStaff) -> StaffCode:
    """A new member of staff, who sets their password with the code. Raises `Invalid` or `Conflict`."""
    actor.must(Permission.MANAGE_STAFF)
    login, name = new.login.strip().lower(), normal_name(new.display_name)
    if not _LOGIN.fullmatch(login):
        raise Invalid("login_invalid", field="login")
    if new.role not in STAFF:
        raise Invalid("role_not_staff", field="role")
    try:
        with platform.writing(actor) as tx:
            account = Account(
                id=uuid4(),
                role=new.role.value,
                login=login,
                display_name=name,
                password_hash=NO_PASSWORD,
                language=new.language,
                demo=new.demo,
                created_at=tx.now,
                created_by=actor.account_id,
            )
            tx.session.add(account)
            tx.session.flush()
            tx.audit(f"account:{account.id}", "staff.created", login=login, role=new.role.value)
            note_hand_out(tx, account.id)
            return StaffCode(account.id, login, issue_staff_code(platform, tx, account.id))
    except IntegrityError as error:
        raise Conflict("login_taken", field="login", login=login) from error


def issue_code(platform: Platform, actor: Actor, account_id: UUID) -> StaffCode:
    """A new one-time code for a member of staff; the old password and open sessions end."""
    actor.must(Permission.MANAGE_STAFF)
    with platform.writing(actor) as tx:
        account = _staff_account(tx, account_id)
        if account.id == actor.account_id:
            raise Conflict("own_account")
        if account.disabled_at is not None:
            raise Conflict("account_disabled")
        accounts.store_password(tx, account, NO_PASSWORD, "password.code_issued")
        note_hand_out(tx, account.id)
        return StaffCode(account.id, account.login, issue_staff_code(platform, tx, account.id))


def disable_staff(platform: Platform, actor: Actor, account_id: UUID) -> None:
    """Close an account at once. Never one's own, and never the last administrator's."""
    actor.must(Permission.MANAGE_STAFF)
    with platform.writing(actor) as tx:
        # All administrators' rows, in one order: two who disable each other wait, and the second sees the first.
        administrators = tx.session.scalars(
            select(Account)
            .where(Account.role == Role.ADMINISTRATOR.value, Account.disabled_at.is_(None))
            .order_by(Account.id)
            .with_for_update()
        ).all()
        account = _staff_account(tx, account_id)
        if account.id == actor.account_id:
            raise Conflict("own_account")
        if actor.account_id is not None and all(each.id != actor.account_id for each in administrators):
            # Disabled while this deed was waiting for its turn.
            raise Conflict("account_disabled")
        if account.disabled_at is not None:
            return
        if [each.id for each in administrators] == [account.id]:
            raise Conflict("last_administrator")
        account.disabled_at = tx.now
        account.session_epoch += 1
        tx.audit(f"account:{account.id}", "staff.disabled")


def enable_staff(platform: Platform, actor: Actor, account_id: UUID) -> None:
    """Open a disabled account again, with the password it had."""
    actor.must(Permission.MANAGE_STAFF)
    with platform.writing(actor) as tx:
        account = _staff_account(tx, account_id)
        if account.disabled_at is not None:
            account.disabled_at = None
            tx.audit(f"account:{account.id}", "staff.enabled")


def list_staff(platform: Platform) -> list[Account]:
    """Everybody who works here, those who are disabled last."""
    with platform.reading() as session:
        found = session.scalars(select(Account).where(Account.role != Role.APPLICANT.value)).all()
    return sorted(found, key=lambda each: (each.disabled_at is not None, each.role, each.login))


def staff_by_login(platform: Platform, login: str) -> Account:
    """Raises `NotFound`."""
    with platform.reading() as session:
        account = session.scalar(
            select(Account).where(
                Account.login == login.strip().lower(), Account.role != Role.APPLICANT.value
            )
        )
    if account is None:
        raise NotFound("account_missing")
    return account


def _staff_account(tx: Transaction, account_id: UUID) -> Account:
    account = accounts.account_for_update(tx.session, account_id)
    if account.role == Role.APPLICANT.value:
        raise NotFound("account_missing")
    return account
