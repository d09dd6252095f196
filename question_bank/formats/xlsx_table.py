"""Cells from and to Excel workbooks (.xlsx)."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from question_bank.formats.report import TableRefused
from question_bank.problem import Problem

SHEET = "items"
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 200
MAX_COLUMNS = 200
# Excel keeps formatted but empty rows; so many are read past before the file is refused.
MAX_SHEET_ROWS = 100_000


class NotText:
    """A cell that holds no text; `code` says what it holds instead."""

    def __init__(self, code: str) -> None:
        self.code = code


def read_xlsx(data: bytes) -> list[list[str | NotText]]:
    """All rows of the sheet `items`, or of the only sheet; empty rows as empty lists. Raises `TableRefused`."""
    _check_archive(data)
    try:
        return list(_rows(data))
    except TableRefused:
        raise
    except Exception as error:
        # openpyxl raises whatever its zip, XML and number parsers raise; for the reader it is one thing.
        raise TableRefused(Problem.of("file", "broken_xlsx", detail=type(error).__name__)) from error


def _check_archive(data: bytes) -> None:
    """Refuses an archive that is no workbook or unpacks too large, before anything is unpacked.

    The sizes are those the archive declares; zipfile never unpacks a part beyond its declared size.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise TableRefused(Problem.of("file", "wrong_kind", expected="XLSX", found="?")) from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise TableRefused(Problem.of("file", "wrong_kind", expected="XLSX", found="a zip archive"))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * len(data) or len(parts) > MAX_PARTS:
        raise TableRefused(Problem.of("file", "unpacks_too_large", limit=MAX_UNPACKED_BYTES // 2**20))


def _rows(data: bytes) -> Iterator[list[str | NotText]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = _sheet(book)
        # The size a file declares for its sheet may be wrong, and rows beyond it would be lost.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            if number > MAX_SHEET_ROWS:
                raise TableRefused(Problem.of("file", "too_many_rows", limit=MAX_SHEET_ROWS))
            cells = [_cell(cell.value, cell.data_type) for cell in row]
            while cells and cells[-1] == "":
                cells.pop()
            yield cells
    finally:
        book.close()


def _sheet(book: Any) -> Any:
    if SHEET in book.sheetnames:
        return book[SHEET]
    if len(book.sheetnames) != 1:
        raise TableRefused(Problem.of("file", "several_sheets", sheet=SHEET, count=len(book.sheetnames)))
    return book[book.sheetnames[0]]


def _cell(value: object, kind: str) -> str | NotText:
    if value is None:
        return ""
    if kind == "f":
        return NotText("formula_cell")
    if kind == "e":
        return NotText("error_cell")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time | timedelta):
        # Excel turned "1-2" into a day; what was typed is gone.
        return NotText("date_cell")
    return str(value)


def write_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook with one sheet, every cell text: nothing in it is ever a formula."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append([_text_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(sheet: Any, value: str) -> Any:
    if not value:
        return None
    cell = WriteOnlyCell(sheet, value=value)
    # openpyxl guesses a formula from "=" and an error from "#N/A"; here both are words.
    cell.data_type = "s"
    return cell
