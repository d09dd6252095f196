"""Importing tables: every row is accounted for, all or nothing, or the good ones when asked."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from PIL import Image

from examapp.domain.roles import Role
from examapp.persistence.queries.bank_search import Filter
from examapp.persistence.repositories import bank
from examapp.services.bank.importing import Fate, FileRefused, dry_run, export_items, import_items
from examapp.services.bank.reading import read_dossier
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.platform import Actor, Platform
from question_bank.formats import BankFormat, Defaults, MediaFile, TableFormat, write_bank
from question_bank.formats.media import reference_of
from question_bank.item import Difficulty, Topic
from question_bank.licence import LicenceClass
from question_bank.lifecycle import ItemState
from question_bank.parse import parse_item
from tests.support import bank_items
from tests.support.bank_items import row, table
from tests.support.foreign import sample
from tests.support.marks import only_sqlite
from tests.support.people import Person


@pytest.fixture
def ratna(person: Callable[[Role], Person]) -> Person:
    return person(Role.ADMINISTRATOR)


def _count(platform: Platform) -> int:
    with platform.reading() as session:
        return len(bank.current_items(session))


def _thousand_with_one_bad_row() -> bytes:
    rows = [row(number) for number in range(1, 1001)]
    rows[499]["key"] = "f"
    return table(rows)


def test_one_bad_row_in_a_thousand_leaves_the_bank_untouched(platform: Platform, ratna: Person) -> None:
    report = import_items(platform, ratna.actor, _thousand_with_one_bad_row(), TableFormat.CSV)
    assert not report.committed
    assert [(bad.number, bad.identity, bad.problems[0].field) for bad in report.errors] == [
        (501, "UJI-0500", "key")
    ]
    assert _count(platform) == 0


def test_the_good_rows_alone_are_taken_when_asked(platform: Platform, ratna: Person) -> None:
    data = _thousand_with_one_bad_row()
    report = import_items(platform, ratna.actor, data, TableFormat.CSV, keep_good=True)
    assert report.committed and len(report.to_write) == 999
    assert _count(platform) == 999
    dossier = read_dossier(platform, ratna.actor, "UJI-0001")
    assert (dossier.state, dossier.versions[0].by) == ("in_review", ratna.login.title())


def test_a_dry_run_says_the_same_and_writes_nothing(platform: Platform, ratna: Person) -> None:
    report = dry_run(platform, ratna.actor, table([row(1), row(2)]), TableFormat.CSV)
    assert [each.fate for each in report.rows] == [Fate.NEW, Fate.NEW]
    assert _count(platform) == 0


@pytest.mark.parametrize("table_format", TableFormat)
def test_an_export_comes_back_unchanged(platform: Platform, ratna: Person, table_format: TableFormat) -> None:
    seed_shipped_items(platform)
    data = export_items(platform, Filter(), table_format).data
    report = import_items(platform, ratna.actor, data, table_format)
    assert {each.fate for each in report.rows} == {Fate.SAME}
    assert len(report.rows) == _count(platform) >= 150
    assert read_dossier(platform, ratna.actor, "RAM-0001").revision == 1


def test_a_row_that_differs_becomes_a_version_in_review_beside_the_one_in_use(
    platform: Platform, ratna: Person
) -> None:
    seed_shipped_items(platform)
    data = export_items(platform, Filter(words="RAM-0001"), TableFormat.CSV).data
    changed = data.replace(b"Apa yang ada di depan?", b"Apa yang akan Anda temui?")
    report = import_items(platform, ratna.actor, changed, TableFormat.CSV)
    assert [(each.fate, each.changes) for each in report.rows] == [(Fate.VERSION, ("stem.id",))]
    dossier = read_dossier(platform, ratna.actor, "RAM-0001")
    assert (dossier.state, dossier.working) == ("active", "in_review")
    assert (dossier.approved_version, dossier.current.version) == (1, 2)


def test_items_that_do_not_exist_are_named_as_enemies_in_vain(platform: Platform, ratna: Person) -> None:
    rows = [row(1, enemies="UJI-0002"), row(2, enemies="UJI-0777")]
    report = import_items(platform, ratna.actor, table(rows), TableFormat.CSV, keep_good=True)
    # The second names nobody; the first leaned on the second, which is therefore not there either.
    assert {(each.identity, each.problems[0].code) for each in report.errors} == {
        ("UJI-0001", "unknown_item"),
        ("UJI-0002", "unknown_item"),
    }
    assert _count(platform) == 0


def test_two_rows_of_a_file_may_be_each_others_enemies(platform: Platform, ratna: Person) -> None:
    rows = [row(1, enemies="UJI-0002"), row(2, enemies="UJI-0001")]
    assert import_items(platform, ratna.actor, table(rows), TableFormat.CSV).committed


def test_a_date_in_a_workbook_is_an_error_with_its_row_and_field(platform: Platform, ratna: Person) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    names = list(row(1))
    sheet.append(names)
    sheet.append([row(1)[name] for name in names])
    sheet.append([date(2026, 2, 1) if name == "option_a_id" else row(2)[name] for name in names])
    out = io.BytesIO()
    book.save(out)
    report = import_items(platform, ratna.actor, out.getvalue(), TableFormat.XLSX)
    assert [(each.number, each.problems[0].field, each.problems[0].code) for each in report.errors] == [
        (3, "option_a_id", "date_cell")
    ]
    assert not report.committed


@only_sqlite
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        "id;type\n\xe9".encode("latin-1"),
        b'id,type,part\n"UJI-0001,single',
        b"id,type,part,topic,classes,difficulty,stem_id,option_a_id,option_b_id,key,colour\n",
        b"PK\x03\x04 half an archive",
    ],
    ids=["empty", "picture", "not-utf8", "open-quote", "unknown-column", "archive"],
)
def test_a_broken_file_is_refused_as_a_whole(platform: Platform, ratna: Person, data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        import_items(platform, ratna.actor, data, TableFormat.CSV)
    assert refused.value.problems


def test_what_came_without_a_name_must_be_taken_on_before_another_approves(
    platform: Platform, ratna: Person, person: Callable[[Role], Person]
) -> None:
    machine = Actor(None, Role.ADMINISTRATOR, "command line")
    assert import_items(platform, machine, table([row(1)]), TableFormat.CSV).committed
    assert read_dossier(platform, ratna.actor, "UJI-0001").state == "draft"
    bank_items.step(platform, ratna, "UJI-0001", ItemState.IN_REVIEW)
    with pytest.raises(Exception, match="move_own_work"):
        bank_items.step(platform, ratna, "UJI-0001", ItemState.ACTIVE)
    assert bank_items.step(platform, person(Role.ADMINISTRATOR), "UJI-0001", ItemState.ACTIVE) == "active"


def test_media_of_a_package_pass_the_checks_of_an_upload(platform: Platform, ratna: Person) -> None:
    made = Image.new("RGB", (64, 64), "orange")
    out = io.BytesIO()
    made.save(out, "PNG")
    file = MediaFile(out.getvalue(), "png")
    item = parse_item(bank_items.content(picture=reference_of(file)))
    package = write_bank([item], BankFormat.QTI30, {reference_of(file): file}.get)
    assert package.losses == ()
    report = import_items(platform, ratna.actor, package.data, BankFormat.QTI30)
    assert report.committed and [row.fate for row in report.rows] == [Fate.NEW]
    kept = read_dossier(platform, ratna.actor, "UJI-0001").current.picture
    again = import_items(
        platform, ratna.actor, export_items(platform, Filter(), BankFormat.QTI30).data, BankFormat.QTI30
    )
    assert [row.fate for row in again.rows] == [Fate.SAME]
    assert kept and platform.media.get(kept.removeprefix("media:").removesuffix(".png"))


@only_sqlite
def test_a_picture_that_an_upload_refuses_is_refused_in_a_package(platform: Platform, ratna: Person) -> None:
    file = MediaFile(b"\x89PNG\r\n\x1a\n broken", "png")
    item = parse_item(bank_items.content(picture=reference_of(file)))
    for kind in (BankFormat.QTI21, BankFormat.MOODLE_XML):
        data = write_bank([item], kind, {reference_of(file): file}.get).data
        report = import_items(platform, ratna.actor, data, kind)
        assert not report.committed
        assert [(row.identity, row.problems[0].code) for row in report.errors] == [
            ("UJI-0001", "media_not_taken")
        ]


@only_sqlite
def test_questions_of_others_get_free_numbers_and_the_chosen_topic(platform: Platform, ratna: Person) -> None:
    chosen = Defaults("RAM", Topic.SIGNS, frozenset({LicenceClass.A}), Difficulty.EASY)
    import_items(platform, ratna.actor, table([row(1, id="RAM-0001")]), BankFormat.CSV)
    report = import_items(
        platform, ratna.actor, sample("soal.aiken"), BankFormat.AIKEN, defaults=chosen, keep_good=True
    )
    assert report.committed and [row.identity for row in report.to_write] == ["RAM-0002"]
    assert read_dossier(platform, ratna.actor, "RAM-0002").current.topic is Topic.SIGNS
