"""The columns of an item table, and an item as a row of them.

`id` RAM-0148 · `version` whole number, empty = 1 · `type` single_choice, true_false,
multiple_response, ordering, hotspot · `part` · `topic` · `classes`
as in "A, C" · `difficulty` easy, medium, hard · `stem_id`, `stem_en` the question in Indonesian and English ·
`option_a_id`, `option_a_en`, `option_a_picture` … `option_f_picture` · `key` the right option, as in "b" ·
`explanation_id`, `explanation_en` · `article` · `picture` sign:…, scene:… or media:… · `picture_alt_id`,
`picture_alt_en` · `enemies` ids that must not share a form, as in "RAM-0001, RAM-0002" · `source` · `author` ·
`weight` 1-5, empty = 1 · `option_ids` only when the options are not called a-f: their ids in column order ·
`order` of an ordering item, as in "b, c, a"; its `key` stays empty · `clip` media:… or scene:…, shown before the
question · `audio_id`, `audio_en`, `option_a_audio_id` … recordings, media:… · `option_a_region` … of a hotspot item, in
thousandths of the picture, as in "rect 100 200 400 600" · `competency` recall, recognise, apply, anticipate, attitude.

Lists may be separated by comma, semicolon or `|`. The order of the columns is free; a column that is not listed
here is refused, so that nothing is lost in silence.
"""

import re
from collections.abc import Mapping
from typing import Any

from question_bank.canonical import to_dict
from question_bank.item import ItemVersion
from question_bank.problem import Problem

LETTERS = "abcdef"
_OPTION_COLUMNS = tuple(f"option_{letter}_{kind}" for letter in LETTERS for kind in ("id", "en", "picture"))
_LATER_KINDS = ("audio_id", "audio_en", "region")
_LATER_COLUMNS = tuple(f"option_{letter}_{kind}" for letter in LETTERS for kind in _LATER_KINDS)
_KINDS = ("id", "en", "picture", *_LATER_KINDS)
COLUMNS = (
    *("id", "version", "type", "part", "topic", "classes", "difficulty", "stem_id", "stem_en"),
    *_OPTION_COLUMNS,
    *("key", "explanation_id", "explanation_en", "article", "picture", "picture_alt_id", "picture_alt_en"),
    *("enemies", "source", "author", "weight", "option_ids"),
    # Behind the older ones, so that a table made for them looks as it did.
    *("order", "clip", "audio_id", "audio_en", "competency"),
    *_LATER_COLUMNS,
)
REQUIRED_COLUMNS = (
    *("id", "type", "part", "topic", "classes", "difficulty", "stem_id"),
    *("option_a_id", "option_b_id", "key"),
)
_TEXTS = ("stem", "explanation", "picture_alt", "audio")
_LISTS = ("classes", "key", "enemies", "order")
_LINES = (
    "id",
    "type",
    "part",
    "topic",
    "difficulty",
    "article",
    "picture",
    "source",
    "author",
    "clip",
    "competency",
)
_NUMBERS = ("version", "weight")
_SEPARATOR = re.compile(r"[,;|\n]")
_OPTION_PATH = re.compile(
    r"options\.(?P<option>[^.]+)(?:\.text)?\.(?P<kind>id|en|picture|region|audio\.(?:id|en))"
)


def to_row(item: ItemVersion) -> dict[str, str]:
    """The cells of `item` by column, empty where it has nothing. The item must have passed `check_item`."""
    data = to_dict(item)
    row = dict.fromkeys(COLUMNS, "")
    for name in _LINES:
        row[name] = data.get(name) or ""
    for name in _NUMBERS:
        row[name] = str(data[name])
    for name in _LISTS:
        row[name] = ", ".join(data.get(name, ()))
    for name in _TEXTS:
        words = data.get(name) or {}
        row[f"{name}_id"], row[f"{name}_en"] = words.get("id", ""), words.get("en", "")
    ids = item.option_ids
    named_by_column = list(ids) == sorted(ids) and set(ids) <= set(LETTERS)
    if not named_by_column:
        row["option_ids"] = ", ".join(ids)
    for letter, option in zip(ids if named_by_column else LETTERS, data["options"], strict=False):
        row[f"option_{letter}_id"] = option["text"].get("id", "")
        row[f"option_{letter}_en"] = option["text"].get("en", "")
        row[f"option_{letter}_picture"] = option["picture"] or ""
        for language, reference in option.get("audio", {}).items():
            row[f"option_{letter}_audio_{language}"] = reference
        if region := option.get("region"):
            row[f"option_{letter}_region"] = " ".join([region["shape"], *map(str, region["coords"])])
    return row


def from_row(row: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The cells of `row` as data for `parse.read_item`, and what is wrong with the cells themselves."""
    problems: list[Problem] = []
    data: dict[str, Any] = {name: row.get(name, "") for name in _LINES}
    for name in _NUMBERS:
        cell = row.get(name, "").strip()
        if cell:
            data[name] = _number(name, cell, problems)
    for name in _LISTS:
        data[name] = split_list(row.get(name, ""))
    for name in _TEXTS:
        data[name] = _text(row, name)
    data["options"] = _options(row, problems)
    return data, problems


def column_of(field: str, row: Mapping[str, str]) -> str:
    """The column behind the `field` of a problem found in the data of `row`."""
    option = _OPTION_PATH.fullmatch(field)
    if option is None:
        return field.replace(".", "_")
    letters = dict(zip(split_list(row.get("option_ids", "")), LETTERS, strict=False))
    return f"option_{letters.get(option['option'], option['option'])}_{option['kind'].replace('.', '_')}"


def split_list(cell: str) -> list[str]:
    return [part.strip() for part in _SEPARATOR.split(cell) if part.strip()]


def _text(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {language: row.get(f"{name}_{language}", "") for language in ("id", "en")}


def _number(name: str, cell: str, problems: list[Problem]) -> int:
    if re.fullmatch(r"-?\d{1,9}", cell, re.ASCII):
        return int(cell)
    problems.append(Problem.of(name, "not_a_number", value=cell[:40]))
    return 1


def _options(row: Mapping[str, str], problems: list[Problem]) -> list[dict[str, Any]]:
    filled = [
        letter for letter in LETTERS if any(row.get(f"option_{letter}_{kind}", "").strip() for kind in _KINDS)
    ]
    ids = split_list(row.get("option_ids", "")) or filled
    if len(ids) != len(filled):
        problems.append(Problem.of("option_ids", "option_ids_differ", ids=len(ids), count=len(filled)))
        ids = filled
    return [
        {
            "id": option_id,
            "text": _text(row, f"option_{letter}"),
            "picture": row.get(f"option_{letter}_picture", ""),
            "audio": _text(row, f"option_{letter}_audio"),
            "region": _region(row.get(f"option_{letter}_region", "")),
        }
        for option_id, letter in zip(ids, filled, strict=True)
    ]


def _region(cell: str) -> dict[str, Any] | None:
    """A region as `parse.read_item` wants it; what can't be read stays as it stands and is refused there by name."""
    shape, *coords = cell.split() or [""]
    if not shape:
        return None
    whole = all(re.fullmatch(r"\d{1,4}", each, re.ASCII) for each in coords)
    return {"shape": shape, "coords": [int(each) for each in coords] if whole else coords}
