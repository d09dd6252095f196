"""Importing tables of items: a report on every row first, then all of them or the good ones, in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.persistence.queries.bank_search import Filter, matching_ids
from examapp.persistence.repositories import bank
from examapp.services.bank.checks import References
from examapp.services.bank.difference import differences
from examapp.services.bank.writing import add_item, add_version, lock_item
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.canonical import same_content
from question_bank.formats import RowReport, RowStatus, TableFormat, TableRefused, read_table, write_table
from question_bank.formats.columns import column_of, to_row
from question_bank.item import ItemVersion
from question_bank.lifecycle import ItemState
from question_bank.problem import Problem


class Fate(StrEnum):
    """What becomes of a row: a new item, a new version of a known one, nothing to do, or not taken in."""

    NEW = "new"
    VERSION = "version"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. `problems` are what is wrong (for an error) or what was put in standard form."""

    number: int
    identity: str
    fate: Fate
    item: ItemVersion | None
    problems: tuple[Problem, ...] = ()
    # For a new version: the fields that differ from the stored one, as in `options.b.text.id`.
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Every row of the file, and whether anything was written."""

    rows: tuple[Row, ...]
    committed: bool = False

    def of(self, *fates: Fate) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.fate in fates)

    @property
    def errors(self) -> tuple[Row, ...]:
        return self.of(Fate.ERROR)

    @property
    def to_write(self) -> tuple[Row, ...]:
        return self.of(Fate.NEW, Fate.VERSION)


class FileRefused(Invalid):
    """The file as a whole can't be read; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("import_refused", field="file")
        self.problems = problems


def format_of(name: str, wanted: str | None = None) -> TableFormat:
    """The format named, or the one that the file's ending tells. Raises `Invalid("format_unknown")`."""
    ending = (wanted or name.rpartition(".")[2]).lower()
    try:
        return TableFormat(ending)
    except ValueError:
        raise Invalid("format_unknown", field="file", format=ending[:20]) from None


def dry_run(platform: Platform, actor: Actor, data: bytes, table_format: TableFormat) -> Report:
    """What an import would do. Writes nothing. Raises `FileRefused`."""
    actor.must(Permission.EDIT_BANK)
    rows = _read(data, table_format)
    with platform.reading() as session:
        return Report(tuple(_judge(session, rows)))


def import_items(
    platform: Platform, actor: Actor, data: bytes, table_format: TableFormat, *, keep_good: bool = False
) -> Report:
    """Take the rows in. One bad row leaves the bank untouched, unless `keep_good`: then the others are written.

    New items and versions stand in review under the importer's name, so that a second person approves them; what came
    without a person (the command line alone) is a draft that somebody must first take on. Raises `FileRefused`.
    """
    actor.must(Permission.EDIT_BANK)
    rows = _read(data, table_format)
    try:
        return _import(platform, actor, rows, table_format, keep_good)
    except IntegrityError as error:
        # Somebody else made an item with one of these numbers at this very moment.
        raise Conflict("item_moved") from error


def _import(
    platform: Platform, actor: Actor, rows: list[RowReport], table_format: TableFormat, keep_good: bool
) -> Report:
    with platform.writing(actor) as tx:
        report = Report(tuple(_judge(tx.session, rows)))
        if not report.rows or (report.errors and not keep_good):
            return report
        state = ItemState.IN_REVIEW if actor.account_id else ItemState.DRAFT
        # In one order, so that two imports at once wait for each other instead of locking each other out.
        for row in sorted(report.to_write, key=lambda row: row.identity):
            _write(tx, row, state)
        if report.to_write:
            counts = {fate.value: len(report.of(fate)) for fate in Fate}
            tx.audit("bank", "bank.imported", format=table_format.value, **counts)
        return replace(report, committed=True)


def export_items(platform: Platform, wanted: Filter, table_format: TableFormat) -> bytes:
    """The current versions of all items that match, as a table that the import reads back to the same items."""
    with platform.reading() as session:
        found = bank.current_items(session, matching_ids(session, wanted))
    return write_table([found[item_id] for item_id in sorted(found)], table_format)


def _read(data: bytes, table_format: TableFormat) -> list[RowReport]:
    try:
        return read_table(data, table_format)
    except TableRefused as error:
        raise FileRefused(error.problems) from error


def _judge(session: Session, reports: Sequence[RowReport]) -> Iterator[Row]:
    """Each row against the bank as it is now."""
    sound = {report.item.item_id: report.item for report in reports if report.item is not None}
    stored = bank.current_items(session, sound)
    faults = _reference_faults(session, sound, stored)
    for report in reports:
        if report.item is None or report.status is RowStatus.ERROR:
            yield Row(report.row_number, report.identity, Fate.ERROR, None, report.problems)
            continue
        item, problems = report.item, faults.get(report.item.item_id, ())
        if problems:
            yield Row(report.row_number, item.item_id, Fate.ERROR, None, problems)
            continue
        known = stored.get(item.item_id)
        fate = Fate.NEW if known is None else Fate.SAME if _equal(item, known) else Fate.VERSION
        changes = tuple(each.field for each in differences(known, item)) if known else ()
        yield Row(report.row_number, item.item_id, fate, item, report.problems, changes)


def _equal(item: ItemVersion, known: ItemVersion) -> bool:
    return same_content(item, known) and (item.author == known.author or not item.author)


def _reference_faults(
    session: Session, sound: dict[str, ItemVersion], stored: dict[str, ItemVersion]
) -> dict[str, tuple[Problem, ...]]:
    """Rows that name items or pictures in vain. A row that falls takes along those that lean on it alone."""
    references = References(session, sound.values(), frozenset(sound))
    faults: dict[str, tuple[Problem, ...]] = {}
    while True:
        fallen = frozenset(faults.keys() - stored.keys())
        found = {item_id: tuple(references.problems(item, without=fallen)) for item_id, item in sound.items()}
        found = {item_id: problems for item_id, problems in found.items() if problems}
        if found.keys() == faults.keys():
            return {item_id: _by_column(sound[item_id], problems) for item_id, problems in found.items()}
        faults = found


def _by_column(item: ItemVersion, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    row = to_row(item)
    return tuple(Problem(column_of(each.field, row), each.code, each.params) for each in problems)


def _write(tx: Transaction, row: Row, state: ItemState) -> None:
    assert row.item is not None
    if row.fate is Fate.NEW:
        add_item(tx, row.item, state, "import")
        version = row.item.version
    else:
        record = lock_item(tx.session, row.identity)
        version = record.latest_version + 1
        add_version(tx, record, replace(row.item, version=version), state, "import")
    tx.audit(f"item:{row.identity}", "item.imported", version=version, row=row.number)
