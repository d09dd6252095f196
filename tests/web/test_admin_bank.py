"""The bank's pages over HTTP: what an administrator types, sees and is refused."""

import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from PIL import Image

from examapp.domain.roles import Role
from examapp.persistence.repositories import bank
from examapp.services.bank import editing
from examapp.services.bank.reading import read_dossier
from examapp.services.platform import Platform
from question_bank.lifecycle import ItemState
from tests.support import bank_items
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import Person

SCRIPT = '<script>alert("soal")</script><b>tebal</b>'
Visit = Callable[[Person | None], Browserless]


@pytest.fixture
def ratna(person: Callable[[Role], Person]) -> Person:
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def budi(person: Callable[[Role], Person]) -> Person:
    return person(Role.ADMINISTRATOR)


def typed(**changes: object) -> dict[str, object]:
    """What the editor's form sends."""
    return bank_items.row(1, **{"classes": ["A", "C"]}) | changes  # type: ignore[arg-type]


def revision_on(page: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found
    return found.group(1)


def test_an_item_is_written_reviewed_and_approved_through_the_pages(
    platform: Platform, visit: Visit, ratna: Person, budi: Person
) -> None:
    writer, reader = visit(ratna), visit(budi)
    assert writer.post("/admin/items/new", typed()).status_code == 302
    page = writer.get("/admin/items/UJI-0001").get_data(as_text=True)
    step = {"to": "in_review", "on_working": "1", "revision": revision_on(page)}
    assert writer.post("/admin/items/UJI-0001/move", step).status_code == 302
    page = writer.get("/admin/items/UJI-0001").get_data(as_text=True)
    assert 'value="active"' not in page
    approve = {"to": "active", "on_working": "1", "revision": revision_on(page)}
    assert writer.post("/admin/items/UJI-0001/move", approve).status_code == 403
    assert 'value="active"' in reader.get("/admin/items/UJI-0001").get_data(as_text=True)
    assert reader.post("/admin/items/UJI-0001/move", approve).status_code == 302
    with platform.reading() as session:
        assert [item.item_id for item in bank.usable_items(session)] == ["UJI-0001"]


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(visit: Visit, ratna: Person) -> None:
    answer = visit(ratna).post(
        "/admin/items/new", typed(stem_id="", option_a_id="Kata yang diketik", key="f")
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="stem_id-error"' in page and 'id="key-error"' in page
    assert 'value="Kata yang diketik"' in page


def test_the_second_editor_is_shown_both_and_can_go_on(
    platform: Platform, visit: Visit, ratna: Person, budi: Person
) -> None:
    visit(ratna).post("/admin/items/new", typed())
    began = str(bank_items.revision(platform, ratna, "UJI-0001"))
    visit(budi).post("/admin/items/UJI-0001", typed(stem_id="Kata kata Budi?", revision=began))
    mine = typed(stem_id="Kata kata Ratna?", revision=began)
    answer = visit(ratna).post("/admin/items/UJI-0001", mine)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "<del>Budi?</del><ins>Ratna?</ins>" in page
    assert len(read_dossier(platform, ratna.actor, "UJI-0001").versions) == 2
    again = visit(ratna).post("/admin/items/UJI-0001", mine | {"revision": revision_on(page)})
    assert again.status_code == 302
    stems = [
        line.item.stem.in_language("id") for line in read_dossier(platform, ratna.actor, "UJI-0001").versions
    ]
    assert stems == ["Kata kata Ratna?", "Kata kata Budi?", "Pertanyaan nomor 1?"]


def test_html_and_script_in_an_item_are_shown_as_typed(
    platform: Platform, visit: Visit, ratna: Person
) -> None:
    visitor = visit(ratna)
    fields = ("stem_id", "option_a_id", "option_b_id", "explanation_id", "article", "source", "author")
    hostile = typed(**{name: f"{SCRIPT} {name}" for name in fields}, note=SCRIPT)
    assert visitor.post("/admin/items/new", hostile).status_code == 302
    edited = hostile | {"stem_id": f"{SCRIPT} baru", "revision": "1"}
    assert visitor.post("/admin/items/UJI-0001", edited).status_code == 302
    pages = ("", "/history")
    texts = [visitor.get(f"/admin/items/UJI-0001{page}").get_data(as_text=True) for page in pages]
    texts.append(visitor.get("/admin/items").get_data(as_text=True))
    # Here it stands as data for the exam's own script, which puts it in as text.
    framed = visitor.get("/admin/items/UJI-0001/preview").get_data(as_text=True)
    assert SCRIPT not in framed and "<b>tebal" not in framed
    assert visitor.post("/admin/items/preview", hostile).get_json()["item"]["stem"] == hostile["stem_id"]
    for text in texts:
        assert SCRIPT not in text and "<b>tebal" not in text
        assert 'alert("soal")' in unescape(text)


def test_the_preview_shows_what_is_typed_and_no_key(visit: Visit, ratna: Person) -> None:
    reply = visit(ratna).post(
        "/admin/items/preview?language=en", typed(stem_en="What now?", explanation_id="Rahasia kunci")
    )
    item = reply.get_json()["item"]
    assert item["stem"] == "What now?"
    assert "Rahasia" not in reply.get_data(as_text=True) and not {"key", "order"} & item.keys()


def test_pictures_of_options_are_shown_under_names_that_tell_nothing(visit: Visit, ratna: Person) -> None:
    shown = typed(option_a_picture="sign:warning/y-junction", option_b_picture="sign:warning/t-junction")
    body = visit(ratna).post("/admin/items/preview", shown).get_json()
    pictures = [option["picture"] for option in body["item"]["options"]]
    assert all(picture["alt"] and "junction" not in picture["url"] for picture in pictures)
    assert [visit(ratna).get(picture["url"]).status_code for picture in pictures] == [200, 200]


def test_the_second_person_sees_what_the_version_changes(
    platform: Platform, visit: Visit, ratna: Person, budi: Person
) -> None:
    item_id = bank_items.approved(platform, ratna, budi)
    bank_items.edit(platform, ratna, item_id, article="PM 13/2014 Pasal 11")
    page = visit(budi).get(f"/admin/items/{item_id}").get_data(as_text=True)
    assert "<del>8</del><ins>11</ins>" in page


def test_the_preview_says_what_is_wrong_while_typing(visit: Visit, ratna: Person) -> None:
    body = visit(ratna).post("/admin/items/preview", typed(key="", option_b_id="")).get_json()
    assert body["errors"] >= 2
    assert 'data-field="key"' in body["findings"]


@only_sqlite
def test_half_an_item_never_breaks_the_preview(visit: Visit, ratna: Person) -> None:
    visitor = visit(ratna)
    for gone in ("id", "type", "topic", "difficulty", "classes", "stem_id", "key", "option_a_id"):
        assert visitor.post("/admin/items/preview", typed(**{gone: ""})).status_code == 200, gone
    for odd in (
        {"topic": "nonsense"},
        {"picture": "media:../../x"},
        {"weight": "many"},
        {"option_ids": "x"},
        {},
    ):
        assert visitor.post("/admin/items/preview", typed(**odd)).status_code == 200, odd


@only_sqlite
def test_the_list_narrows_and_exports_what_it_shows(platform: Platform, visit: Visit, ratna: Person) -> None:
    visitor = visit(ratna)
    visitor.post("/admin/items/new", typed())
    visitor.post("/admin/items/new", typed(id="UJI-0002", topic="speed", stem_id="Soal kecepatan?"))
    page = visitor.get("/admin/items?topic=speed").get_data(as_text=True)
    assert "UJI-0002" in page and "UJI-0001" not in page
    export = visitor.get("/admin/items/export.csv?topic=speed")
    assert export.mimetype == "text/csv" and b"UJI-0002" in export.data and b"UJI-0001" not in export.data
    assert visitor.get("/admin/items/export.exe").status_code == 404


def _upload(visitor: Browserless, data: bytes, name: str = "rambu.png"):
    return visitor.post(
        "/admin/pictures", {"picture": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )


def test_an_uploaded_picture_is_found_in_the_picker_and_shown_in_the_item(
    visit: Visit, ratna: Person
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (200, 100), "orange").save(out, "PNG")
    visitor = visit(ratna)
    answer = _upload(visitor, out.getvalue())
    assert answer.status_code == 201
    reference = answer.get_json()["reference"]
    assert reference in visitor.get("/admin/pictures?words=rambu&kind=media").get_data(as_text=True)
    assert visitor.post("/admin/items/new", typed(picture=reference)).status_code == 302
    shown = visitor.get(answer.get_json()["url"])
    assert (shown.status_code, shown.mimetype) == (200, "image/png")


@only_sqlite
@pytest.mark.parametrize("data", [b"", b"<svg><script/></svg>", b"\x89PNG\r\n\x1a\n", b"MZ" + bytes(100)])
def test_a_file_that_is_no_picture_is_refused_with_a_sentence(
    visit: Visit, ratna: Person, data: bytes
) -> None:
    answer = _upload(visit(ratna), data)
    assert answer.status_code == 422
    assert answer.get_json()["message"]


@only_sqlite
@pytest.mark.parametrize("path", ["/admin/pictures", "/admin/import"])
def test_a_hundred_megabytes_are_refused_before_they_are_read(visit: Visit, ratna: Person, path: str) -> None:
    visitor = visit(ratna)
    answer = visitor.post(
        path,
        {"picture": (io.BytesIO(bytes(100_000_000)), "besar.png")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 413
    assert "besar" in answer.get_data(as_text=True) or "large" in answer.get_data(as_text=True)


def _send_table(visitor: Browserless, data: bytes, name: str = "soal.csv") -> tuple[int, str]:
    answer = visitor.post(
        "/admin/import", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )
    return answer.status_code, answer.get_data(as_text=True)


def test_a_table_is_reported_row_by_row_then_its_good_rows_taken_in(
    platform: Platform, visit: Visit, ratna: Person
) -> None:
    visitor = visit(ratna)
    rows = [bank_items.row(number) for number in (1, 2, 3)]
    rows[1]["key"] = "f"
    status, page = _send_table(visitor, bank_items.table(rows))
    assert status == 200 and "UJI-0002" in page
    with platform.reading() as session:
        assert bank.current_items(session) == {}
    sent = dict(re.findall(r'name="(digest|format|name|keep_good)" value="([^"]*)"', page))
    without = {name: value for name, value in sent.items() if name != "keep_good"}
    assert visitor.post("/admin/import/commit", without).status_code == 409
    with platform.reading() as session:
        assert bank.current_items(session) == {}
    assert visitor.post("/admin/import/commit", sent).status_code == 302
    with platform.reading() as session:
        assert sorted(bank.current_items(session)) == ["UJI-0001", "UJI-0003"]
    assert read_dossier(platform, ratna.actor, "UJI-0001").working is ItemState.IN_REVIEW
    assert visitor.post("/admin/import/commit", sent).status_code == 422


@only_sqlite
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "soal.csv"),
        (b"\xff\xfe", "soal.csv"),
        (b"a,b\n1,2\n", "soal.csv"),
        (b"x", "soal.docx"),
        (b"x", "a.xlsx"),
    ],
)
def test_a_broken_table_is_refused_on_the_page(visit: Visit, ratna: Person, data: bytes, name: str) -> None:
    status, page = _send_table(visit(ratna), data, name)
    assert status == 422
    assert "note--red" in page


@only_sqlite
def test_the_bank_is_closed_to_everybody_else(visit: Visit, person: Callable[[Role], Person]) -> None:
    paths = ("/admin/items", "/admin/items/new", "/admin/import", "/admin/blueprints", "/admin/pictures")
    for role in (Role.APPLICANT, Role.PROCTOR, Role.PSYCHOLOGIST, Role.AUDITOR):
        visitor = visit(person(role))
        assert [visitor.get(path).status_code for path in paths] == [403] * len(paths), role


@only_sqlite
def test_an_item_that_does_not_exist_is_not_found(visit: Visit, ratna: Person) -> None:
    visitor = visit(ratna)
    for path in ("/admin/items/XXX-0001", "/admin/items/XXX-0001/history", "/admin/items/XXX-0001/preview"):
        assert visitor.get(path).status_code == 404
    assert visitor.post("/admin/items/XXX-0001", typed(revision="1")).status_code == 404


@only_sqlite
def test_only_the_preview_may_be_framed_and_only_by_us(visit: Visit, ratna: Person) -> None:
    visitor = visit(ratna)
    preview = visitor.get("/admin/items/preview").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in preview and "script-src 'self'" in preview
    editor = visitor.get("/admin/items/new").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in editor and "frame-src 'self'" in editor


@only_sqlite
def test_a_bulk_step_from_the_list_and_its_undoing(platform, person, visit) -> None:
    author = person(Role.ADMINISTRATOR)
    for number in (1, 2):
        editing.create_item(platform, author.actor, bank_items.content(f"UJI-000{number}"))
    visitor = visit(author)
    chosen = {"item": ["UJI-0001"], "to": "in_review"}
    page = visitor.client.get(visitor.post("/admin/items/bulk", chosen).location).text
    assert "Urungkan" in page and "1 soal selesai diproses" in page
    page = visitor.client.get(visitor.post("/admin/items/bulk", {"all": "1", "to": "active"}).location).text
    assert "UJI-0001" in page and "Dibiarkan seperti semula" in page
    assert (
        "1 soal kembali seperti semula"
        in visitor.client.get(visitor.post("/admin/items/bulk/undo").location).text
    )


@only_sqlite
def test_an_item_being_edited_is_no_duplicate_of_itself(platform, person, visit) -> None:
    author = person(Role.ADMINISTRATOR)
    editing.create_item(platform, author.actor, bank_items.content())
    visitor = visit(author)
    page = visitor.get("/admin/items/UJI-0001").text
    typed = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    }
    typed |= {"type": "single_choice", "topic": "signs", "stem_id": "Apa arti rambu ini?", "key": "a"}
    remarks = visitor.post("/admin/items/preview", typed).get_json()["findings"]
    assert "UJI-0001" not in remarks
