"""Accounts: passwords (argon2id), open sessions, language. What every other room of accounts builds on."""

import secrets
from datetime import date, datetime
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from examapp.domain.errors import Invalid, NotAllowed, NotFound
from examapp.domain.office_time import office_day
from examapp.domain.passwords import check_password
from examapp.persistence.records.accounts import Account, Applicant
from examapp.persistence.vault import Vault
from examapp.services.platform import Actor, Platform, Transaction

LANGUAGES = ("id", "en")
# Birthdays and days of law are counted where the capital is.


@cache
def _hasher(memory_kib: int, passes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)


@cache
def _decoy(memory_kib: int, passes: int) -> str:
    """A hash nobody has the password of: checking against it takes as long as against a real one."""
    return _hasher(memory_kib, passes).hash(secrets.token_hex(16))


def _cost(platform: Platform) -> tuple[int, int]:
    return platform.config.password_memory_kib, platform.config.password_passes


def hash_password(platform: Platform, password: str) -> str:
    """The argon2id hash of `password`. Slow by design: never call it inside a transaction."""
    return _hasher(*_cost(platform)).hash(password)


def password_matches(platform: Platform, stored: str | None, password: str) -> bool:
    """Whether `password` belongs to the `stored` hash; with None the same work is done, and the answer is no."""
    try:
        matched = _hasher(*_cost(platform)).verify(stored or _decoy(*_cost(platform)), password)
    except (VerificationError, InvalidHashError):
        return False
    return matched and stored is not None


def needs_rehash(platform: Platform, stored: str) -> bool:
    """Whether `stored` was made at another cost than today's."""
    return _hasher(*_cost(platform)).check_needs_rehash(stored)


def account_for_update(session: Session, account_id: UUID) -> Account:
    """The account's row, locked until the transaction ends. Raises `NotFound`."""
    account = session.get(Account, account_id, with_for_update=True, populate_existing=True)
    if account is None:
        raise NotFound("account_missing")
    return account


def personal_words(session: Session, vault: Vault, account: Account) -> tuple[str, ...]:
    """What must not stand in this person's password: their names of four letters or more, NIK, phone, login."""
    words = [word for word in account.display_name.split() if len(word) >= 4]
    applicant = session.get(Applicant, account.id)
    if applicant is None:
        return (*words, account.login)
    nik = vault.open_for(session, account.id, applicant.nik_cipher, "nik")
    phone = vault.open_for(session, account.id, applicant.phone_cipher, "phone")
    return (*words, nik, phone.removeprefix("+62"))


def store_password(tx: Transaction, account: Account, hashed: str, action: str) -> None:
    """Put a new hash in place, end every open session, and write the deed down."""
    account.password_hash = hashed
    account.session_epoch += 1
    tx.audit(f"account:{account.id}", action)


def set_password(platform: Platform, actor: Actor, account_id: UUID, password: str) -> None:
    """Give an account a password outright: for the command line and for accounts made by hand."""
    with platform.reading() as session:
        account = session.get(Account, account_id)
        if account is None:
            raise NotFound("account_missing")
        check_password(password, personal=personal_words(session, platform.vault, account))
    hashed = hash_password(platform, password)
    with platform.writing(actor) as tx:
        store_password(tx, account_for_update(tx.session, account_id), hashed, "password.set")


def change_password(platform: Platform, actor: Actor, current: str, new: str) -> Account:
    """Change one's own password; every other session ends. Raises `Invalid` for a wrong or a weak one."""
    with platform.reading() as session:
        account = session.get(Account, _own_id(actor))
        stored = account.password_hash if account else None
        personal = personal_words(session, platform.vault, account) if account else ()
    if not password_matches(platform, stored, current):
        raise Invalid("password_wrong", field="current")
    check_password(new, personal=personal)
    if new == current:
        raise Invalid("password_same", field="password")
    hashed = hash_password(platform, new)
    with platform.writing(actor) as tx:
        changed = account_for_update(tx.session, _own_id(actor))
        if changed.password_hash != stored:
            # Somebody changed it between our look and our write: the password that was typed is no longer it.
            raise Invalid("password_wrong", field="current")
        store_password(tx, changed, hashed, "password.changed")
        return changed


def change_language(platform: Platform, actor: Actor, language: str) -> None:
    """Keep the language this person reads, for pages and for messages. Raises `Invalid` for an unknown one."""
    if language not in LANGUAGES:
        raise Invalid("language_unknown", field="language")
    with platform.writing(actor) as tx:
        account = account_for_update(tx.session, _own_id(actor))
        if account.language != language:
            account.language = language
            tx.audit(f"account:{account.id}", "language.changed", language=language)


def end_sessions(platform: Platform, actor: Actor) -> None:
    """Sign this person out everywhere, here too."""
    with platform.writing(actor) as tx:
        account = account_for_update(tx.session, _own_id(actor))
        account.session_epoch += 1
        tx.audit(f"account:{account.id}", "sessions.ended")


def today(now: datetime) -> date:
    """The calendar day in Jakarta at `now`."""
    return office_day(now)


def _own_id(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise NotAllowed("sign_in_needed")
    return actor.account_id
