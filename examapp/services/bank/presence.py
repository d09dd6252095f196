"""Who else has an item open: said to both, so that they talk to each other. Nobody is locked out by it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from examapp.domain.errors import NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.bank import Item, ItemEditor, ItemVersionRecord
from examapp.services.platform import Actor, Platform

# An open page says so every ten seconds; one that missed two of them is gone.
GONE_AFTER = timedelta(seconds=25)


@dataclass(frozen=True, slots=True)
class Company:
    """Names of the others who have the item open now, and who saved which version since `revision`, if anybody did."""

    others: tuple[str, ...]
    saved_by: str | None = None
    version: int | None = None


def editing_here(platform: Platform, actor: Actor, item_id: str, revision: int) -> Company:
    """Note that `actor` has the item open, from `revision` on, and say who else does. Raises `NotFound`."""
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        item = tx.session.get(Item, item_id)
        if item is None or actor.account_id is None:
            raise NotFound()
        tx.session.execute(delete(ItemEditor).where(ItemEditor.seen_at < tx.now - GONE_AFTER))
        tx.session.merge(ItemEditor(item_id=item_id, account_id=actor.account_id, seen_at=tx.now))
        tx.session.flush()
        names = tx.session.scalars(
            select(Account.display_name)
            .join(ItemEditor, ItemEditor.account_id == Account.id)
            .where(ItemEditor.item_id == item_id, ItemEditor.account_id != actor.account_id)
            .order_by(Account.display_name)
        )
        others = tuple(names)
        if item.revision <= revision:
            return Company(others)
        saved = tx.session.execute(
            select(Account.display_name, ItemVersionRecord.version)
            .join(Account, Account.id == ItemVersionRecord.created_by)
            .where(ItemVersionRecord.item_id == item_id, ItemVersionRecord.version == item.current_version)
        ).one_or_none()
        return Company(others, saved.display_name, saved.version) if saved else Company(others)
