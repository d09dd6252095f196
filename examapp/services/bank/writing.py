"""Writing versions and steps into the bank, inside somebody's transaction. Every write raises the item's revision."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound
from examapp.persistence.records.bank import Item, ItemStep, ItemVersionRecord, ItemWord
from examapp.persistence.records.law import ItemCitation
from examapp.persistence.repositories import bank
from examapp.services.platform import Transaction
from question_bank.canonical import digest, to_dict
from question_bank.item import ItemVersion
from question_bank.law.citation import read_citations
from question_bank.lifecycle import ItemState
from question_bank.search_words import words_of

REASON_LIMIT = 300
_ADD_WORDS = insert(cast(Table, ItemWord.__table__))
_OPEN = frozenset({ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.APPROVED})


def lock_item(session: Session, item_id: str) -> Item:
    """The item's row, locked until the transaction ends. Raises `NotFound("item_missing")`."""
    item = session.get(Item, item_id, with_for_update=True, populate_existing=True)
    if item is None:
        raise NotFound("item_missing", item=item_id)
    return item


def open_work(item: Item) -> ItemState | None:
    """The state of a version that is not in use yet (draft, in review, approved); None when there is none."""
    state = ItemState(item.working_state or item.state)
    return state if state in _OPEN else None


def _add_version_records(tx: Transaction, items: Sequence[ItemVersion], note: str | None) -> None:
    """Store versions, and the articles that each of them cites."""
    tx.session.add_all(version_record(item, tx, note) for item in items)
    tx.session.flush()
    tx.session.add_all(
        ItemCitation(
            item_id=item.item_id, version=item.version, act=c.act, article=c.article, clause=c.clause
        )
        for item in items
        for c in read_citations(item.article)
    )
    tx.session.flush()


def note_words(session: Session, items: Sequence[ItemVersion]) -> None:
    """Let new items be found by their words."""
    # In the order of the index: rows that lie together are written together.
    rows = sorted((word, item.item_id) for item in items for word in words_of(item))
    if rows:
        # By the table: there are eighty of them an item, and the ORM costs more than the database does.
        session.execute(_ADD_WORDS, [{"word": word, "item_id": item_id} for word, item_id in rows])


def change_words(session: Session, old: ItemVersion, new: ItemVersion) -> None:
    """Let an item be found by the words of its version `new`, and no longer by those of `old` alone."""
    before, after = words_of(old), words_of(new)
    for some in bank.batches(sorted(before - after)):
        session.execute(delete(ItemWord).where(ItemWord.item_id == old.item_id, ItemWord.word.in_(some)))
    rows = [{"word": word, "item_id": new.item_id} for word in sorted(after - before)]
    if rows:
        session.execute(_ADD_WORDS, rows)


def version_record(item: ItemVersion, tx: Transaction, note: str | None = None) -> ItemVersionRecord:
    """A version as the bank stores it: the plain form, and the columns it is searched by."""
    content = to_dict(item)
    return ItemVersionRecord(
        item_id=item.item_id,
        version=item.version,
        content=content,
        digest=digest(content),
        part=item.part,
        topic=item.topic,
        difficulty=item.difficulty,
        classes="|" + "|".join(sorted(licence.value for licence in item.classes)) + "|",
        article=item.article,
        note=note,
        created_at=tx.now,
        created_by=tx.actor.account_id,
    )


def add_item(tx: Transaction, item: ItemVersion, state: ItemState, note: str | None = None) -> Item:
    """A new item with its first version. `active` is for the shipped bank alone: it was read before it was shipped."""
    return add_items(tx, [item], state, note)[0]


def add_items(
    tx: Transaction, items: Sequence[ItemVersion], state: ItemState, note: str | None = None
) -> list[Item]:
    """Many new items, each as `add_item` would, a statement for each kind of row."""
    records = [
        Item(
            id=item.item_id,
            state=state,
            latest_version=item.version,
            current_version=item.version,
            approved_version=item.version if state is ItemState.ACTIVE else None,
            created_at=tx.now,
            created_by=tx.actor.account_id,
            changed_at=tx.now,
            revision=1,
        )
        for item in items
    ]
    tx.session.add_all(records)
    tx.session.flush()
    _add_version_records(tx, items, note)
    note_words(tx.session, items)
    for record, item in zip(records, items, strict=True):
        tx.session.add(_step(tx, record, item.version, None, state, note))
    tx.session.flush()
    return records


def add_version(
    tx: Transaction, record: Item, item: ItemVersion, state: ItemState, note: str | None = None
) -> None:
    """A newer version of a locked item, as draft or in review. What is in use stays in use."""
    before = open_work(record)
    change_words(tx.session, bank.current_items(tx.session, [item.item_id])[item.item_id], item)
    _add_version_records(tx, [item], note)
    record.latest_version = record.current_version = item.version
    set_working(record, state)
    record.revision += 1
    record.changed_at = tx.now
    tx.session.flush()
    tx.session.add(_step(tx, record, item.version, before, state, note))
    tx.session.flush()


def set_working(record: Item, state: ItemState | None) -> None:
    """Let `state` be that of the work that goes on; for an item never approved it is the item's own state."""
    if record.approved_version is not None:
        record.working_state = state
    elif state is not None:
        record.state = state


def add_step(
    tx: Transaction,
    record: Item,
    version: int,
    before: ItemState | None,
    after: ItemState,
    reason: str | None,
) -> None:
    """Note a move of a locked item."""
    record.revision += 1
    record.changed_at = tx.now
    tx.session.flush()
    tx.session.add(_step(tx, record, version, before, after, reason))
    tx.session.flush()


def _step(
    tx: Transaction,
    record: Item,
    version: int,
    before: ItemState | None,
    after: ItemState,
    reason: str | None,
) -> ItemStep:
    return ItemStep(
        item_id=record.id,
        number=record.revision,
        version=version,
        from_state=before,
        to_state=after,
        actor_id=tx.actor.account_id,
        reason=reason[:REASON_LIMIT] if reason else None,
        at=tx.now,
    )
