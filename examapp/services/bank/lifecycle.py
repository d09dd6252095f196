"""Moving an item through its life: review, approval by a second person, suspension, retirement. All of it audited."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, NotAllowed
from examapp.domain.roles import Permission
from examapp.persistence.records.bank import Item, ItemStep, ItemVersionRecord
from examapp.persistence.repositories import bank
from examapp.services.bank.writing import add_step, change_words, lock_item, open_work, set_working
from examapp.services.people.hands import tied_to
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.lifecycle import TRANSITIONS, ItemState, MoveRefused, Step, move

REASON_LIMIT = 300
# What takes a wording away, or out of another's hands, is explained to those who come after.
NEEDS_REASON = frozenset({"sent_back", "contested", "doubted", "withdrawn", "abandoned", "reinstated"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: where the item would go, the word for the step, and whether this person may take it now.

    `on_working` says that the step concerns the newer version, not the one in use; `refusal` why it is closed.
    """

    to: ItemState
    reason: str
    on_working: bool
    needs_reason: bool
    refusal: str | None = None


def move_item(
    platform: Platform,
    actor: Actor,
    item_id: str,
    to: ItemState,
    *,
    revision: int,
    reason: str = "",
    on_working: bool,
) -> ItemState:
    """Move the version being worked on (`on_working`) or the one in use. Returns the new state.

    Raises `Conflict("item_moved")` when the item changed since `revision`, `Conflict("move_…")` for a move that the
    table of `question_bank.lifecycle` refuses, `NotAllowed("move_own_work")` or `("move_tied_to_author")` when a
    second person is needed, `Invalid("reason_missing")`.
    """
    actor.must(Permission.EDIT_BANK)
    with platform.writing(actor) as tx:
        record = lock_item(tx.session, item_id)
        if record.revision != revision:
            raise Conflict("item_moved")
        take_step(tx, record, to, reason, on_working)
    return to


def take_step(tx: Transaction, record: Item, to: ItemState, reason: str, on_working: bool) -> None:
    """Move a locked item, note the step and audit it; raises as `move_item` does, before anything is changed."""
    before = _state_of(record, on_working)
    step = _allowed(tx.session, record, before, to, tx.actor, on_working)
    words = " ".join(reason.split())[:REASON_LIMIT]
    if step.reason in NEEDS_REASON and not words:
        raise Invalid("reason_missing", field="reason")
    version = record.current_version if on_working else _version_in_use(record)
    _take(tx.session, record, to, on_working)
    add_step(tx, record, version, before, to, words or None)
    _audit(tx, record.id, version, step, before, to, words)


def offers(session: Session, record: Item, actor: Actor) -> list[Offer]:
    """Every step that may be offered for this item, those closed to this person with the reason why."""
    found: list[Offer] = []
    for on_working in (True, False):
        if on_working and open_work(record) is None:
            continue
        if not on_working and record.approved_version is None:
            continue
        before = _state_of(record, on_working)
        for to in ItemState:
            step = TRANSITIONS[before, to]
            if isinstance(step, Step):
                refusal = _refusal(session, record, before, to, actor, on_working)
                found.append(Offer(to, step.reason, on_working, step.reason in NEEDS_REASON, refusal))
    return found


def _refusal(
    session: Session, record: Item, before: ItemState, to: ItemState, actor: Actor, on_working: bool
) -> str | None:
    try:
        _allowed(session, record, before, to, actor, on_working)
    except (Conflict, NotAllowed) as error:
        return error.code
    return None


def _allowed(
    session: Session, record: Item, before: ItemState, to: ItemState, actor: Actor, on_working: bool
) -> Step:
    if on_working and to is ItemState.PILOT and record.state == ItemState.ACTIVE:
        # One wording at a time is asked: a trial would take the proven one out of every form.
        raise Conflict("move_pilot_replaces_active")
    if not on_working and to is ItemState.RETIRED and open_work(record) is not None:
        # Its approval would bring the item back behind the back of whoever retired it.
        raise Conflict("move_open_version")
    authors = set(_authors(session, record) if on_working else _doubters(session, record))
    try:
        tied = tied_to(session, actor.account_id, authors)
        return move(before, to, actor_id=str(actor.account_id), author_ids=authors, tied_ids=tied)
    except MoveRefused as error:
        code = f"move_{error.refusal.code}"
        if error.refusal.code in {"own_work", "tied_to_author", "no_author_known"}:
            raise NotAllowed(code) from error
        raise Conflict(code) from error


def _state_of(record: Item, on_working: bool) -> ItemState:
    if on_working:
        state = open_work(record)
        if state is None:
            raise Conflict("item_no_open_version")
        return state
    if record.approved_version is None:
        raise Conflict("item_not_in_use")
    return ItemState(record.state)


def _version_in_use(record: Item) -> int:
    if record.approved_version is None:
        raise Conflict("item_not_in_use")
    return record.approved_version


def _take(session: Session, record: Item, to: ItemState, on_working: bool) -> None:
    """Apply a step; where a draft is given up, the item is found by the words of the version in use again."""
    drafted, number = bank.current_items(session, [record.id])[record.id], record.current_version
    _apply(record, to, on_working)
    if record.current_version != number:
        session.flush()
        change_words(session, drafted, bank.current_items(session, [record.id])[record.id])


def _apply(record: Item, to: ItemState, on_working: bool) -> None:
    if not on_working:
        record.state = to
    elif to in (ItemState.ACTIVE, ItemState.PILOT):
        record.approved_version, record.state, record.working_state = record.current_version, to, None
    elif to is ItemState.RETIRED and record.approved_version is not None:
        # A draft is given up; the version in use goes on as if it had never been begun.
        record.working_state, record.current_version = None, record.approved_version
    elif to is ItemState.RETIRED:
        record.state = to
    else:
        set_working(record, to)


def _authors(session: Session, record: Item) -> Iterator[str]:
    """Who wrote a change since the last approval; for what came without a name, who took it on by submitting it."""
    since = record.approved_version or 0
    rows = session.execute(
        select(ItemVersionRecord.version, ItemVersionRecord.created_by).where(
            ItemVersionRecord.item_id == record.id,
            ItemVersionRecord.version > since,
            ItemVersionRecord.version <= record.current_version,
        )
    ).all()
    yield from (str(author) for _, author in rows if author)
    nameless = {version for version, author in rows if author is None}
    for step in bank.steps(session, record.id) if nameless else ():
        if step.version in nameless and step.to_state == ItemState.IN_REVIEW and step.actor_id:
            yield str(step.actor_id)


def _doubters(session: Session, record: Item) -> Iterator[str]:
    """Whose step took the item out of use: somebody else must bring it back."""
    last = session.scalars(
        select(ItemStep)
        .where(ItemStep.item_id == record.id, ItemStep.to_state == ItemState.SUSPENDED)
        .order_by(ItemStep.number.desc())
    ).first()
    if last and last.actor_id:
        yield str(last.actor_id)


def _audit(
    tx: Transaction, item_id: str, version: int, step: Step, before: ItemState, to: ItemState, words: str
) -> None:
    tx.audit(
        f"item:{item_id}",
        f"item.{step.reason}",
        version=version,
        before=before.value,
        after=to.value,
        reason=words or None,
    )
