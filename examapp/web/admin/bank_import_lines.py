"""An import's report in the three groups that people ask for: what is lost, what is changed, what is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from examapp.services.bank.importing import Fate, Report, Row
from question_bank.problem import Problem

GROUPS = ("lost", "changed", "kept")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say: of a whole row, or of a part of it."""

    group: str
    row: Row
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> str:
        return self.row.place or str(self.row.number)


def lines_of(report: Report) -> dict[str, list[Line]]:
    """Every row at least once: whole rows that are lost before parts of rows that are taken in."""
    found: dict[str, list[Line]] = {group: [] for group in GROUPS}
    for line in [*_whole(report), *_taken(report)]:
        found[line.group].append(line)
    return found


def _whole(report: Report) -> Iterator[Line]:
    for row in report.errors:
        yield Line("lost", row, row.problems)


def _taken(report: Report) -> Iterator[Line]:
    for row in report.rows:
        if row.lost:
            yield Line("lost", row, row.lost)
        if row.fate in {Fate.ERROR, Fate.ASIDE}:
            continue
        yield Line("changed" if row.problems else "kept", row, row.problems)
