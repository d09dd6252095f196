"""Whose hands the codes of staff accounts went through, and who vouches that somebody else holds the account now.

Rules that ask for two people ask here: an account whose code one administrator gave out may be that administrator.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, NotFound
from examapp.domain.hands import maybe_one_person
from examapp.domain.roles import Permission, Role
from examapp.persistence.records.accounts import Account, HandOut
from examapp.services.people.accounts import account_for_update
from examapp.services.platform import Actor, Platform, Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """An account as the list of staff shows it: by whom its code was given out, and who vouched for it and when."""

    handed_by: str | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    open: bool = False
    confirmable: bool = False


def note_hand_out(tx: Transaction, account_id: UUID) -> None:
    """Write down that this transaction's actor gave out a code. The operator of the machine is no second account."""
    if tx.actor.account_id is not None:
        row = HandOut(id=uuid4(), account_id=account_id, handed_by=tx.actor.account_id, handed_at=tx.now)
        tx.session.add(row)


def confirm(platform: Platform, actor: Actor, account_id: UUID) -> None:
    """Vouch that another person holds this account. Raises `Conflict("confirm_own_hand")` for whoever may be they."""
    actor.must(Permission.MANAGE_STAFF)
    with platform.writing(actor) as tx:
        account = account_for_update(tx.session, account_id)
        if account.role == Role.APPLICANT.value:
            raise NotFound("account_missing")
        if account_id == actor.account_id:
            raise Conflict("own_account")
        if actor.account_id is not None and _tied(tx.session, actor.account_id, account_id):
            raise Conflict("confirm_own_hand")
        query = select(HandOut).where(HandOut.account_id == account_id, HandOut.confirmed_at.is_(None))
        waiting = tx.session.scalars(query.with_for_update()).all()
        for row in waiting:
            row.confirmed_at, row.confirmed_by = tx.now, actor.account_id
        if waiting:
            tx.audit(f"account:{account_id}", "staff.confirmed")


def tied_to(session: Session, account_id: UUID | None, others: Collection[str]) -> frozenset[str]:
    """Those of `others` (account ids as text) who may be the same person as `account_id`."""
    if account_id is None or not others:
        return frozenset()
    handed = _handed(session)
    return frozenset(each for each in others if maybe_one_person(str(account_id), each, handed))


def standings(session: Session, actor: Actor) -> dict[UUID, Standing]:
    """How each account of staff that an administrator gave a code for stands, by its newest code."""
    handed, me = _handed(session), str(actor.account_id)
    names = {row.id: row.display_name for row in session.execute(select(Account.id, Account.display_name))}
    found: dict[UUID, Standing] = {}
    for row in session.scalars(select(HandOut).order_by(HandOut.handed_at)):
        account, open_before = str(row.account_id), found.get(row.account_id, Standing()).open
        is_open = open_before or row.confirmed_at is None
        found[row.account_id] = Standing(
            names.get(row.handed_by),
            names.get(row.confirmed_by) if row.confirmed_by else None,
            row.confirmed_at,
            is_open,
            is_open and not maybe_one_person(me, account, handed),
        )
    return found


def _tied(session: Session, one: UUID, other: UUID) -> bool:
    return bool(tied_to(session, one, [str(other)]))


def _handed(session: Session) -> dict[str, set[str]]:
    rows = session.execute(
        select(HandOut.account_id, HandOut.handed_by).where(HandOut.confirmed_at.is_(None))
    )
    handed: dict[str, set[str]] = {}
    for account_id, by in rows:
        handed.setdefault(str(account_id), set()).add(str(by))
    return handed
