"""The bank that ships with the platform: `content/items/*.toml` and `content/blueprints/*.toml`."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from question_bank.item import ItemVersion
from question_bank.parse import parse_item
from question_bank.problem import BadItem, Problem

SHIPPED_SOURCE = "SIM Daring"


class BadContent(ValueError):
    """A shipped file can't be used; the message names the file and the item, `problems` the faults."""

    def __init__(self, file: str, item: str, problems: tuple[Problem, ...], detail: str = "") -> None:
        self.file, self.item, self.problems = file, item, problems
        faults = "; ".join(f"{fault.field}: {fault.code} {dict(fault.params) or ''}" for fault in problems)
        super().__init__(f"{file}: {item}: {faults or detail}")


def shipped_folder(name: str) -> Traversable:
    return resources.files("question_bank") / "content" / name


def load_items(folder: Traversable | None = None) -> tuple[ItemVersion, ...]:
    """All shipped items, sorted by id. Raises `BadContent` at the first file or item that can't be used."""
    return _shipped_items() if folder is None else _read_items(folder)


@cache
def _shipped_items() -> tuple[ItemVersion, ...]:
    return _read_items(shipped_folder("items"))


def _read_items(folder: Traversable) -> tuple[ItemVersion, ...]:
    found: dict[str, tuple[str, ItemVersion]] = {}
    for file, table in _tables(folder):
        item = _item(file, table)
        if item.item_id in found:
            raise BadContent(
                file,
                item.item_id,
                (Problem.of("id", "duplicate_id", other=found[item.item_id][0]),),
            )
        found[item.item_id] = (file, item)
    for file, item in found.values():
        for enemy in sorted(item.enemies - found.keys()):
            raise BadContent(file, item.item_id, (Problem.of("enemies", "unknown_item", value=enemy),))
    return tuple(found[item_id][1] for item_id in sorted(found))


def read_toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadContent(file.name, "-", (), str(error)) from error


def toml_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted(files, key=lambda file: file.name)


def _tables(folder: Traversable) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in toml_files(folder):
        document = read_toml(file)
        tables = document.pop("item", [])
        if document or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise BadContent(file.name, "-", (), f"expected only [[item]] tables, found {sorted(document)}")
        for table in tables:
            yield file.name, table


def _item(file: str, table: dict[str, Any]) -> ItemVersion:
    try:
        return parse_item({"source": SHIPPED_SOURCE, **table})
    except BadItem as error:
        raise BadContent(file, str(table.get("id", "?")), error.problems) from error
