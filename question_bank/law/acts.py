"""The acts that the shipped bank rests on, with where their text is published: `content/law/*.toml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from question_bank.content_loader import read_toml, shipped_folder, toml_files
from question_bank.text import Text


@dataclass(frozen=True, slots=True)
class Act:
    """An act or regulation: `act` as citations write it, where its text stands, and since when it is in force.

    `valid_from` and `valid_until` are None where the platform does not know them: an administrator fills them in.
    """

    act: str
    title: Text
    reference: str
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""


@cache
def shipped_acts() -> tuple[Act, ...]:
    """All shipped acts, by name."""
    found = [
        Act(
            act=entry["act"],
            title=Text.of(entry["title"]),
            reference=entry.get("reference", ""),
            valid_from=entry.get("valid_from"),
            valid_until=entry.get("valid_until"),
            note=entry.get("note", ""),
        )
        for file in toml_files(shipped_folder("law"))
        for entry in read_toml(file)["act"]
    ]
    return tuple(sorted(found, key=lambda each: each.act))
