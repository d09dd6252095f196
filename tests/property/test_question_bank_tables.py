"""What goes out to a table comes back the same, and a bad row is named precisely."""

import csv
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.canonical import content_digest, to_dict
from question_bank.check import check_item
from question_bank.formats import RowStatus, TableFormat, TableRefused, read_table, write_table
from question_bank.formats.cells import guard, unguard
from question_bank.item import ItemVersion
from question_bank.parse import parse_item
from tests.support.strategies import distinct_items, items

slow = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(items())
def test_plain_data_gives_the_item_back(item: ItemVersion) -> None:
    again = parse_item(to_dict(item))
    assert again == item
    assert content_digest(again) == content_digest(item)


@slow
@given(distinct_items(), st.sampled_from(TableFormat))
def test_export_and_import_give_equal_items(bank: list[ItemVersion], table_format: TableFormat) -> None:
    reports = read_table(write_table(bank, table_format), table_format)
    assert [report.item for report in reports] == bank
    assert all(report.status is RowStatus.OK for report in reports)


@slow
@given(distinct_items())
def test_no_exported_cell_starts_a_formula(bank: list[ItemVersion]) -> None:
    text = write_table(bank, "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell[:1] in set("=+-@\t\r")]
    book = openpyxl.load_workbook(io.BytesIO(write_table(bank, "xlsx")))
    assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]


@given(st.text())
def test_the_guard_is_reversible(cell: str) -> None:
    assert unguard(guard(cell)) == cell


@slow
@given(st.binary(max_size=400), st.sampled_from(TableFormat))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes, table_format: TableFormat) -> None:
    try:
        reports = read_table(data, table_format)
    except TableRefused as refused:
        assert refused.problems
    else:
        assert all(report.item or report.problems for report in reports)


@slow
@given(
    distinct_items(),
    # Places as shares of the file: a workbook holds the time it was written, and so differs in size by a few bytes.
    st.lists(st.tuples(st.integers(0, 999_999), st.integers(1, 255)), min_size=1, max_size=5),
)
def test_a_damaged_workbook_is_refused_or_read(
    bank: list[ItemVersion], damages: list[tuple[int, int]]
) -> None:
    whole = bytearray(write_table(bank, "xlsx"))
    for share, bits in damages:
        whole[share * len(whole) // 1_000_000] ^= bits
    try:
        reports = read_table(bytes(whole), "xlsx")
    except TableRefused as refused:
        assert refused.problems
    else:
        assert all(not check_item(report.item) for report in reports if report.item)


@pytest.mark.parametrize("table_format", TableFormat)
@slow
@given(item=items())
def test_one_id_twice_is_an_error_on_both_rows(table_format: TableFormat, item: ItemVersion) -> None:
    reports = read_table(write_table([item, item], table_format), table_format)
    assert [report.status for report in reports] == [RowStatus.ERROR, RowStatus.ERROR]
    assert [dict(report.problems[-1].params)["other"] for report in reports] == ["3", "2"]
