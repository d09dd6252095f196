"""What differs between two versions of an item, field by field and word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from question_bank.canonical import to_dict
from question_bank.item import ItemVersion

# Beyond this many words the two texts are shown whole: comparing them word by word would take too long.
WORD_LIMIT = 600
_WORDS = re.compile(r"\s+|[^\s]+")


class Fate(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """`field` is a path such as `options.b.text.id`; `pieces` are the old and the new words, in reading order."""

    field: str
    pieces: tuple[Piece, ...]


def differences(old: ItemVersion, new: ItemVersion) -> tuple[FieldDifference, ...]:
    """Every field that differs, in the order of the item; empty when they ask the same thing."""
    before, after = dict(_flat(to_dict(old))), dict(_flat(to_dict(new)))
    fields = [*after, *(field for field in before if field not in after)]
    return tuple(
        FieldDifference(field, tuple(_pieces(before.get(field, ""), after.get(field, ""))))
        for field in fields
        if field != "version" and before.get(field, "") != after.get(field, "")
    )


def _flat(data: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        field = f"{prefix}{name}"
        if field == "options":
            for option in value:
                yield from _flat({k: v for k, v in option.items() if k != "id"}, f"options.{option['id']}.")
            yield "option_order", ", ".join(option["id"] for option in value)
        elif isinstance(value, dict):
            yield from _flat(value, f"{field}.")
        elif isinstance(value, list):
            yield field, ", ".join(map(str, value))
        else:
            yield field, "" if value is None else str(value)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    if len(left) + len(right) > WORD_LIMIT:
        yield from _replaced(old, new)
        return
    for same, a, b, c, d in _runs(left, right):
        if same:
            yield Piece("".join(left[a:b]), Fate.SAME)
        else:
            yield from _replaced("".join(left[a:b]), "".join(right[c:d]))


def _runs(left: list[str], right: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """Runs that are the same or not. A blank that two changes share is part of them: shreds are hard to read."""
    found: list[tuple[bool, int, int, int, int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = kind == "equal" and not ("".join(left[a:b]).isspace() and found)
        if found and not same and not found[-1][0]:
            found[-1] = (False, found[-1][1], b, found[-1][3], d)
        else:
            found.append((same, a, b, c, d))
    return found


def _replaced(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece(old, Fate.GONE)
    if new:
        yield Piece(new, Fate.NEW)
