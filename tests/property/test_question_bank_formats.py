"""What goes out to a file of another system comes back the same, less what the reports name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.check import check_item
from question_bank.formats.bank_file import read_bank, write_bank
from question_bank.formats.drafts import Defaults, positional_row
from question_bank.formats.report import BankFormat, RowReport, RowStatus, TableRefused, Writing
from question_bank.item import Difficulty, ItemType, ItemVersion, Topic
from question_bank.licence import LicenceClass
from tests.support.bank_media import BankMedia
from tests.support.strategies import distinct_items

slow = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
LOSSLESS = [BankFormat.MOODLE_XML, BankFormat.QTI21, BankFormat.QTI30]
FOREIGN = [*LOSSLESS, BankFormat.GIFT, BankFormat.AIKEN]


@pytest.mark.parametrize("bank_format", LOSSLESS)
@slow
@given(bank=distinct_items(max_size=5))
def test_nothing_that_the_bank_holds_is_lost(bank_format: BankFormat, bank: list[ItemVersion]) -> None:
    media = BankMedia()
    items = [media.with_files(item) for item in bank]
    written = write_bank(items, bank_format, media)
    assert written.losses == ()
    if not items:
        return
    reading = read_bank(written.data, bank_format)
    assert [(report.status, report.problems, report.lost) for report in reading.reports] == [
        (RowStatus.OK, (), ())
    ] * len(items)
    assert [report.item for report in reading.reports] == items
    assert all(media.files[reference] == file for reference, file in reading.files.items())


@slow
@given(bank=distinct_items(max_size=5))
def test_gift_gives_back_all_but_the_items_it_names(bank: list[ItemVersion]) -> None:
    written = write_bank(bank, BankFormat.GIFT)
    whole = {loss.identity for loss in written.losses if loss.whole}
    assert whole == {item.item_id for item in bank if item.type in {ItemType.ORDERING, ItemType.HOTSPOT}}
    kept = [item for item in bank if item.item_id not in whole]
    assert [report.item for report in _read(written, BankFormat.GIFT)] == kept
    by_name = {(loss.identity, loss.problem.field) for loss in written.losses if not loss.whole}
    files = ("picture", "clip", "audio_id", "audio_en")
    assert by_name == {
        (item.item_id, name) for item in kept for name in positional_row(item) if name.endswith(files)
    }


@slow
@given(bank=distinct_items(max_size=5))
def test_aiken_gives_back_question_choices_and_key_and_names_the_rest(bank: list[ItemVersion]) -> None:
    written = write_bank(bank, BankFormat.AIKEN)
    whole = {loss.identity for loss in written.losses if loss.whole}
    kept = [item for item in bank if item.item_id not in whole]
    reports = _read(written, BankFormat.AIKEN)
    assert len(reports) == len(kept)
    for item, report in zip(kept, reports, strict=True):
        named = {loss.problem.field for loss in written.losses if loss.identity == item.item_id}
        row, back = positional_row(item), positional_row(report.item) if report.item else {}
        assert report.item is not None
        differ = {name for name in row.keys() | back.keys() if row.get(name) != back.get(name)}
        # The key is the same choice under another name where the names are lost.
        assert differ - {"key"} <= named | {"id", "topic", "classes", "difficulty"}


def _read(written: Writing, bank_format: BankFormat) -> tuple[RowReport, ...]:
    chosen = Defaults("IMP", Topic.LAW, frozenset({LicenceClass.A}), Difficulty.EASY)
    return read_bank(written.data, bank_format, chosen).reports if written.data.strip() else ()


@pytest.mark.parametrize("bank_format", LOSSLESS)
@slow
@given(bank=distinct_items(max_size=3))
def test_media_that_are_gone_are_named_on_both_ways(bank_format: BankFormat, bank: list[ItemVersion]) -> None:
    written = write_bank(bank, bank_format)
    gone = {(loss.identity, loss.problem.field) for loss in written.losses}
    assert {loss.problem.code for loss in written.losses} <= {"media_missing"}
    if not bank:
        return
    reports = read_bank(written.data, bank_format).reports
    assert [report.item for report in reports] == bank
    named = {(report.identity, note.field) for report in reports for note in report.problems}
    assert named == gone


@slow
@given(
    bank=distinct_items(max_size=3),
    damages=st.lists(st.tuples(st.integers(0, 999_999), st.integers(1, 255)), min_size=1, max_size=5),
    bank_format=st.sampled_from(FOREIGN),
)
def test_a_damaged_file_is_refused_or_read(
    bank: list[ItemVersion], damages: list[tuple[int, int]], bank_format: BankFormat
) -> None:
    whole = bytearray(write_bank(bank, bank_format).data)
    for share, bits in damages:
        whole[share * len(whole) // 1_000_000] ^= bits
    try:
        reading = read_bank(bytes(whole), bank_format)
    except TableRefused as refused:
        assert refused.problems
    else:
        assert all(not check_item(report.item) for report in reading.reports if report.item)
        assert all(report.item or report.problems or report.lost for report in reading.reports)


@pytest.mark.parametrize("bank_format", FOREIGN)
@slow
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_reason(bank_format: BankFormat, data: bytes) -> None:
    try:
        reports = read_bank(data, bank_format).reports
    except TableRefused as refused:
        assert refused.problems
    else:
        assert all(report.problems or report.lost for report in reports)
