"""Tables as people really send them."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from question_bank.formats import MAX_BYTES, MAX_ROWS, RowStatus, TableRefused, read_table, write_table
from question_bank.formats.columns import COLUMNS
from question_bank.problem_words import explain

HEADER = "id,type,part,topic,classes,difficulty,stem_id,option_a_id,option_b_id,key"


def row(number: int, key: str = "a") -> str:
    return f'TST-{number:04d},single_choice,ethics,ethics,"A, C",easy,Soal {number}?,Ya,Tidak,{key}'


def table(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def refusal(data: bytes, table_format: str = "csv") -> tuple[str, dict[str, str | int]]:
    with pytest.raises(TableRefused) as refused:
        read_table(data, table_format)
    for language in ("en", "id"):
        assert explain(refused.value.problems[0], language)
    return refused.value.problems[0].code, dict(refused.value.problems[0].params)


def workbook(*rows: list[object], sheets: tuple[str, ...] = ("Sheet1",)) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for name in sheets[1:]:
        book.create_sheet(name)
    for cells in rows:
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_one_bad_row_in_a_thousand_is_named_by_row_and_column() -> None:
    reports = read_table(table(*(row(n, "z" if n == 637 else "a") for n in range(1000))), "csv")
    bad = [report for report in reports if report.status is RowStatus.ERROR]
    assert len(reports) == 1000
    assert [(report.row_number, report.identity) for report in bad] == [(639, "TST-0637")]
    assert [(problem.field, problem.code) for problem in bad[0].problems] == [("key", "key_not_an_option")]
    assert explain(bad[0].problems[0], "id") == "key: menunjuk “z”, yang tidak ada di antara pilihan."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_excel_s_dialects_are_read(delimiter: str, start: str) -> None:
    data = start + table(row(1)).decode().replace('"A, C"', "A|C").replace(",", delimiter)
    assert [report.status for report in read_table(data.encode(), "csv")] == [RowStatus.OK]


def test_the_line_that_names_the_separator_is_no_row() -> None:
    reports = read_table(b"sep=,\r\n" + table(row(1)), "csv")
    assert [(report.row_number, report.status) for report in reports] == [(2, RowStatus.OK)]


def test_a_problem_inside_an_option_names_its_column() -> None:
    data = table(row(1).replace("Tidak", "ya"))
    assert read_table(data, "csv")[0].problems[0].field == "option_b_id"


def test_blank_lines_keep_the_row_numbers() -> None:
    reports = read_table(table(row(1), "", row(2), ",,,,,,,,,"), "csv")
    assert [report.row_number for report in reports] == [2, 4]


def test_a_cell_too_many_is_not_dropped() -> None:
    report = read_table(table(row(1) + ",lost"), "csv")[0]
    assert (report.status, report.problems[0].code) == (RowStatus.ERROR, "too_many_cells")


def test_letters_put_in_standard_form_are_reported_as_changed() -> None:
    report = read_table(table(row(1).replace("Ya", "Cafe\u0301")), "csv")[0]
    assert (report.status, report.problems[0].field) == (RowStatus.CHANGED, "option_a_id")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("id;é".encode("latin-1"), "not_utf8"),
        (HEADER.encode("utf-16"), "not_utf8"),
        (b"PK\x03\x04rest", "wrong_kind"),
        (b"%PDF-1.7", "wrong_kind"),
        (b"id,\0", "wrong_kind"),
        (b"", "empty_table"),
        (b"\n\n", "empty_table"),
        (HEADER.encode() + b",notes\n", "unknown_column"),
        (HEADER.encode() + b",key\n", "column_twice"),
        (HEADER.replace(",key", "").encode(), "missing_column"),
        (table(row(1), row(2) + ',"open', row(3)), "broken_csv"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    assert refusal(data)[0] == code


def test_the_line_that_is_not_utf8_is_named() -> None:
    assert refusal(table(row(1)) + b"\ncaf\xe9")[1]["line"] == 3


def test_too_many_rows_are_refused() -> None:
    assert refusal(HEADER.encode() + b"\nx" * (MAX_ROWS + 1))[0] == "too_many_rows"


def test_an_empty_export_is_a_template() -> None:
    assert write_table([], "csv").decode("utf-8-sig").strip().split(",") == list(COLUMNS)
    assert read_table(write_table([], "xlsx"), "xlsx") == []


def xlsx_row(**changes: object) -> bytes:
    names = HEADER.split(",")
    cells = dict(
        zip(
            names,
            ["TST-0001", "single_choice", "ethics", "ethics", "A, C", "easy", "Soal?", 50, 60.0, "a"],
            strict=True,
        )
    )
    cells.update(changes)
    return workbook(names, list(cells.values()))


def test_numbers_in_a_workbook_are_words() -> None:
    report = read_table(xlsx_row(), "xlsx")[0]
    assert report.item is not None
    assert [option.text.in_language("id") for option in report.item.options] == ["50", "60"]


@pytest.mark.parametrize(
    ("value", "code"),
    [("=1+1", "formula_cell"), ("#N/A", "error_cell"), (date(2026, 2, 1), "date_cell")],
)
def test_a_cell_that_lost_its_words_is_an_error(value: object, code: str) -> None:
    problems = read_table(xlsx_row(option_b_id=value), "xlsx")[0].problems
    assert ("option_b_id", code) in [(problem.field, problem.code) for problem in problems]


def test_which_sheet_is_meant_is_not_guessed() -> None:
    assert refusal(workbook(["id"], sheets=("one", "two")), "xlsx")[0] == "several_sheets"


@pytest.mark.parametrize("data", [b"id,type", b"", b"\x89PNG\r\n"])
def test_something_else_is_no_workbook(data: bytes) -> None:
    assert refusal(data, "xlsx")[0] == "wrong_kind"


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (70 * 2**20))
    assert refusal(out.getvalue(), "xlsx")[0] == "unpacks_too_large"
