"""Importing files of items: a report on everything in them first, then all or the good ones, in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.persistence.queries.bank_search import Filter, ids_under, matching_ids
from examapp.persistence.repositories import bank
from examapp.services.bank.checks import References, media_fields
from examapp.services.bank.difference import differences
from examapp.services.bank.import_media import Incoming, bank_media, incoming
from examapp.services.bank.writing import add_items, add_version, lock_item
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.canonical import same_content
from question_bank.formats import (
    NO_DEFAULTS,
    BankFormat,
    Defaults,
    Reading,
    RowReport,
    RowStatus,
    TableFormat,
    TableRefused,
    Writing,
    read_bank,
    recognise,
    write_bank,
)
from question_bank.formats.columns import column_of, to_row
from question_bank.item import ItemVersion
from question_bank.lifecycle import ItemState
from question_bank.problem import Problem

# Told of each phase (`reading`, `checking`, `writing`) how many of how many are done; 0 of 0 where it can't be told.
Progress = Callable[[str, int, int], None]
# Items written between two words of progress.
BATCH = 500


def silent(_phase: str, _done: int, _total: int) -> None:
    """For those who don't wait."""


class Fate(StrEnum):
    """What becomes of a row: a new item, a new version of a known one, nothing to do, or not taken in.

    `aside` is something of the file outside every item, which the bank has no place for.
    """

    NEW = "new"
    VERSION = "version"
    SAME = "same"
    ERROR = "error"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Row:
    """One row or question of the file. `problems` are what is wrong (for an error) or was put differently.

    `lost` are the parts of it that the bank has no place for; `place` says where in the file it stands.
    """

    number: int
    identity: str
    fate: Fate
    item: ItemVersion | None
    problems: tuple[Problem, ...] = ()
    # For a new version: the fields that differ from the stored one, as in `options.b.text.id`.
    changes: tuple[str, ...] = ()
    lost: tuple[Problem, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything in the file, and whether anything was written."""

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


def format_of(data: bytes, wanted: str | None = None) -> BankFormat:
    """The format named, or the one that the content tells. Raises `Invalid("format_unknown")`, `FileRefused`."""
    try:
        return recognise(data, wanted)
    except TableRefused as error:
        raise FileRefused(error.problems) from error
    except ValueError:
        raise Invalid("format_unknown", field="file", format=str(wanted)[:20]) from None


def dry_run(
    platform: Platform,
    actor: Actor,
    data: bytes,
    bank_format: BankFormat | TableFormat,
    defaults: Defaults = NO_DEFAULTS,
    progress: Progress = silent,
) -> Report:
    """What an import would do. Writes nothing. Raises `FileRefused`."""
    actor.must(Permission.EDIT_BANK)
    reading = _read(platform, data, BankFormat(bank_format), defaults, progress)
    progress("checking", 0, len(reading.reports))
    with platform.reading() as session:
        return Report(tuple(_judge(session, reading.reports, incoming(session, reading.files))))


def import_items(
    platform: Platform,
    actor: Actor,
    data: bytes,
    bank_format: BankFormat | TableFormat,
    *,
    keep_good: bool = False,
    defaults: Defaults = NO_DEFAULTS,
    progress: Progress = silent,
) -> Report:
    """Take the items in. One bad one leaves the bank untouched, unless `keep_good`: then the others are written.

    New items and versions stand in review under the importer's name, so that a second person approves them; what came
    without a person (the command line alone) is a draft that somebody must first take on. Raises `FileRefused`.
    """
    actor.must(Permission.EDIT_BANK)
    kind = BankFormat(bank_format)
    reading = _read(platform, data, kind, defaults, progress)
    try:
        return _import(platform, actor, reading, kind, keep_good, progress)
    except IntegrityError as error:
        # Somebody else made an item with one of these numbers at this very moment.
        raise Conflict("item_moved") from error


def _import(
    platform: Platform,
    actor: Actor,
    reading: Reading,
    kind: BankFormat,
    keep_good: bool,
    progress: Progress,
) -> Report:
    progress("checking", 0, len(reading.reports))
    with platform.reading() as session:
        media = incoming(session, reading.files)
    with platform.writing(actor) as tx:
        report = Report(tuple(_judge(tx.session, reading.reports, media)))
        if not report.of(*Fate) or not _has_items(report) or (report.errors and not keep_good):
            return report
        _write(platform, tx, report, media, progress)
        if report.to_write:
            counts = {fate.value: len(report.of(fate)) for fate in Fate}
            tx.audit("bank", "bank.imported", format=kind.value, **counts)
        return replace(report, committed=True)


def _has_items(report: Report) -> bool:
    return any(row.fate is not Fate.ASIDE for row in report.rows)


def export_items(platform: Platform, wanted: Filter, bank_format: BankFormat | TableFormat) -> Writing:
    """The current versions of all items that match, as a file that the import reads back, less the losses it names."""
    with platform.reading() as session:
        found = bank.current_items(session, matching_ids(session, wanted))
        items = [found[item_id] for item_id in sorted(found)]
        kind = BankFormat(bank_format)
        named = {reference for item in items for _, reference, _use in media_fields(item)}
        files = bank_media(platform, session, named) if kind in _WITH_MEDIA else {}
    return write_bank(items, kind, files.get)


_WITH_MEDIA = frozenset({BankFormat.MOODLE_XML, BankFormat.QTI21, BankFormat.QTI30})


def _read(
    platform: Platform, data: bytes, kind: BankFormat, defaults: Defaults, progress: Progress
) -> Reading:
    progress("reading", 0, 0)
    with platform.reading() as session:
        taken = ids_under(session, defaults.prefix)
    try:
        return read_bank(data, kind, defaults, taken)
    except TableRefused as error:
        raise FileRefused(error.problems) from error


def _judge(session: Session, reports: Sequence[RowReport], media: Incoming) -> Iterator[Row]:
    """Each row against the bank as it is now."""
    settled = {
        report.item.item_id: media.settled(report.item) for report in reports if report.item is not None
    }
    sound = {item_id: item for item_id, (item, _, faults) in settled.items() if not faults}
    stored = bank.current_items(session, sound)
    faults = _reference_faults(session, sound, stored, media)
    for report in reports:
        row = Row(
            report.row_number,
            report.identity,
            Fate.ASIDE if report.status is RowStatus.ASIDE else Fate.ERROR,
            None,
            report.problems,
            lost=report.lost,
            place=report.place,
        )
        if report.item is None or report.status is RowStatus.ERROR:
            yield row
            continue
        item, changed, refused = settled[report.item.item_id]
        if problems := faults.get(item.item_id, ()) or _by_column(item, tuple(refused)):
            yield replace(row, problems=problems)
            continue
        known = stored.get(item.item_id)
        fate = Fate.NEW if known is None else Fate.SAME if _equal(item, known) else Fate.VERSION
        changes = (
            tuple(each.field for each in differences(known, item)) if fate is Fate.VERSION and known else ()
        )
        problems = (*report.problems, *_by_column(item, tuple(changed)))
        yield replace(row, fate=fate, item=item, problems=problems, changes=changes)


def _equal(item: ItemVersion, known: ItemVersion) -> bool:
    return same_content(item, known) and (item.author == known.author or not item.author)


def _reference_faults(
    session: Session, sound: dict[str, ItemVersion], stored: dict[str, ItemVersion], media: Incoming
) -> dict[str, tuple[Problem, ...]]:
    """Rows that name items or pictures in vain. A row that falls takes along those that lean on it alone."""
    known = References(session, sound.values(), frozenset(sound))
    faults: dict[str, tuple[Problem, ...]] = {}
    while True:
        fallen = frozenset(faults.keys() - stored.keys())
        found = {
            item_id: tuple(each for each in known.problems(item, without=fallen) if not media.comes(each))
            for item_id, item in sound.items()
        }
        found = {item_id: problems for item_id, problems in found.items() if problems}
        if found.keys() == faults.keys():
            return {item_id: _by_column(sound[item_id], problems) for item_id, problems in found.items()}
        faults = found


def _by_column(item: ItemVersion, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    row = to_row(item)
    return tuple(Problem(column_of(each.field, row), each.code, each.params) for each in problems)


def _write(platform: Platform, tx: Transaction, report: Report, media: Incoming, progress: Progress) -> None:
    state = ItemState.IN_REVIEW if tx.actor.account_id else ItemState.DRAFT
    media.keep(platform, tx)
    # In one order, so that two imports at once wait for each other instead of locking each other out.
    rows = sorted(report.to_write, key=lambda row: row.identity)
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        progress("writing", start, len(rows))
        new = [(row, row.item) for row in some if row.item and row.fate is Fate.NEW]
        add_items(tx, [item for _, item in new], state, "import")
        details = {f"item:{row.identity}": {"version": item.version, "row": row.number} for row, item in new}
        tx.audit_new("item.imported", details)
        for row in some:
            if row.fate is Fate.VERSION:
                version = _add_version(tx, row, state)
                tx.audit(f"item:{row.identity}", "item.imported", version=version, row=row.number)
    progress("writing", len(rows), len(rows))


def _add_version(tx: Transaction, row: Row, state: ItemState) -> int:
    assert row.item is not None
    record = lock_item(tx.session, row.identity)
    version = record.latest_version + 1
    add_version(tx, record, replace(row.item, version=version), state, "import")
    return version
