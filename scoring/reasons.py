"""Reasons: a code with its parameters and its article, and the words for people who read no code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["id", "en"]
Param = str | int | float | date

MONTHS: Mapping[str, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so. `code` names an entry of reasons.toml; `article` is empty where no law speaks."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    article: str = ""


@cache
def reason_texts() -> Mapping[str, Mapping[str, str]]:
    """code → language ("id", "en") → sentence with {placeholders}, for catalogues and reports."""
    texts: dict[str, Mapping[str, str]] = {}
    for path in ("reasons.toml", "psychology/explanations.toml"):
        texts.update(tomllib.loads(resources.files("scoring").joinpath(path).read_text(encoding="utf-8")))
    return texts


def describe(reason: Reason | str, language: Language = "id") -> str:
    """One sentence for a person, in `language`. Raises `KeyError` for a code without an entry."""
    known = reason if isinstance(reason, Reason) else Reason(reason)
    sentence = reason_texts()[known.code][language]
    return sentence.format(**{name: _shown(value, language) for name, value in known.params.items()})


def _shown(value: Param, language: Language) -> str:
    if isinstance(value, date):
        return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"
    if isinstance(value, float) and language == "id":
        return str(value).replace(".", ",")
    return str(value)
