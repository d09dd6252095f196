"""Your data, as an applicant files it and an administrator answers it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

from examapp.domain.clock import SettableClock
from examapp.domain.roles import Role
from examapp.services.platform import Platform
from examapp.services.sitting import submission
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import begun

pytestmark = only_sqlite
Visit = Callable[[Person | None], Browserless]
ANSWER = "Nama Anda sudah kami perbaiki menurut KTP."


def test_from_the_account_to_the_answer(visit: Visit, platform: Platform, clock: SettableClock) -> None:
    applicant = make_applicant(platform)
    person, admin = visit(applicant), visit(make_staff(platform, Role.ADMINISTRATOR))
    for each in (person, admin):
        each.post("/language/en")
    assert 'href="/your-data"' in person.get("/account").text
    assert 'href="/your-data"' not in admin.get("/account").text
    told = {"kind": "correction", "words": "Nama saya <b>Sari</b> Wulan"}
    assert person.post("/your-data", {"kind": "correction"}).status_code == 422
    assert person.post("/your-data", told).headers["Location"] == "/your-data"
    page = person.get("/your-data").text
    assert "Waits for an officer" in page
    assert "at the latest" in page
    assert "&lt;b&gt;Sari" in page
    assert person.post("/your-data", told).status_code == 422, "one of a kind at a time"
    clock.at += timedelta(hours=73)
    assert "This answer is late" in person.get("/your-data").text
    listed = admin.get("/admin/help").text
    assert "Overdue" in listed
    link = re.search(r'href="(/admin/data-requests/[0-9a-f-]{36})"', listed)
    assert link
    assert admin.post(link[1], {"answer": "ok"}).status_code == 422
    assert admin.post(link[1], {"answer": ANSWER, "name": "Sari Wulan", "do": "fulfil"}).status_code == 302
    page = person.get("/your-data").text
    assert ANSWER in page
    assert "Sari Wulan" in person.get("/home").text
    assert ANSWER in admin.get(link[1]).text
    assert link[1] in admin.get("/admin/help?answered=1").text


def test_an_objection_starts_on_the_result_page(visit: Visit, platform: Platform) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    person = visit(applicant)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    link = re.search(r'href="(/your-data\?[^"]*)"', person.get(f"/sittings/{attempt_id}/result").text)
    assert link
    form = person.get(link[1].replace("&amp;", "&")).text
    assert re.search(rf'<option selected value="{attempt_id}"', form)
    told = {"kind": "objection", "attempt_id": str(attempt_id), "words": "Soal nomor 3 tidak terbuka."}
    assert person.post("/your-data", told).status_code == 302


def test_the_copy_is_a_file_of_ones_own(visit: Visit, platform: Platform) -> None:
    applicant = make_applicant(platform)
    answer = visit(applicant).post("/your-data/copy")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert json.loads(answer.text)["person"]["nik"] == applicant.login
    assert visit(applicant).get("/your-data/copy").status_code == 405


def test_what_was_agreed_to_erase_closes_the_account(visit: Visit, platform: Platform) -> None:
    applicant = make_applicant(platform)
    person, admin = visit(applicant), visit(make_staff(platform, Role.ADMINISTRATOR))
    person.post("/your-data", {"kind": "erasure"})
    link = re.search(r'href="(/admin/data-requests/[0-9a-f-]{36})"', admin.get("/admin/help").text)
    assert link
    admin.post(link[1], {"answer": "Kami hapus sesuai permintaan Anda.", "do": "fulfil"})
    assert person.get("/your-data").status_code == 302
    fresh = visit(None)
    assert (
        fresh.post("/sign-in", {"login": applicant.login, "password": applicant.password}).status_code != 302
    )
