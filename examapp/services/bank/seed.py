"""Laying what ships into the bank: items, checks of their keys, the acts they cite, the blueprints of forms.

Once, and again only what is new; what people edited is left alone.
"""

from examapp.persistence.repositories import bank
from examapp.services.bank.key_checks import seed_checks
from examapp.services.bank.law import seed_acts
from examapp.services.bank.writing import add_items
from examapp.services.platform import Platform
from examapp.services.sitting.blueprints import store_shipped
from question_bank.content_loader import load_items
from question_bank.key_checks import shipped_checks
from question_bank.lifecycle import ItemState


def seed_shipped_items(platform: Platform) -> int:
    """Add every shipped item the bank doesn't have yet, ready for use. Returns how many were added."""
    shipped = load_items()
    with platform.writing() as tx:
        known = bank.known_ids(tx.session, [item.item_id for item in shipped])
        fresh = [item for item in shipped if item.item_id not in known]
        add_items(tx, fresh, ItemState.ACTIVE, "shipped")
        seed_acts(tx)
        seed_checks(tx, fresh, shipped_checks())
        store_shipped(tx)
        if fresh:
            tx.audit("bank", "shipped_items_added", count=len(fresh))
    return len(fresh)
