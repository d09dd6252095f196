"""Pages of administrators and of the auditor: staff accounts, requests for help, the chains."""

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import update

from examapp.domain.roles import Role
from examapp.services.audit import audit_trail
from examapp.services.people import staff
from examapp.services.platform import Platform
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import Person, make_applicant, make_staff

pytestmark = only_sqlite
Visit = Callable[[Person | None], Browserless]


def test_an_administrator_makes_staff_who_set_their_own_password(
    visit: Visit, app: Flask, platform: Platform
) -> None:
    admin = visit(make_staff(platform, Role.ADMINISTRATOR))
    told = {"login": "wati", "display_name": "Wati Rahayu", "role": "proctor"}
    page = admin.post("/admin/staff", told)
    code = re.search(r'id="staff-code">([^<]+)<', page.text)
    assert code
    assert code[1] not in admin.get("/admin/staff").text
    newcomer = Browserless(app)
    set_own = {"login": "wati", "code": code[1], "password": "milik saya 12"}
    assert newcomer.post("/activate", set_own).status_code == 302
    assert newcomer.get("/account").status_code == 200
    assert admin.post("/admin/staff", told).status_code == 422, "the name is taken"
    for bad in ({"login": "X"}, {"role": "applicant"}, {"display_name": ""}):
        assert admin.post("/admin/staff", told | {"login": "lain"} | bad).status_code == 422


def test_another_administrator_confirms_the_person_behind_an_account(
    visit: Visit, platform: Platform
) -> None:
    ratna, hendra = (make_staff(platform, Role.ADMINISTRATOR) for _ in range(2))
    maker, other = visit(ratna), visit(hendra)
    maker.post("/admin/staff", {"login": "wati", "display_name": "Wati Rahayu", "role": "proctor"})
    account_id = staff.staff_by_login(platform, "wati").id
    address = f"/admin/staff/{account_id}/confirm"
    assert address not in maker.get("/admin/staff").text
    other.post("/language/en")
    assert address in other.get("/admin/staff").text
    maker.post(address)
    assert "Unconfirmed" in other.get("/admin/staff").text
    assert "confirmed that another person" in other.post(address, follow_redirects=True).text
    page = other.get("/admin/staff").text
    assert "Unconfirmed" not in page
    assert address not in page


def test_an_administrator_is_told_why_they_cannot_close_themself(visit: Visit, platform: Platform) -> None:
    admin = make_staff(platform, Role.ADMINISTRATOR)
    visitor = visit(admin)
    visitor.post("/language/en")
    answer = visitor.post(f"/admin/staff/{admin.account_id}/disable", follow_redirects=True)
    assert "your own account" in answer.text
    assert visitor.get("/admin/staff").status_code == 200


def test_help_asked_is_seen_and_answered(client: Browserless, visit: Visit, platform: Platform) -> None:
    words = "<script>alert(1)</script> NIK saya"
    told = {"kind": "registration", "name": "Sari", "phone": "081234567890", "words": words}
    assert client.post("/help", told | {"phone": "1"}).status_code == 422
    assert client.post("/help", told).headers["Location"] == "/help/sent"
    admin = visit(make_staff(platform, Role.ADMINISTRATOR))
    link = re.search(r'href="(/admin/help/[0-9a-f-]{36})"', admin.get("/admin/help").text)
    assert link
    page = admin.get(link[1]).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert admin.post(link[1], {"answer": "Datang ke Satpas."}).status_code == 302
    assert "Datang ke Satpas." in admin.get(link[1]).text


def test_the_auditor_reads_verifies_and_is_told_of_a_break(visit: Visit, platform: Platform) -> None:
    person = make_applicant(platform)
    auditor = visit(make_staff(platform, Role.AUDITOR))
    auditor.post("/language/en")
    name = f"account:{person.account_id}"
    assert "chains" in auditor.post("/audit/").text
    page = auditor.get(f"/audit/chains/{name}").text
    assert "account.registered" in page
    assert person.login not in page
    assert "1 chains with" in auditor.post(f"/audit/chains/{name}").text
    with platform.writing() as tx:
        tx.session.execute(
            update(audit_trail.AuditEntry)
            .where(audit_trail.AuditEntry.chain == name, audit_trail.AuditEntry.sequence == 1)
            .values(action="nothing.happened")
        )
    told = auditor.post("/audit/").text
    assert "do not hold" in told
    assert "changed after it was written" in told
    assert auditor.get("/audit/chains/account:nobody").status_code == 404
