"""Signing in. Whoever is refused learns only that name and password don't go together, whatever the cause was."""

from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from examapp.domain.errors import Invalid
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.persistence.vault import Vault
from examapp.services.people import accounts
from examapp.services.platform import Actor, Platform
from scoring.nik import InvalidNik, parse_nik

UNKNOWN_CHAIN = "sign_in:unknown"


def login_key(vault: Vault, typed: str) -> str:
    """What to look an account up by: the keyed digest of a NIK, or a staff name in small letters."""
    try:
        return vault.lookup_digest("nik", parse_nik(typed).digits)
    except InvalidNik:
        return typed.strip().lower()[:80]


def find_account(session: Session, vault: Vault, typed: str) -> Account | None:
    return session.scalar(select(Account).where(Account.login == login_key(vault, typed)))


def may_enter(platform: Platform, account: Account) -> bool:
    """Whether this account is open at all: not disabled, and no demo account on a server others can reach."""
    return account.disabled_at is None and (platform.config.loopback or not account.demo)


def check_credentials(platform: Platform, actor: Actor, typed: str, password: str) -> Account:
    """The account that `typed` (NIK or staff name) and `password` open.

    Raises `Invalid("sign_in_failed")` alike for an unknown name, a wrong password, a disabled account and a demo
    account off loopback, after the same work: one hash, one audited write.
    """
    with platform.reading() as session:
        account = find_account(session, platform.vault, typed)
    right = accounts.password_matches(platform, account.password_hash if account else None, password)
    if account is None or not right or not may_enter(platform, account):
        chain = f"account:{account.id}" if account else UNKNOWN_CHAIN
        with platform.writing(actor) as tx:
            tx.audit(chain, "sign_in.refused")
        raise Invalid("sign_in_failed", field="login")
    _note_sign_in(platform, actor, account, password)
    return account


def _note_sign_in(platform: Platform, actor: Actor, account: Account, password: str) -> None:
    stored = account.password_hash
    fresh = accounts.hash_password(platform, password) if accounts.needs_rehash(platform, stored) else None
    with platform.writing(replace(actor, account_id=account.id, role=Role(account.role))) as tx:
        if fresh is not None:
            # Only over the hash that was checked: a password changed meanwhile must stay changed.
            tx.session.execute(
                update(Account)
                .where(Account.id == account.id, Account.password_hash == stored)
                .values(password_hash=fresh)
            )
        tx.audit(f"account:{account.id}", "signed_in")
