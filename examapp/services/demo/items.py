"""Items of the demonstration's two administrators that are not in use yet: a draft, and one that waits for approval."""

from typing import Any

from examapp.persistence.records.bank import Item
from examapp.services.bank import editing, lifecycle
from examapp.services.bank.reading import read_dossier
from examapp.services.platform import Actor, Platform
from question_bank.lifecycle import ItemState

DRAFT, REVIEWED = "CTH-0001", "CTH-0002"
_FILLED: dict[str, Any] = {"type": "single_choice", "part": "knowledge", "classes": ["A", "C"]}
ITEMS: dict[str, dict[str, Any]] = {
    DRAFT: _FILLED
    | {
        "topic": "signs",
        "difficulty": "easy",
        "stem": {"id": "Contoh: apa arti rambu ini?", "en": "Example: what does this sign mean?"},
        "options": [
            {"id": "a", "text": {"id": "Ada simpang tiga di depan", "en": "There is a junction ahead"}},
            {"id": "b", "text": {"id": "Jalan di depan buntu", "en": "The road ahead is a dead end"}},
            {"id": "c", "text": {"id": "Jalan di depan licin", "en": "The road ahead is slippery"}},
        ],
        "key": ["a"],
        "explanation": {"id": "Lambangnya jalan yang bercabang.", "en": "Its symbol is a road that forks."},
        "article": "PM 13/2014 Pasal 8",
        "picture": "sign:warning/y-junction",
    },
    REVIEWED: _FILLED
    | {
        "topic": "signs",
        "difficulty": "medium",
        "stem": {
            "id": "Contoh: rambu ini berdiri sebelum simpang. Apa yang Anda lakukan?",
            "en": "Example: this sign stands before a junction. What do you do?",
        },
        "options": [
            {"id": "a", "text": {"id": "Mempercepat laju", "en": "Go faster"}},
            {
                "id": "b",
                "text": {
                    "id": "Mengurangi kecepatan dan memperhatikan kendaraan lain",
                    "en": "Slow down and look out for other vehicles",
                },
            },
            {"id": "c", "text": {"id": "Berhenti di tengah lajur", "en": "Stop in the middle of the lane"}},
        ],
        "key": ["b"],
        "explanation": {
            "id": "Rambu peringatan meminta Anda bersiap: pelan dan waspada.",
            "en": "A warning sign asks you to be ready: slow and watchful.",
        },
        "article": "PM 13/2014 Pasal 8",
        "picture": "sign:warning/y-junction",
    },
}


def missing_items(platform: Platform) -> list[str]:
    with platform.reading() as db:
        return [number for number in ITEMS if db.get(Item, number) is None]


def make_items(platform: Platform, author: Actor) -> int:
    """Write what is missing in `author`'s name; how many were written."""
    missing = missing_items(platform)
    for number in missing:
        editing.create_item(platform, author, {"id": number, **ITEMS[number]})
        if number == REVIEWED:
            revision = read_dossier(platform, author, number).revision
            lifecycle.move_item(
                platform, author, number, ItemState.IN_REVIEW, revision=revision, on_working=True
            )
    return len(missing)
