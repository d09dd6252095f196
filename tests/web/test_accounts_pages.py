"""The front door as a visitor meets it: registering, signing in and out, a new password, staff, cookies, limits."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.services.messaging import messages
from examapp.services.platform import Platform
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import PASSWORD, Person, make_applicant, make_nik, make_staff

pytestmark = only_sqlite
Visit = Callable[[Person | None], Browserless]
BORN = date(1998, 4, 12)


def form(**changes: str) -> dict[str, str]:
    return {
        "nik": make_nik(BORN),
        "name": "Sari Wulandari",
        "birth_date": "1998-04-12",
        "phone": "0812 3456 7890",
        "licence_class": "A",
        "kind": "new",
        "password": PASSWORD,
    } | changes


def accounts_there(platform: Platform) -> int:
    with platform.reading() as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def test_from_the_first_page_to_being_signed_in(client: Browserless) -> None:
    page = client.get("/").text
    assert 'href="/register"' in page
    assert 'href="/sign-in"' in page
    assert re.search(r"Paling banyak sekitar \d+ MB data", page)
    told = form()
    assert client.post("/register", told).headers["Location"] == "/registered"
    answer = client.sign_in(told["nik"], PASSWORD)
    assert answer.status_code == 302
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nik": "1234"}, "NIK has 16 digits"),
        ({"nik": "3273013213980001"}, "not on the calendar"),
        ({"birth_date": "1998-04-13"}, "do not agree"),
        ({"birth_date": "kemarin"}, "not a date"),
        ({"birth_date": ""}, "Please fill this in"),
        ({"phone": "112"}, "not an Indonesian phone number"),
        ({"name": "!"}, "as it stands on your identity card"),
        ({"password": "pendek"}, "at least 10 characters"),
        ({"licence_class": "B I"}, "Perpol 5/2021"),
        ({"licence_class": "B II"}, "Perpol 5/2021"),
        ({"licence_class": "A", "kind": "renewal"}, "Only a licence you already hold"),
    ],
)
def test_each_refusal_is_said_at_its_field_and_nothing_is_lost(
    client: Browserless, platform: Platform, changes: dict[str, str], said: str
) -> None:
    client.post("/language/en")
    answer = client.post("/register", form(**changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Sari Wulandari"' in answer.text or "name" in changes
    assert PASSWORD not in answer.text
    assert accounts_there(platform) == 0


def test_all_that_is_wrong_is_said_at_once(client: Browserless) -> None:
    client.post("/language/en")
    text = client.post("/register", form(nik="1", phone="1", password="a")).text
    for said in ("NIK has 16 digits", "not an Indonesian phone number", "at least 10 characters"):
        assert said in text


def test_the_reason_comes_in_the_readers_language(client: Browserless) -> None:
    young = {"nik": make_nik(date(2012, 1, 5)), "birth_date": "2012-01-05"}
    assert "Usia paling rendah untuk SIM A adalah 17 tahun" in client.post("/register", form(**young)).text
    client.post("/language/en")
    text = client.post("/register", form(**young)).text
    assert "The minimum age for licence A is 17" in text
    assert "Perpol 5/2021 Article\N{NO-BREAK SPACE}8" in text


def test_an_unknown_region_warns_once_and_lets_go_on(client: Browserless, platform: Platform) -> None:
    told = form(nik=make_nik(BORN, region="990101"))
    first = client.post("/register", told)
    assert first.status_code == 422
    checked = re.search(r'name="region_checked"[^>]*value="([^"]+)"', first.text)
    assert checked
    assert client.post("/register", told | {"region_checked": checked[1]}).status_code == 302
    assert accounts_there(platform) == 1


def test_a_taken_nik_gets_the_very_same_answer(client: Browserless, app: Flask, platform: Platform) -> None:
    told = form()
    fresh = client.post("/register", told)
    again = Browserless(app).post("/register", told | {"phone": "081299998888", "password": "beda sekali 1"})
    assert (again.status_code, again.headers["Location"], again.data) == (
        fresh.status_code,
        fresh.headers["Location"],
        fresh.data,
    )
    page = client.get("/registered").text
    assert 'href="/help?kind=registration"' in page
    port = messages.NullMessages()
    messages.deliver_waiting(platform, port)
    assert [number for number, _ in port.sent] == ["+6281234567890"]


def test_a_taken_and_a_new_nik_both_cost_one_hash(
    client: Browserless, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time itself can't be asserted; that the slow step is taken once in each case can be counted."""
    from argon2 import PasswordHasher

    counted: list[str] = []
    real_hash, real_verify = PasswordHasher.hash, PasswordHasher.verify

    def hash_(self: PasswordHasher, *given: object, **named: object) -> str:
        counted.append("hash")
        return real_hash(self, *given, **named)  # type: ignore[arg-type]

    def verify(self: PasswordHasher, *given: object) -> bool:
        counted.append("verify")
        return real_verify(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(PasswordHasher, "hash", hash_)
    monkeypatch.setattr(PasswordHasher, "verify", verify)
    told = form()
    for _ in range(2):
        client.post("/register", told)
    assert counted == ["hash", "hash"]
    client.sign_in("tidak.ada", PASSWORD)
    counted.clear()
    for login in (told["nik"], make_nik(BORN), "tidak.ada"):
        client.sign_in(login, "salah sekali")
    assert counted == ["verify"] * 3


@pytest.mark.parametrize("role", list(Role))
def test_a_disabled_account_and_an_unknown_one_get_the_same_page(
    app: Flask, platform: Platform, person: Callable[[Role], Person], role: Role
) -> None:
    closed = person(role)
    with platform.writing() as tx:
        tx.session.execute(update(Account).values(disabled_at=tx.now))

    def page(login: str) -> str:
        answer = Browserless(app).sign_in(login, PASSWORD)
        assert answer.status_code == 422
        text = re.sub(r'(csrf[^>]*(?:value|content)=")[^"]+', r"\1", answer.text)
        return re.sub(r'name="login"[^>]*>|value="[^"]*"', "", text)

    refused = page("tidak.ada")
    assert page(closed.login) == refused
    # Said once, above the form: neither field alone is at fault.
    assert refused.count("tidak cocok") == 1


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/account", "/account"),
        ("/help?kind=camera", "/help?kind=camera"),
        ("//elsewhere.example/x", None),
        ("https://elsewhere.example/", None),
        ("/\\elsewhere.example", None),
        ("javascript:alert(1)", None),
        ("/\tx", None),
        ("account", None),
    ],
)
def test_after_signing_in_one_goes_only_to_a_path_of_ours(
    client: Browserless, platform: Platform, wanted: str, goes_to: str | None
) -> None:
    person = make_staff(platform, Role.AUDITOR)
    answer = client.post("/sign-in", {"login": person.login, "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == (goes_to or "/audit/")


def test_a_page_behind_the_door_comes_back_after_it(client: Browserless, platform: Platform) -> None:
    person = make_staff(platform, Role.AUDITOR)
    sent = client.get("/audit/deeds?action=x")
    assert sent.status_code == 302
    page = client.get(sent.headers["Location"]).text
    wanted = re.search(r'name="next"[^>]*value="([^"]+)"', page)
    assert wanted
    assert wanted[1] == "/audit/deeds?action=x"
    answer = client.post("/sign-in", {"login": person.login, "password": PASSWORD, "next": wanted[1]})
    assert answer.headers["Location"] == wanted[1]


def test_signing_out_takes_a_post_and_ends_it(visit: Visit, platform: Platform) -> None:
    visitor = visit(make_staff(platform, Role.PROCTOR))
    assert visitor.get("/sign-out").status_code == 405
    assert visitor.get("/account").status_code == 200
    visitor.sign_out()
    assert visitor.get("/account").status_code == 302


def test_signing_out_everywhere_ends_other_devices(visit: Visit, platform: Platform) -> None:
    person = make_staff(platform, Role.PROCTOR)
    phone, desk = visit(person), visit(person)
    desk.post("/sign-out-everywhere")
    assert phone.get("/account").status_code == 302
    assert desk.get("/account").status_code == 302


def test_a_new_password_ends_other_devices_and_not_this_one(visit: Visit, platform: Platform) -> None:
    person = make_applicant(platform)
    phone, desk = visit(person), visit(person)
    wrong = desk.post("/account/password", {"current": "salah", "password": "baru sekali 99"})
    assert wrong.status_code == 422
    assert phone.get("/account").status_code == 200
    desk.post("/account/password", {"current": PASSWORD, "password": "baru sekali 99"})
    assert desk.get("/account").status_code == 200
    assert phone.get("/account").status_code == 302


def test_a_disabled_account_is_out_at_its_next_click(visit: Visit, platform: Platform) -> None:
    admin, proctor = make_staff(platform, Role.ADMINISTRATOR), make_staff(platform, Role.PROCTOR)
    watching = visit(proctor)
    assert watching.get("/account").status_code == 200
    visit(admin).post(f"/admin/staff/{proctor.account_id}/disable")
    assert watching.get("/account").status_code == 302
    visit(admin).post(f"/admin/staff/{proctor.account_id}/enable")
    assert visit(proctor).get("/account").status_code == 200


def test_the_language_chosen_is_kept_for_the_next_sign_in(
    visit: Visit, app: Flask, platform: Platform
) -> None:
    person = make_applicant(platform)
    visit(person).post("/account/language", {"language": "en"})
    assert '<html lang="en"' in visit(person).get("/account").text


def test_a_forgotten_password_from_the_message_to_being_signed_in(
    client: Browserless, app: Flask, platform: Platform
) -> None:
    person = make_applicant(platform)
    known = client.post("/forgotten", {"login": person.login})
    unknown = Browserless(app).post("/forgotten", {"login": make_nik(BORN)})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    port = messages.NullMessages()
    messages.deliver_waiting(platform, port)
    code = re.search(r"\d{8}", port.sent[0][1])
    assert code
    told = {"code": code[0], "password": "baru sekali 99"}
    assert Browserless(app).post("/reset", told).status_code == 422, "another browser has no ticket"
    assert client.post("/reset", told).status_code == 302
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "back", ["//example.org/", "/\t/example.org/", "/\\example.org/", "https://example.org/"]
)
def test_choosing_a_language_leads_nobody_elsewhere(client, back: str) -> None:
    assert client.post("/language/en", data={"back": back}).headers["Location"] == "/"
