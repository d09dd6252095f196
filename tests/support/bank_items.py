"""Items and tables for tests of the bank."""

import csv
import io
from typing import Any

from examapp.services.bank import editing, lifecycle
from examapp.services.bank.reading import read_dossier
from examapp.services.platform import Platform
from question_bank.formats.columns import COLUMNS
from question_bank.lifecycle import ItemState
from tests.support.people import Person


def content(item_id: str = "UJI-0001", **changes: Any) -> dict[str, Any]:
    """A sound item in its plain form."""
    return {
        "id": item_id,
        "type": "single_choice",
        "part": "knowledge",
        "topic": "signs",
        "classes": ["A", "C"],
        "difficulty": "easy",
        "stem": {"id": "Apa arti rambu ini?", "en": "What does this sign mean?"},
        "options": [
            {"id": "a", "text": {"id": "Simpang tiga", "en": "A junction"}},
            {"id": "b", "text": {"id": "Jalan buntu", "en": "A dead end"}},
            {"id": "c", "text": {"id": "Jalan licin", "en": "A slippery road"}},
        ],
        "key": ["a"],
        "explanation": {"id": "Lambang bercabang.", "en": "The symbol forks."},
        "article": "PM 13/2014 Pasal 8",
        "picture": "sign:warning/y-junction",
    } | changes


def row(number: int, **changes: str) -> dict[str, str]:
    """A sound row of a table."""
    return {
        "id": f"UJI-{number:04d}",
        "type": "single_choice",
        "part": "knowledge",
        "topic": "signs",
        "classes": "A, C",
        "difficulty": "easy",
        "stem_id": f"Pertanyaan nomor {number}?",
        "option_a_id": "Benar sekali",
        "option_b_id": "Kurang tepat",
        "key": "a",
    } | changes


def table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def revision(platform: Platform, person: Person, item_id: str) -> int:
    return read_dossier(platform, person.actor, item_id).revision


def step(
    platform: Platform,
    person: Person,
    item_id: str,
    to: ItemState,
    *,
    working: bool = True,
    reason: str = "ok",
) -> ItemState:
    """A step by somebody who has just looked at the item."""
    return lifecycle.move_item(
        platform,
        person.actor,
        item_id,
        to,
        revision=revision(platform, person, item_id),
        reason=reason,
        on_working=working,
    )


def approved(platform: Platform, author: Person, second: Person, **changes: Any) -> str:
    """The number of an item that one wrote and another approved."""
    made = editing.create_item(platform, author.actor, content(**changes))
    step(platform, author, made.item_id, ItemState.IN_REVIEW)
    step(platform, second, made.item_id, ItemState.ACTIVE)
    return made.item_id


def edit(platform: Platform, person: Person, item_id: str, **changes: Any) -> int:
    """A new version by somebody who has just looked at the item; returns its number."""
    known = revision(platform, person, item_id)
    return editing.edit_item(platform, person.actor, item_id, known, content(item_id, **changes)).version
