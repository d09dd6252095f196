"""Creating items and changing them. A change is always a new version; sittings keep the one they were given."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.bank import Item, ItemVersionRecord
from examapp.services.bank.checks import References
from examapp.services.bank.writing import add_item, add_version, lock_item
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.canonical import same_content
from question_bank.item import ItemVersion
from question_bank.lifecycle import ItemState
from question_bank.parse import parse_item, read_item
from question_bank.problem import Problem

NOTE_LIMIT = 300


class BadItemContent(Invalid):
    """What was typed makes no sound item; `problems` say why, field by field. Nothing was stored."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("item_problems", count=len(problems))
        self.problems = problems


class ItemChanged(Conflict):
    """Somebody else saved since the editor began; `current` is theirs. Nothing was stored."""

    def __init__(self, current: ItemVersion, revision: int, changed_by: str) -> None:
        super().__init__("item_changed", name=changed_by)
        self.current, self.revision, self.changed_by = current, revision, changed_by


def read_content(session: Session, data: Mapping[str, Any]) -> tuple[ItemVersion | None, tuple[Problem, ...]]:
    """The item that `data` (the plain form of `question_bank.parse`) describes, and all that is wrong with it."""
    item, problems = read_item(data)
    if item is None:
        return None, problems
    return item, (*problems, *References(session, [item]).problems(item))


def create_item(platform: Platform, actor: Actor, data: Mapping[str, Any], note: str = "") -> ItemVersion:
    """A new item as a draft. Raises `BadItemContent`, or `Conflict("item_exists")` for a number that is taken."""
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        item = _sound(tx.session, {**data, "version": 1})
        if tx.session.get(Item, item.item_id) is not None:
            raise Conflict("item_exists", item=item.item_id)
        item = _authored(tx, item)
        try:
            add_item(tx, item, ItemState.DRAFT, _note(note))
        except IntegrityError as error:
            raise Conflict("item_exists", item=item.item_id) from error
        tx.audit(f"item:{item.item_id}", "item.created", version=1, note=_note(note))
    return item


def edit_item(
    platform: Platform, actor: Actor, item_id: str, revision: int, data: Mapping[str, Any], note: str = ""
) -> ItemVersion:
    """A new version of an item, as a draft; what is in use stays in use until the draft is approved.

    `revision` is the one the editor began from. Raises `ItemChanged` when somebody else saved since,
    `BadItemContent`, `Conflict("item_unchanged")` when nothing differs, or `NotFound`.
    """
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        record = lock_item(tx.session, item_id)
        current = load_version(tx.session, item_id, record.current_version)
        if record.revision != revision:
            raise ItemChanged(current, record.revision, _last_editor(tx.session, record))
        item = _sound(tx.session, {**data, "id": item_id, "version": record.latest_version + 1})
        if same_content(item, current) and item.author == current.author:
            raise Conflict("item_unchanged")
        item = _authored(tx, item)
        add_version(tx, record, item, ItemState.DRAFT, _note(note))
        tx.audit(f"item:{item_id}", "item.edited", version=item.version, note=_note(note))
    return item


def load_version(session: Session, item_id: str, version: int) -> ItemVersion:
    """One stored version; it must be there."""
    content = session.scalars(
        select(ItemVersionRecord.content).where(
            ItemVersionRecord.item_id == item_id, ItemVersionRecord.version == version
        )
    ).one()
    return parse_item(content)


def free_number(session: Session, prefix: str) -> str:
    """The next item number that begins with three capitals, as in RAM-0149."""
    last = session.scalar(
        select(Item.id).where(Item.id.like(f"{prefix}-____")).order_by(Item.id.desc()).limit(1)
    )
    return f"{prefix}-{int(last[4:]) + 1 if last else 1:04d}"


def _sound(session: Session, data: Mapping[str, Any]) -> ItemVersion:
    item, problems = read_content(session, data)
    if item is None or problems:
        raise BadItemContent(problems)
    return item


def _authored(tx: Transaction, item: ItemVersion) -> ItemVersion:
    """`item` with its writer's name where nobody typed one."""
    if item.author or tx.actor.account_id is None:
        return item
    account = tx.session.get(Account, tx.actor.account_id)
    return replace(item, author=account.display_name) if account else item


def _last_editor(session: Session, record: Item) -> str:
    name = session.scalar(
        select(Account.display_name)
        .join(ItemVersionRecord, ItemVersionRecord.created_by == Account.id)
        .where(ItemVersionRecord.item_id == record.id, ItemVersionRecord.version == record.current_version)
    )
    return name or "–"


def _note(note: str) -> str | None:
    return " ".join(note.split())[:NOTE_LIMIT] or None
