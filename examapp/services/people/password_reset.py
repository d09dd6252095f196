"""A forgotten password: a code to the telephone for applicants, an administrator's code for staff.

A telephone code is bound to the ticket of the browser that asked for it, so that a stranger can use up only their own
tries, never the owner's. An administrator's code is long enough to need no ticket.
"""

import secrets
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from examapp.domain.errors import Invalid
from examapp.domain.passwords import check_password
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account, Applicant, ResetCode
from examapp.services.messaging.messages import queue_message
from examapp.services.people import accounts
from examapp.services.people.sign_in import find_account, may_enter
from examapp.services.platform import Actor, Platform, Transaction

CODE_DIGITS = 8
CODE_LIFE = timedelta(minutes=15)
MAXIMUM_TRIES = 5
CODES_PER_HOUR = 5
STAFF_CODE_LIFE = timedelta(hours=48)
# No 0/O, 1/I/L: people read these aloud.
_STAFF_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
UNKNOWN_CHAIN = "password_reset:unknown"


def ask_for_code(platform: Platform, actor: Actor, typed: str) -> UUID:
    """Send a code to the telephone of the applicant whose NIK was typed. The ticket to answer it with.

    A ticket comes back in every case, so that it tells nobody whether there is such an account.
    """
    ticket, code = uuid4(), "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    with platform.writing(actor) as tx:
        account = find_account(tx.session, platform.vault, typed)
        applicant = tx.session.get(Applicant, account.id) if account else None
        if account is None or applicant is None or not may_enter(platform, account):
            tx.audit(UNKNOWN_CHAIN, "password_reset.asked")
        elif _asked_too_often(tx, account.id):
            tx.audit(f"account:{account.id}", "password_reset.too_often")
        else:
            phone = platform.vault.open_for(tx.session, account.id, applicant.phone_cipher, "phone")
            _keep_code(platform, tx, ticket, account.id, code, CODE_LIFE)
            minutes = int(CODE_LIFE.total_seconds() // 60)
            queue_message(
                tx, platform.vault, "reset_code", phone, account.language, code=code, minutes=minutes
            )
            tx.audit(f"account:{account.id}", "password_reset.asked")
    return ticket


def _asked_too_often(tx: Transaction, account_id: UUID) -> bool:
    since = tx.now - timedelta(hours=1)
    count = select(func.count()).where(ResetCode.account_id == account_id, ResetCode.created_at > since)
    return tx.session.scalar(count) >= CODES_PER_HOUR  # type: ignore[operator]


def _keep_code(
    platform: Platform, tx: Transaction, code_id: UUID, account_id: UUID, code: str, life: timedelta
) -> None:
    tx.session.add(
        ResetCode(
            id=code_id,
            account_id=account_id,
            code_digest=_digest(platform, code_id, code),
            created_at=tx.now,
            expires_at=tx.now + life,
        )
    )


def _digest(platform: Platform, code_id: UUID, code: str) -> str:
    return platform.vault.lookup_digest(f"reset:{code_id}", code)


def issue_staff_code(platform: Platform, tx: Transaction, account_id: UUID) -> str:
    """A one-time code for a member of staff, to be shown once; earlier ones stop working."""
    _use_up(tx, account_id)
    letters = "".join(secrets.choice(_STAFF_LETTERS) for _ in range(16))
    _keep_code(platform, tx, uuid4(), account_id, letters, STAFF_CODE_LIFE)
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _use_up(tx: Transaction, account_id: UUID) -> None:
    tx.session.execute(
        update(ResetCode)
        .where(ResetCode.account_id == account_id, ResetCode.used_at.is_(None))
        .values(used_at=tx.now)
    )


def reset_with_ticket(platform: Platform, actor: Actor, ticket: UUID, code: str, password: str) -> Account:
    """Set a new password with the code that was sent. Raises `Invalid("reset_code_wrong")` for every kind of no.

    Wrong, unknown, used, too old and tried too often look alike and take alike.
    """
    check_password(password)
    hashed = accounts.hash_password(platform, password)
    typed = "".join(letter for letter in code if letter.isdigit())
    with platform.writing(actor) as tx:
        kept = tx.session.get(ResetCode, ticket, with_for_update=True)
        good = kept is not None and _good_try(platform, tx, kept, typed)
        account = _reset(platform, tx, kept, password, hashed) if kept and good else None
        if account is None:
            tx.audit(f"account:{kept.account_id}" if kept else UNKNOWN_CHAIN, "password_reset.refused")
    if account is None:
        raise Invalid("reset_code_wrong", field="code")
    return account


def reset_with_staff_code(platform: Platform, actor: Actor, typed: str, code: str, password: str) -> Account:
    """Set a password with an administrator's code. Raises `Invalid("reset_code_wrong")`."""
    check_password(password)
    hashed = accounts.hash_password(platform, password)
    letters = "".join(letter for letter in code.upper() if letter in _STAFF_LETTERS)
    with platform.writing(actor) as tx:
        holder = find_account(tx.session, platform.vault, typed)
        kept = _staff_code(platform, tx, holder, letters) if holder else None
        account = _reset(platform, tx, kept, password, hashed) if kept else None
        if account is None:
            tx.audit(f"account:{holder.id}" if holder else UNKNOWN_CHAIN, "password_reset.refused")
    if account is None:
        raise Invalid("reset_code_wrong", field="code")
    return account


def _staff_code(platform: Platform, tx: Transaction, holder: Account, letters: str) -> ResetCode | None:
    if holder.role == Role.APPLICANT.value:
        return None
    live = tx.session.scalars(
        select(ResetCode)
        .where(ResetCode.account_id == holder.id, ResetCode.used_at.is_(None), ResetCode.expires_at > tx.now)
        .with_for_update()
    )
    matches = [kept for kept in live if _same(kept.code_digest, _digest(platform, kept.id, letters))]
    return matches[0] if matches else None


def _good_try(platform: Platform, tx: Transaction, kept: ResetCode, typed: str) -> bool:
    """Count one try; whether it was within the rules and right."""
    kept.tries += 1
    if kept.used_at is not None or kept.expires_at <= tx.now or kept.tries > MAXIMUM_TRIES:
        return False
    return _same(kept.code_digest, _digest(platform, kept.id, typed))


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one, other)


def _reset(
    platform: Platform, tx: Transaction, kept: ResetCode, password: str, hashed: str
) -> Account | None:
    account = accounts.account_for_update(tx.session, kept.account_id)
    if not may_enter(platform, account):
        return None
    # Raising here rolls back: the code is still good, and the person chooses another password.
    check_password(password, personal=accounts.personal_words(tx.session, platform.vault, account))
    _use_up(tx, account.id)
    tx.actor = replace(tx.actor, account_id=account.id, role=Role(account.role))
    accounts.store_password(tx, account, hashed, "password.reset")
    return account
