"""Reading items out of the bank as `question_bank`'s values."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.persistence.records.attempts import FormItem
from examapp.persistence.records.bank import Item, ItemStep, ItemVersionRecord, Media
from question_bank.item import ItemVersion
from question_bank.parse import parse_item

# States whose approved version may enter a new form.
USABLE = ("active", "pilot")


def usable_revision(session: Session) -> tuple[int, int]:
    """A pair that changes whenever the set of usable versions may have changed; cheap to ask before every form."""
    count, revisions = session.execute(
        select(func.count(), func.coalesce(func.sum(Item.revision), 0)).select_from(Item)
    ).one()
    return int(count), int(revisions)


def usable_items(session: Session) -> list[ItemVersion]:
    """The approved version of every item that may be asked."""
    query = (
        select(ItemVersionRecord.content)
        .join(
            Item,
            (Item.id == ItemVersionRecord.item_id) & (Item.approved_version == ItemVersionRecord.version),
        )
        .where(Item.state.in_(USABLE))
        .order_by(Item.id)
    )
    return [parse_item(content) for content in session.scalars(query)]


def versions(session: Session, wanted: Iterable[tuple[str, int]]) -> dict[str, ItemVersion]:
    """Exactly the asked-for versions, by item id: what a form was made of, whatever happened to the items since."""
    pairs = set(wanted)
    query = select(ItemVersionRecord).where(ItemVersionRecord.item_id.in_({item for item, _ in pairs}))
    return {
        row.item_id: parse_item(row.content)
        for row in session.scalars(query)
        if (row.item_id, row.version) in pairs
    }


def current_items(session: Session, ids: Iterable[str] | None = None) -> dict[str, ItemVersion]:
    """The version that editors go on from, of every item or of `ids`, by item id."""
    query = (
        select(ItemVersionRecord)
        .join(
            Item, (Item.id == ItemVersionRecord.item_id) & (Item.current_version == ItemVersionRecord.version)
        )
        .order_by(Item.id)
    )
    if ids is None:
        return {row.item_id: parse_item(row.content) for row in session.scalars(query)}
    found: dict[str, ItemVersion] = {}
    for some in batches(sorted(set(ids))):
        rows = session.scalars(query.where(Item.id.in_(some)))
        found |= {row.item_id: parse_item(row.content) for row in rows}
    return found


def known_ids(session: Session, ids: Iterable[str]) -> set[str]:
    """Which of `ids` the bank holds."""
    found: set[str] = set()
    for some in batches(sorted(set(ids))):
        found |= set(session.scalars(select(Item.id).where(Item.id.in_(some))))
    return found


def known_media(session: Session, digests: Iterable[str]) -> set[str]:
    """Which of the uploaded pictures `digests` are there."""
    found: set[str] = set()
    for some in batches(sorted(set(digests))):
        found |= set(session.scalars(select(Media.digest).where(Media.digest.in_(some))))
    return found


def steps(session: Session, item_id: str) -> list[ItemStep]:
    """The life of an item, oldest first."""
    query = select(ItemStep).where(ItemStep.item_id == item_id).order_by(ItemStep.number)
    return list(session.scalars(query))


def forms_by_version(session: Session, item_id: str) -> dict[int, int]:
    """How many sittings were given each version of an item."""
    query = (
        select(FormItem.version, func.count()).where(FormItem.item_id == item_id).group_by(FormItem.version)
    )
    return {version: int(count) for version, count in session.execute(query)}


def batches(values: list[str], size: int = 500) -> Iterable[list[str]]:
    """`values` in pieces: a statement may carry only so many parameters."""
    return (values[start : start + size] for start in range(0, len(values), size))
