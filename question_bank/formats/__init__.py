"""Items in and out of files: CSV and Excel tables, Moodle XML, GIFT, Aiken, QTI 2.1 and 3.0 packages.

Columns: `columns.py`. What each format holds: docs/bank-import.md.
"""

from question_bank.formats.bank_file import read_bank, recognise, write_bank
from question_bank.formats.drafts import NO_DEFAULTS, Defaults
from question_bank.formats.report import (
    BankFormat,
    Loss,
    MediaFile,
    Reading,
    RowReport,
    RowStatus,
    TableFormat,
    TableRefused,
    Writing,
)
from question_bank.formats.table import MAX_BYTES, MAX_ROWS, read_table, write_table

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "NO_DEFAULTS",
    "BankFormat",
    "Defaults",
    "Loss",
    "MediaFile",
    "Reading",
    "RowReport",
    "RowStatus",
    "TableFormat",
    "TableRefused",
    "Writing",
    "read_bank",
    "read_table",
    "recognise",
    "write_bank",
    "write_table",
]
