"""Reading a table of items with a report on every row, and writing one."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from question_bank.check import check_item
from question_bank.formats.cells import guard, unguard
from question_bank.formats.columns import COLUMNS, REQUIRED_COLUMNS, to_row
from question_bank.formats.csv_table import read_csv, write_csv
from question_bank.formats.drafts import Draft, finish
from question_bank.formats.report import RowReport, TableFormat, TableRefused
from question_bank.formats.xlsx_table import NotText, read_xlsx, write_xlsx
from question_bank.item import ItemVersion
from question_bank.problem import BadItem, Problem

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 60_000

_Cells = Sequence[str | NotText]


def read_table(data: bytes, table_format: TableFormat | str) -> list[RowReport]:
    """A report on every row of `data` that is not blank, in the order of the file.

    Raises `TableRefused` when the file as a whole can't be read: over 64 MB or 60,000 rows, another kind of file,
    not UTF-8, unknown or missing columns. Whether to take the good rows when some are bad is the caller's choice.
    """
    if len(data) > MAX_BYTES:
        raise TableRefused(Problem.of("file", "too_large", limit=MAX_BYTES // 2**20))
    kind = TableFormat(table_format)
    rows: Sequence[_Cells] = read_csv(data) if kind is TableFormat.CSV else read_xlsx(data)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(map(_is_filled, row))]
    if not numbered:
        raise TableRefused(Problem.of("file", "empty_table"))
    if len(numbered) - 1 > MAX_ROWS:
        raise TableRefused(Problem.of("file", "too_many_rows", limit=MAX_ROWS))
    header = _header(numbered[0][1])
    return finish([_draft(number, header, row) for number, row in numbered[1:]])


def write_table(items: Iterable[ItemVersion], table_format: TableFormat | str) -> bytes:
    """`items` as a table that `read_table` reads back to equal items. Raises `BadItem` on an unsound item."""
    rows: list[list[str]] = [list(COLUMNS)]
    for item in items:
        problems = check_item(item)
        if problems:
            raise BadItem(problems)
        row = to_row(item)
        rows.append([guard(row[name]) for name in COLUMNS])
    return write_csv(rows) if TableFormat(table_format) is TableFormat.CSV else write_xlsx(rows)


def _is_filled(cell: str | NotText) -> bool:
    return isinstance(cell, NotText) or bool(cell.strip())


def _header(row: _Cells) -> list[str]:
    names = ["" if isinstance(cell, NotText) else cell.strip().lower() for cell in row]
    while names and not names[-1]:
        names.pop()
    problems = [
        Problem.of("file", "missing_column", column=name) for name in REQUIRED_COLUMNS if name not in names
    ]
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            problems.append(Problem.of("file", "unknown_column", column=name[:40]))
        elif names.count(name) > 1:
            problems.append(Problem.of("file", "column_twice", column=name))
    if problems:
        raise TableRefused(*problems)
    return names


def _draft(number: int, header: Sequence[str], cells: _Cells) -> Draft:
    row, problems = _row(header, cells)
    return Draft(number, row=row, cell_faults=problems)


def _row(header: Sequence[str], cells: _Cells) -> tuple[dict[str, str], list[Problem]]:
    row: dict[str, str] = {}
    problems: list[Problem] = []
    for place, (name, cell) in enumerate(zip_longest(header, cells, fillvalue="")):
        if place >= len(header):
            if _is_filled(cell):
                problems.append(Problem.of("file", "too_many_cells", columns=len(header), count=len(cells)))
                break
        elif isinstance(cell, NotText):
            problems.append(Problem.of(str(name), cell.code))
            row[str(name)] = ""
        else:
            row[str(name)] = unguard(cell)
    return row, problems
