"""From what a reader found of a question to an item with its report: one rule for every format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from question_bank.check import ITEM_ID
from question_bank.formats.columns import LETTERS, column_of, from_row, to_row
from question_bank.formats.report import RowReport, RowStatus
from question_bank.item import PART_OF_TOPIC, Difficulty, ItemVersion, Topic
from question_bank.licence import LicenceClass
from question_bank.parse import read_item
from question_bank.problem import Problem
from question_bank.text import normalise


@dataclass(slots=True)
class Draft:
    """A question as a reader found it: its cells by column, and what is to be said about it.

    `aside`: no question at all, but something of the file that has no place in the bank.
    """

    number: int
    place: str = ""
    row: dict[str, str] = field(default_factory=dict)
    changed: list[Problem] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)
    # What makes an item of it impossible, and what is wrong with single cells beside what the item's own rules find.
    faults: list[Problem] = field(default_factory=list)
    cell_faults: list[Problem] = field(default_factory=list)
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a person chose for questions of other systems, which know no topic or class. `prefix`: three capitals."""

    prefix: str = "IMP"
    topic: Topic | None = None
    classes: frozenset[LicenceClass] = frozenset()
    difficulty: Difficulty | None = None


NO_DEFAULTS = Defaults()
MAX_NUMBER = 9999


def positional_row(item: ItemVersion) -> dict[str, str]:
    """The cells of `item` with its options in the columns a, b, c … by place; only what is filled."""
    row = to_row(item)
    row.pop("part")
    letters = [letter for letter in LETTERS if row[f"option_{letter}_id"]]
    cells = {name: cell for name, cell in row.items() if cell and not name.startswith("option_")}
    for place, letter in enumerate(letters):
        for name in [name for name in row if name.startswith(f"option_{letter}_") and row[name]]:
            cells[f"option_{LETTERS[place]}_{name.removeprefix(f'option_{letter}_')}"] = row[name]
    if item.option_ids != tuple(LETTERS[: len(item.options)]):
        cells["option_ids"] = ", ".join(item.option_ids)
    return cells


def finish(
    drafts: Sequence[Draft], defaults: Defaults = NO_DEFAULTS, taken: Iterable[str] = ()
) -> list[RowReport]:
    """A report on every draft. Questions without a number get free ones; `taken` are those of the bank."""
    numbers = _Numbers(defaults.prefix, {*taken, *(draft.row.get("id", "").strip() for draft in drafts)})
    return mark_duplicates([_finish(draft, defaults, numbers) for draft in drafts])


class _Numbers:
    """Free item numbers with one prefix, lowest first."""

    def __init__(self, prefix: str, taken: set[str]) -> None:
        self._prefix, self._taken, self._last = prefix, taken, 0

    def next(self) -> str | None:
        while self._last < MAX_NUMBER:
            self._last += 1
            number = f"{self._prefix}-{self._last:04d}"
            if number not in self._taken:
                return number
        return None


def _finish(draft: Draft, defaults: Defaults, numbers: _Numbers) -> RowReport:
    if draft.aside:
        return RowReport(
            draft.number, "", RowStatus.ASIDE, None, tuple(draft.changed), tuple(draft.lost), draft.place
        )
    row = draft.row
    if draft.place and not draft.faults:
        # A table has all of it in its columns.
        _fill(draft, defaults, numbers)
    item, faults = (None, draft.faults) if draft.faults else _read(draft)
    identity = row.get("id", "").strip()[:40]
    if faults or item is None:
        return RowReport(
            draft.number, identity, RowStatus.ERROR, None, tuple(faults), tuple(draft.lost), draft.place
        )
    draft.changed += [Problem.of(name, "normalised") for name, cell in row.items() if _altered(cell)]
    status = RowStatus.CHANGED if draft.changed or draft.lost else RowStatus.OK
    return RowReport(
        draft.number, identity, status, item, tuple(draft.changed), tuple(draft.lost), draft.place
    )


def _read(draft: Draft) -> tuple[ItemVersion | None, list[Problem]]:
    data, problems = from_row(draft.row)
    item, found = read_item(data)
    by_column = [Problem(column_of(each.field, draft.row), each.code, each.params) for each in found]
    return item, [*draft.cell_faults, *problems, *by_column]


def _fill(draft: Draft, defaults: Defaults, numbers: _Numbers) -> None:
    """What the file does not say and a person chose for it, each reported; the part follows from the topic."""
    row = draft.row
    chosen = {
        "topic": defaults.topic or "",
        "classes": ", ".join(sorted(defaults.classes)),
        "difficulty": defaults.difficulty or "",
    }
    for name, value in chosen.items():
        if not row.get(name) and value:
            row[name] = value
            draft.changed.append(Problem.of(name, "default_set", value=value))
    if not row.get("part") and row.get("topic") in set(Topic):
        row["part"] = PART_OF_TOPIC[Topic(row["topic"])]
    if not ITEM_ID.fullmatch(row.get("id", "")):
        number = numbers.next()
        if number is None:
            draft.faults.append(Problem.of("id", "no_number_left", prefix=defaults.prefix))
            return
        draft.changed.append(Problem.of("id", "numbered", value=number, old=row.get("id", "")[:40] or "–"))
        row["id"] = number


def _altered(cell: str) -> bool:
    """Whether taking `cell` in changed more than line ends and the blanks around it."""
    return normalise(cell) != cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_duplicates(reports: list[RowReport]) -> list[RowReport]:
    """Both rows of a pair with one id are errors: which of them is meant, only the author knows."""
    rows_by_id: Mapping[str, list[int]] = _group(reports)
    return [
        _as_duplicate(report, rows_by_id[report.identity])
        if len(rows_by_id.get(report.identity, ())) > 1
        else report
        for report in reports
    ]


def _group(reports: Iterable[RowReport]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for report in reports:
        if report.identity:
            rows.setdefault(report.identity, []).append(report.row_number)
    return rows


def _as_duplicate(report: RowReport, rows: list[int]) -> RowReport:
    others = ", ".join(str(row) for row in rows if row != report.row_number)
    twin = Problem.of("id", "duplicate_id", other=others[:100])
    faults = report.problems if report.status is RowStatus.ERROR else ()
    return replace(report, status=RowStatus.ERROR, item=None, problems=(*faults, twin))
