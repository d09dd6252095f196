"""Items in and out of a file of any format."""

from collections.abc import Callable, Iterable
from functools import partial

from question_bank.check import check_item
from question_bank.formats.aiken import read_aiken, write_aiken
from question_bank.formats.drafts import NO_DEFAULTS, Defaults, Draft, finish
from question_bank.formats.gift_read import read_gift
from question_bank.formats.gift_write import write_gift
from question_bank.formats.media import MediaReader, MediaSource, no_media
from question_bank.formats.moodle_read import read_moodle
from question_bank.formats.moodle_write import write_moodle
from question_bank.formats.qti_names import QTI21, QTI30
from question_bank.formats.qti_package import read_qti
from question_bank.formats.qti_write import write_qti
from question_bank.formats.report import BankFormat, Reading, TableRefused, Writing
from question_bank.formats.sniff import detect
from question_bank.formats.table import MAX_BYTES, MAX_ROWS, read_table, write_table
from question_bank.item import ItemVersion
from question_bank.problem import BadItem, Problem

_TABLES = frozenset({BankFormat.CSV, BankFormat.XLSX})


def read_bank(
    data: bytes, bank_format: BankFormat, defaults: Defaults = NO_DEFAULTS, taken: Iterable[str] = ()
) -> Reading:
    """A report on everything in `data`, in the order of the file.

    `defaults` are for questions that name no topic, class or difficulty; `taken` are numbers that a question without
    one may not get. Raises `TableRefused` when the file as a whole can't be read.
    """
    if bank_format in _TABLES:
        return Reading(tuple(read_table(data, bank_format.value)))
    if len(data) > MAX_BYTES:
        raise TableRefused(Problem.of("file", "too_large", limit=MAX_BYTES // 2**20))
    media = MediaReader()
    drafts = _DRAFTS[bank_format](data, media)
    if not drafts:
        raise TableRefused(Problem.of("file", "empty_table"))
    if len(drafts) > MAX_ROWS:
        raise TableRefused(Problem.of("file", "too_many_rows", limit=MAX_ROWS))
    return Reading(tuple(finish(drafts, defaults, taken)), media.files)


_DRAFTS: dict[BankFormat, Callable[[bytes, MediaReader], list[Draft]]] = {
    BankFormat.MOODLE_XML: read_moodle,
    BankFormat.GIFT: read_gift,
    BankFormat.AIKEN: read_aiken,
    BankFormat.QTI21: partial(read_qti, generation=QTI21),
    BankFormat.QTI30: partial(read_qti, generation=QTI30),
}


def recognise(data: bytes, wanted: str | None = None) -> BankFormat:
    """The format named, else the one that the content tells. Raises `TableRefused` where it can't be told."""
    found = BankFormat(wanted) if wanted else detect(data)
    if found is None:
        # A table whose header is wrong is better told so, column by column.
        raise TableRefused(
            Problem.of("file", "kind_unknown") if data.strip() else Problem.of("file", "empty_table")
        )
    return found


def write_bank(
    items: Iterable[ItemVersion], bank_format: BankFormat, source: MediaSource = no_media
) -> Writing:
    """`items` as a file that `read_bank` reads back to equal items, less the losses named. Raises `BadItem`."""
    sound = list(items)
    for item in sound:
        if problems := check_item(item):
            raise BadItem(problems)
    if bank_format in _TABLES:
        return Writing(write_table(sound, bank_format.value))
    if bank_format is BankFormat.GIFT:
        return write_gift(sound)
    if bank_format is BankFormat.AIKEN:
        return write_aiken(sound)
    if bank_format is BankFormat.MOODLE_XML:
        return write_moodle(sound, source)
    return write_qti(sound, QTI30 if bank_format is BankFormat.QTI30 else QTI21, source)
