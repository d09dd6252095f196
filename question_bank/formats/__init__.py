"""Items in and out of files people keep: CSV and Excel tables. Columns: `columns.py` and docs/bank-import.md."""

from question_bank.formats.report import RowReport, RowStatus, TableFormat, TableRefused
from question_bank.formats.table import MAX_BYTES, MAX_ROWS, read_table, write_table

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "RowReport",
    "RowStatus",
    "TableFormat",
    "TableRefused",
    "read_table",
    "write_table",
]
