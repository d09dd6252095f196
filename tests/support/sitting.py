"""Sittings in a few lines, made by the services themselves."""

from collections.abc import Callable
from uuid import UUID, uuid4

from sqlalchemy import select, update

from examapp.domain.attempt import Step
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.bank import Item
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.platform import Platform
from examapp.services.sitting import forms, sittings
from examapp.services.sitting.answers import Receipt, SentEvent, record_events
from question_bank.content_loader import load_items
from question_bank.item import ItemType
from question_bank.lifecycle import ItemState
from tests.support.people import Person

PLAIN = (ItemType.SINGLE_CHOICE, ItemType.TRUE_FALSE)


def application_of(platform: Platform, applicant: Person) -> UUID:
    with platform.reading() as db:
        query = select(Application.id).where(Application.applicant_id == applicant.account_id)
        return db.scalars(query).one()


def seed_plain_items(platform: Platform) -> None:
    """The shipped bank, of which only what takes a single choice is in use.

    Most tests press the first option of whatever question comes first; `tests.support.typed_items` has the other types.
    """
    if not seed_shipped_items(platform):
        return
    others = [item.item_id for item in load_items() if item.type not in PLAIN]
    aside = {"state": ItemState.SUSPENDED.value, "revision": Item.revision + 1}
    with platform.writing() as tx:
        tx.session.execute(update(Item).where(Item.id.in_(others)).values(aside))


def prepared(platform: Platform, applicant: Person, **guardian: str) -> UUID:
    """An attempt with all its steps done, ready for its first part; the bank is filled if it was empty."""
    seed_plain_items(platform)
    attempt_id = sittings.prepare(platform, applicant.actor, application_of(platform, applicant))
    for step in Step:
        given = guardian if step is Step.CONSENT else {"camera": "ok"} if step is Step.CAMERA else {}
        sittings.complete_step(platform, applicant.actor, attempt_id, step, **given)
    return attempt_id


def begun(platform: Platform, applicant: Person, part: str = "theory") -> UUID:
    """An attempt whose part (the first of the sitting) has begun."""
    attempt_id = prepared(platform, applicant)
    sittings.start_part(platform, applicant.actor, attempt_id, part)
    return attempt_id


# An option, several that go together, or a whole order.
Response = str | list[str] | tuple[str, ...]


def answer(item_id: str, option: Response, sequence: int | None = None, part: str = "theory") -> SentEvent:
    value = [option] if isinstance(option, str) else list(option)
    return SentEvent(uuid4(), part, "answer", item_id, value, sequence)


def keys_of(platform: Platform, attempt_id: UUID) -> dict[str, Response]:
    """item → right response of the attempt's form; a test may know it, an applicant's page never does."""
    with platform.reading() as db:
        items = forms.keyed_items(db, attempt_id)
    right = {item.item_id: item.key if isinstance(item.key, tuple) else sorted(item.key) for item in items}
    return {item_id: key[0] if len(key) == 1 else key for item_id, key in right.items()}


def wrong_for(key: Response) -> Response:
    """A response that is not `key` and that every type with such a key takes."""
    if isinstance(key, tuple):
        return tuple(reversed(key))
    if isinstance(key, list):
        # The first alone of several right ones is too few.
        return key[:1]
    return "b" if key == "a" else "a"


def answer_theory(platform: Platform, applicant: Person, attempt_id: UUID, right: int) -> Receipt:
    """Answer all items, the first `right` of them rightly."""
    events = []
    for number, (item_id, key) in enumerate(keys_of(platform, attempt_id).items()):
        events.append(answer(item_id, key if number < right else wrong_for(key), number))
    return record_events(platform, applicant.actor, attempt_id, events)


def in_one_go(work: Callable[[int], object], times: int) -> list[object]:
    """Run `work(0..times-1)` in that many threads at once; exceptions are given back as values."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    gate = Barrier(times)

    def run(number: int) -> object:
        gate.wait()
        try:
            return work(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
