"""Reading items out of the bank as `question_bank`'s values."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.persistence.records.bank import Item, ItemVersionRecord
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
