"""Reads the dated rules that ship beside this file and answers which are in force on a day."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from scoring.policy.values import (
    AgeRule,
    ApplicationKind,
    GuardianRule,
    HoldingRule,
    PartRule,
    PsychologyRule,
    RetakeRule,
    RetentionRule,
    Rules,
    TheoryRule,
    TheoryStandingRule,
)

Row = Mapping[str, Any]
FILES = ("eligibility", "theory", "retake", "psychology", "retention")


class NoRuleInForce(LookupError):
    """No rule of `section` covers `on_date`; an administrator must add one before anybody is examined."""

    def __init__(self, section: str, on_date: date) -> None:
        super().__init__(
            f"No {section} rule is in force on {on_date.isoformat()}. Add one to scoring/policy."
        )
        self.section = section
        self.on_date = on_date


class OverlappingRules(ValueError):
    """Two rules of one section cover the same day, so the law would be ambiguous."""


@cache
def shipped_tables() -> Mapping[str, tuple[Row, ...]]:
    """All rows of the shipped TOML files, by section name."""
    tables: dict[str, tuple[Row, ...]] = {}
    for name in FILES:
        text = resources.files("scoring.policy").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        tables.update({section: tuple(rows) for section, rows in tomllib.loads(text).items()})
    return MappingProxyType(tables)


def row_in_force(rows: tuple[Row, ...], section: str, on_date: date) -> Row:
    """The one row that covers `on_date`; raises `NoRuleInForce` or `OverlappingRules`."""
    found = [row for row in rows if _covers(row, on_date)]
    if not found:
        raise NoRuleInForce(section, on_date)
    if len(found) > 1:
        codes = ", ".join(row["code"] for row in found)
        raise OverlappingRules(f"{section}: {codes} all cover {on_date.isoformat()}. Close all but one.")
    return found[0]


def _covers(row: Row, on_date: date) -> bool:
    until: date | None = row.get("valid_until")
    start: date = row["valid_from"]
    return start <= on_date and (until is None or on_date <= until)


def _common(row: Row) -> dict[str, Any]:
    return {
        "code": row["code"],
        "valid_from": row["valid_from"],
        "valid_until": row.get("valid_until"),
        "article": row["article"],
        "note": row.get("note", ""),
        "provisional": row.get("provisional", False),
    }


def _rest(row: Row) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in _common(row)}


def _holding(row: Row) -> HoldingRule:
    return HoldingRule(
        **_common(row),
        months=row["months"],
        applies_to=frozenset(ApplicationKind(kind) for kind in row["applies_to"]),
        any_of={target: tuple(classes) for target, classes in row["any_of"].items()},
    )


def _parts(row: Row) -> PartRule:
    return PartRule(**_common(row), parts={kind: tuple(row[kind.value]) for kind in ApplicationKind})


def rules_on(on_date: date, tables: Mapping[str, tuple[Row, ...]] | None = None) -> Rules:
    """The rules in force on `on_date`, from the shipped files or from `tables` (same sections and keys).

    Raises `NoRuleInForce` when a section has no rule for that day, `OverlappingRules` when it has several.
    """
    source = shipped_tables() if tables is None else tables

    def row(section: str) -> Row:
        return row_in_force(source.get(section, ()), section, on_date)

    return Rules(
        on_date=on_date,
        age=AgeRule(**_common(row("age")), **_rest(row("age"))),
        holding=_holding(row("holding")),
        parts=_parts(row("part")),
        guardian=GuardianRule(**_common(row("guardian")), **_rest(row("guardian"))),
        theory=TheoryRule(**_common(row("theory")), **_rest(row("theory"))),
        theory_standing=TheoryStandingRule(
            **_common(row("theory_standing")), **_rest(row("theory_standing"))
        ),
        retake=RetakeRule(**_common(row("retake")), **_rest(row("retake"))),
        psychology=PsychologyRule(**_common(row("psychology")), **_rest(row("psychology"))),
        retention=RetentionRule(**_common(row("retention")), **_rest(row("retention"))),
        holidays=frozenset(day for year in source.get("holidays", ()) for day in year["dates"]),
        holiday_years=frozenset(year["year"] for year in source.get("holidays", ())),
    )
