"""Import and export over HTTP: any format, what is lost and changed, and the same as a table to keep."""

import io
import re
from collections.abc import Callable
from html import unescape

import pytest
from werkzeug.datastructures import MultiDict

from examapp.domain.roles import Role
from examapp.persistence.repositories import bank
from examapp.services.platform import Platform
from tests.support import bank_items
from tests.support.browserless import Browserless
from tests.support.foreign import sample
from tests.support.marks import only_sqlite
from tests.support.people import Person

Visit = Callable[[Person | None], Browserless]


@pytest.fixture
def ratna(person: Callable[[Role], Person]) -> Person:
    return person(Role.ADMINISTRATOR)


@only_sqlite
def test_a_file_of_another_system_is_reported_in_three_groups_and_as_a_table(
    platform: Platform, visit: Visit, ratna: Person
) -> None:
    visitor = visit(ratna)
    chosen = {"topic": "signs", "difficulty": "easy", "classes": ["A"], "prefix": "MDL"}
    sent = {**chosen, "file": (io.BytesIO(sample("moodle.xml")), "apa saja.csv")}
    page = visitor.post("/admin/import", sent, content_type="multipart/form-data").get_data(as_text=True)
    assert "(Moodle XML)" in page and "MDL-0001" in page and "Perhatikan lambangnya" in page
    address = unescape(re.search(r'href="(/admin/import/report\.csv\?[^"]+)"', page)[1])  # type: ignore[index]
    table = visitor.get(address).get_data(as_text=True)
    assert "question[2]/hint[1]" in table and table.count("lost,") > 5
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    taken = visitor.post("/admin/import/commit", MultiDict(hidden))
    assert taken.status_code == 302
    with platform.reading() as session:
        assert sorted(bank.current_items(session)) == ["HLM-0001", "MDL-0001"]


@only_sqlite
def test_an_export_says_what_its_format_cannot_hold_before_it_is_downloaded(
    visit: Visit, ratna: Person
) -> None:
    visitor = visit(ratna)
    visitor.post("/admin/items/new", {**bank_items.row(1, stem_en="In English?"), "classes": ["A"]})
    page = visitor.get("/admin/items/export?format=aiken").get_data(as_text=True)
    assert "UJI-0001" in page and 'href="/admin/items/export.aiken' in page
    assert "stem_en" in visitor.get("/admin/items/export-losses.aiken").get_data(as_text=True)
    assert b"ANSWER: A" in visitor.get("/admin/items/export.aiken").data
    assert visitor.get("/admin/items/export.qti30").data.startswith(b"PK")
    whole = visitor.get("/admin/items/export?format=qti30").get_data(as_text=True)
    assert "export-losses" not in whole
