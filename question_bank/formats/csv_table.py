"""Cells from and to CSV: UTF-8, with comma, semicolon (Indonesian Excel) or tab."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

from question_bank.formats.report import TableRefused
from question_bank.problem import Problem

DELIMITERS = ",;\t"
_OTHER_KINDS = {
    b"PK\x03\x04": "a zip archive or an Excel file",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
}


def read_csv(data: bytes) -> list[list[str]]:
    """All records, blank lines as empty lists, so that a record's place is its row number. Raises `TableRefused`."""
    text = _decode(data)
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"')
    if declared.lower().startswith("sep=") and len(declared) == 5:
        # Excel writes and obeys this line, and does not show it as a row.
        return _records(rest, declared[4])
    header = next((line for line in text.splitlines() if line.strip()), "")
    return _records(text, max(DELIMITERS, key=header.count))


def _records(text: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        # Strict: a quote left open would otherwise swallow the rest of the file into one cell.
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)
    except csv.Error as error:
        raise TableRefused(
            Problem.of("file", "broken_csv", row=len(records) + 1, detail=str(error)[:100])
        ) from error
    return records


def _decode(data: bytes) -> str:
    for start, kind in _OTHER_KINDS.items():
        if data.startswith(start):
            raise TableRefused(Problem.of("file", "wrong_kind", expected="CSV", found=kind))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TableRefused(Problem.of("file", "not_utf8", line=1, found="UTF-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableRefused(Problem.of("file", "not_utf8", line=line, found="?")) from error
    if "\0" in text:
        raise TableRefused(Problem.of("file", "wrong_kind", expected="CSV", found="binary data"))
    return text


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Comma-separated UTF-8 with a byte order mark, without which Excel garbles letters beyond ASCII."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
