"""Laying the shipped items into the bank: once, and again only what is new; what people edited is left alone."""

from examapp.persistence.records.bank import Item, ItemStep, ItemVersionRecord
from examapp.services.platform import Platform, Transaction
from question_bank.canonical import content_digest, to_dict
from question_bank.content_loader import load_items
from question_bank.item import ItemVersion
from question_bank.lifecycle import ItemState


def version_record(item: ItemVersion, tx: Transaction, note: str | None = None) -> ItemVersionRecord:
    """A version as the bank stores it: the plain form, and the columns it is searched by."""
    texts = [*item.stem.as_dict().values(), *(t for o in item.options for t in o.text.as_dict().values())]
    return ItemVersionRecord(
        item_id=item.item_id,
        version=item.version,
        content=to_dict(item),
        digest=content_digest(item),
        part=item.part,
        topic=item.topic,
        difficulty=item.difficulty,
        classes="|" + "|".join(sorted(licence.value for licence in item.classes)) + "|",
        article=item.article,
        search_text=" ".join([item.item_id, item.article, *texts]).lower(),
        note=note,
        created_at=tx.now,
        created_by=tx.actor.account_id,
    )


def seed_shipped_items(platform: Platform) -> int:
    """Add every shipped item the bank doesn't have yet, ready for use. Returns how many were added."""
    added = 0
    with platform.writing() as tx:
        for item in load_items():
            if tx.session.get(Item, item.item_id) is not None:
                continue
            tx.session.add(
                Item(
                    id=item.item_id,
                    state=ItemState.ACTIVE,
                    latest_version=item.version,
                    approved_version=item.version,
                    created_at=tx.now,
                    changed_at=tx.now,
                )
            )
            tx.session.flush()
            tx.session.add(version_record(item, tx, "shipped"))
            tx.session.flush()
            tx.session.add(
                ItemStep(
                    item_id=item.item_id,
                    version=item.version,
                    to_state=ItemState.ACTIVE,
                    reason="shipped",
                    at=tx.now,
                )
            )
            added += 1
        if added:
            tx.audit("bank", "shipped_items_added", count=added)
    return added
