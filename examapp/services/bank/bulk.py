"""Steps for many items at once, each by the rules for one; and the undoing of the last such step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, Refusal, TooMuch
from examapp.domain.roles import Permission
from examapp.persistence.records.bank import Item
from examapp.persistence.records.bank_work import BulkStep
from examapp.persistence.repositories import bank
from examapp.services.bank.lifecycle import REASON_LIMIT, take_step
from examapp.services.bank.writing import add_step, change_words, lock_item, open_work
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.lifecycle import TRANSITIONS, ItemState, Step

MOST = 2_000
# Whoever comes later than that has built on it.
UNDO_WITHIN = timedelta(hours=24)
# The reason that stands with a step back.
UNDONE = "undone"
_FIELDS = ("state", "working_state", "current_version", "approved_version")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The items that took the step, and the others each with the code of its refusal."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def move_items(
    platform: Platform, actor: Actor, ids: Sequence[str], to: ItemState, reason: str = ""
) -> Outcome:
    """Move every item of `ids` that may go to `to`, in one transaction; the others stay and are named.

    Raises `Invalid("nothing_chosen")`, or `TooMuch("too_many_chosen")` above `MOST` items.
    """
    actor.must(Permission.EDIT_BANK)
    if not ids:
        raise Invalid("nothing_chosen")
    if len(ids) > MOST:
        raise TooMuch("too_many_chosen", maximum=MOST)
    changes: list[dict[str, Any]] = []
    refused: list[tuple[str, str]] = []
    with platform.writing(actor) as tx:
        # In one order, so that two people's bulk steps wait for each other instead of locking each other out.
        for item_id in sorted(set(ids)):
            try:
                changes.append(_move(tx, item_id, to, reason))
            except Refusal as refusal:
                refused.append((item_id, refusal.code))
        if changes:
            _note(tx, to, reason, changes)
    return Outcome(tuple(each["item"] for each in changes), tuple(refused))


def last_step(session: Session, actor: Actor) -> BulkStep | None:
    """This person's latest bulk step, if it has not been undone."""
    query = select(BulkStep).where(BulkStep.actor_id == actor.account_id).order_by(BulkStep.at.desc())
    found = session.scalars(query.limit(1)).first()
    return found if found and found.undone_at is None else None


def undo_last(platform: Platform, actor: Actor) -> Outcome:
    """Put the items of one's latest bulk step back where they stood; those that somebody touched since stay.

    Raises `Conflict("nothing_to_undo")`, or `Conflict("undo_too_late")` after `UNDO_WITHIN`.
    """
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        step = last_step(tx.session, actor)
        if step is None:
            raise Conflict("nothing_to_undo")
        if tx.now - step.at > UNDO_WITHIN:
            raise Conflict("undo_too_late")
        done, refused = [], []
        for change in step.changes:
            if _restore(tx, change):
                done.append(change["item"])
            else:
                refused.append((change["item"], "item_moved"))
        step.undone_at = tx.now
        tx.audit("bank", "bulk.undone", to=step.action, items=len(done), kept=len(refused))
    return Outcome(tuple(done), tuple(refused))


def _move(tx: Transaction, item_id: str, to: ItemState, reason: str) -> dict[str, Any]:
    record = lock_item(tx.session, item_id)
    before = {name: getattr(record, name) for name in _FIELDS}
    take_step(tx, record, to, reason, _concerns_working(record, to))
    return {"item": item_id, "before": before, "revision": record.revision}


def _concerns_working(record: Item, to: ItemState) -> bool:
    """Whether the step is one for the version being worked on; else it is for the one in use."""
    working = open_work(record)
    if working is None:
        return False
    return record.approved_version is None or isinstance(TRANSITIONS[working, to], Step)


def _note(tx: Transaction, to: ItemState, reason: str, changes: list[dict[str, Any]]) -> None:
    if tx.actor.account_id is not None:
        tx.session.add(
            BulkStep(
                id=uuid4(),
                actor_id=tx.actor.account_id,
                at=tx.now,
                action=to.value,
                reason=" ".join(reason.split())[:REASON_LIMIT] or None,
                changes=changes,
                undone_at=None,
            )
        )
    tx.audit("bank", "bulk.moved", to=to.value, items=len(changes))


def _restore(tx: Transaction, change: dict[str, Any]) -> bool:
    record = lock_item(tx.session, change["item"])
    if record.revision != change["revision"]:
        return False
    shown = bank.current_items(tx.session, [record.id])[record.id]
    left, used, number = _standing(record), _in_use(record), record.current_version
    for name, value in change["before"].items():
        setattr(record, name, value)
    tx.session.flush()
    if record.current_version != number:
        change_words(tx.session, shown, bank.current_items(tx.session, [record.id])[record.id])
    back = _standing(record)
    if _in_use(record) != used:
        _note_use(tx, record, left, used)
    if _in_use(record) == used or open_work(record) is not None:
        add_step(tx, record, record.current_version, left, back, UNDONE)
    tx.audit(f"item:{record.id}", "item.undone", before=left.value, after=back.value)
    return True


def _standing(record: Item) -> ItemState:
    return ItemState(record.working_state or record.state)


def _in_use(record: Item) -> tuple[str, int | None]:
    return record.state, record.approved_version


def _note_use(tx: Transaction, record: Item, left: ItemState, used: tuple[str, int | None]) -> None:
    """Note what is in use again, or no longer: forms, and the proofs of old ones, go by these steps."""
    version = record.approved_version
    if version is not None:
        add_step(tx, record, version, left, ItemState(record.state), UNDONE)
    elif used[1] is not None:
        # Nothing was in use before: what came into use leaves it again.
        add_step(tx, record, used[1], left, ItemState.SUSPENDED, UNDONE)
