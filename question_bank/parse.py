"""From plain data (TOML, JSON, a table row) to an item, with every fault named."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from question_bank.check import check_item
from question_bank.item import (
    Competency,
    Difficulty,
    ItemType,
    ItemVersion,
    Option,
    Part,
    Region,
    RegionShape,
    Topic,
)
from question_bank.licence import LicenceClass
from question_bank.problem import BadItem, Problem
from question_bank.text import Text, normalise

_E = TypeVar("_E", bound=StrEnum)
REQUIRED = ("id", "type", "part", "topic", "classes", "difficulty", "stem", "options", "key")
OPTIONAL = (
    "explanation",
    "article",
    "picture",
    "picture_alt",
    "enemies",
    "source",
    "author",
    "version",
    "weight",
    "order",
    "clip",
    "audio",
    "competency",
)
_FIELDS = frozenset(REQUIRED + OPTIONAL)
_OPTION_FIELDS = frozenset({"id", "text", "picture", "audio", "region"})


def parse_item(data: Mapping[str, Any]) -> ItemVersion:
    """The item that `data` describes, in the shape of `canonical.to_dict`, already checked.

    The `OPTIONAL` fields may be absent; `key` may be one id instead of a list. Raises `BadItem` with all the
    problems found.
    """
    item, problems = read_item(data)
    if item is None or problems:
        raise BadItem(problems)
    return item


def read_item(data: Mapping[str, Any]) -> tuple[ItemVersion | None, tuple[Problem, ...]]:
    """Like `parse_item`, but gives the problems back; the item is None when its shape alone is wrong."""
    reader = _Reader()
    reader.refuse_unknown("", data, _FIELDS)
    parts: dict[str, Any] = {
        "item_id": reader.line(data, "id", required=True),
        "version": reader.number(data, "version"),
        "type": reader.choice(data, "type", ItemType),
        "part": reader.choice(data, "part", Part),
        "topic": reader.choice(data, "topic", Topic),
        "classes": reader.classes(data),
        "difficulty": reader.choice(data, "difficulty", Difficulty),
        "stem": reader.text("stem", data.get("stem")),
        "options": reader.options(data),
        "key": frozenset(reader.ids(data, "key")),
        "explanation": reader.text("explanation", data.get("explanation")),
        "article": reader.line(data, "article"),
        "picture": reader.line(data, "picture") or None,
        "picture_alt": reader.text("picture_alt", data.get("picture_alt")) or None,
        "enemies": frozenset(reader.ids(data, "enemies")),
        "source": reader.line(data, "source"),
        "author": reader.line(data, "author"),
        "weight": reader.number(data, "weight"),
        "order": reader.ids(data, "order"),
        "clip": reader.line(data, "clip") or None,
        "audio": reader.text("audio", data.get("audio")),
        "competency": reader.choice(data, "competency", Competency) if data.get("competency") else None,
    }
    if reader.problems:
        return None, tuple(reader.problems)
    item = ItemVersion(**parts)
    return item, check_item(item)


class _Reader:
    """Reads one field at a time and collects what is wrong, so that an author sees all faults at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def note(self, field: str, code: str, **params: str | int) -> None:
        self.problems.append(Problem.of(field, code, **params))

    def refuse_unknown(self, prefix: str, data: Mapping[str, Any], known: Iterable[str]) -> None:
        for name in sorted(set(map(str, data)) - set(known)):
            self.note(f"{prefix}{name[:40]}", "unknown_field")

    def line(self, data: Mapping[str, Any], field: str, *, required: bool = False) -> str:
        raw = data.get(field)
        if raw is None or raw == "":
            if required:
                self.note(field, "missing")
            return ""
        if not isinstance(raw, str):
            self.note(field, "not_text")
            return ""
        return normalise(raw)

    def number(self, data: Mapping[str, Any], field: str, default: int = 1) -> int:
        raw = data.get(field, default)
        if isinstance(raw, int) and not isinstance(raw, bool):
            return raw
        self.note(field, "not_a_number", value=str(raw)[:40])
        return default

    def choice(self, data: Mapping[str, Any], field: str, kind: type[_E]) -> _E | None:
        raw = data.get(field)
        if raw is None or raw == "":
            self.note(field, "missing")
            return None
        try:
            return kind(raw)
        except ValueError:
            self.note(field, "not_allowed", value=str(raw)[:40], allowed=", ".join(kind))
            return None

    def classes(self, data: Mapping[str, Any]) -> frozenset[LicenceClass]:
        names = self.ids(data, "classes")
        chosen = [self.choice({"classes": name}, "classes", LicenceClass) for name in names]
        return frozenset(licence for licence in chosen if licence is not None)

    def ids(self, data: Mapping[str, Any], field: str) -> tuple[str, ...]:
        raw = data.get(field)
        if raw is None or raw == "":
            return ()
        names = [raw] if isinstance(raw, str) else raw
        if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
            self.note(field, "not_a_list")
            return ()
        return tuple(normalise(name) for name in names)

    def text(self, field: str, raw: object) -> Text:
        if raw is None:
            return Text()
        if not isinstance(raw, Mapping) or not all(
            isinstance(code, str) and isinstance(words, str) for code, words in raw.items()
        ):
            self.note(field, "not_a_text_by_language")
            return Text()
        return Text.of({str(code): str(words) for code, words in raw.items()})

    def options(self, data: Mapping[str, Any]) -> tuple[Option, ...]:
        raw = data.get("options")
        if raw is None:
            return ()
        if not isinstance(raw, list | tuple) or not all(isinstance(option, Mapping) for option in raw):
            self.note("options", "not_a_list")
            return ()
        return tuple(self._option(option) for option in raw)

    def _option(self, data: Mapping[str, Any]) -> Option:
        option_id = self.line(data, "id", required=True)
        self.refuse_unknown(f"options.{option_id}.", data, _OPTION_FIELDS)
        words = self.text(f"options.{option_id}.text", data.get("text"))
        audio = self.text(f"options.{option_id}.audio", data.get("audio"))
        region = self._region(f"options.{option_id}.region", data.get("region"))
        return Option(option_id, words, self.line(data, "picture") or None, audio, region)

    def _region(self, field: str, raw: object) -> Region | None:
        if raw is None:
            return None
        if not isinstance(raw, Mapping) or set(raw) != {"shape", "coords"}:
            self.note(field, "bad_region")
            return None
        coords = raw["coords"]
        whole = isinstance(coords, list | tuple) and all(type(each) is int for each in coords)
        if raw["shape"] not in set(RegionShape) or not whole:
            self.note(field, "bad_region")
            return None
        return Region(RegionShape(raw["shape"]), tuple(coords))
