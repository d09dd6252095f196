"""Registering, signing in and asking for help, as services, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from examapp.domain.clock import SettableClock
from examapp.domain.errors import Conflict, Invalid, NotAllowed
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account, Applicant, Application
from examapp.services.people import accounts, help_desk, registration, sign_in, staff
from examapp.services.platform import Actor, Platform
from tests.support.outbox import outbox
from tests.support.people import OPERATOR, PASSWORD, make_applicant, make_nik, make_staff

VISITOR = Actor(request_id="tests")
BORN = date(1998, 4, 12)


def newcomer(**changes: object) -> registration.Newcomer:
    made = registration.Newcomer(make_nik(BORN), "Sari Wulandari", BORN, "0812-3456-7890", PASSWORD)
    return replace(made, **changes)  # type: ignore[arg-type]


def wish(licence_class: str = "A", kind: str = "new", **held: object) -> registration.Wish:
    return registration.Wish(licence_class, kind, **held)  # type: ignore[arg-type]


def test_what_an_applicant_told_is_sealed_and_comes_back(platform: Platform) -> None:
    told = newcomer()
    account_id = registration.register(platform, VISITOR, told, wish())
    with platform.reading() as session:
        kept = session.get_one(Applicant, account_id)
        account = session.get_one(Account, account_id)
        application = session.scalars(select(Application)).one()
        assert told.nik.encode() not in kept.nik_cipher
        assert told.nik not in account.login
        assert platform.vault.open_for(session, account_id, kept.nik_cipher, "nik") == told.nik
        assert platform.vault.open_for(session, account_id, kept.phone_cipher, "phone") == "+6281234567890"
        assert (application.licence_class, application.kind) == ("A", "new")
        assert application.rule_version.startswith("age-")


@pytest.mark.parametrize(
    ("changes", "wanted", "code"),
    [
        ({"nik": "123"}, wish(), "nik_length"),
        ({"nik": "32730112049800O1"}, wish(), "nik_not_digits"),
        ({"nik": "3273013213980001"}, wish(), "nik_birth_date"),
        ({"birth_date": date(1998, 4, 13)}, wish(), "nik_disagrees"),
        ({"phone": "12345"}, wish(), "phone_invalid"),
        ({"name": " 7 "}, wish(), "name_invalid"),
        ({"password": "kurang"}, wish(), "password_short"),
        ({"password": "wulandari 1998"}, wish(), "password_personal"),
        ({}, wish("B I"), "held_class_missing"),
        ({}, wish("Z"), "class_not_available"),
        ({}, wish("A", "renewal"), "renewal_not_held"),
        ({}, wish("A", "upgrade"), "not_an_upgrade"),
        (
            {},
            wish("A", "renewal", held_class="A", held_since=date(2021, 1, 1), held_until=date(2026, 11, 22)),
            "renewal_expired",
        ),
    ],
)
def test_registration_is_refused_with_its_reason(
    platform: Platform, changes: dict[str, object], wanted: registration.Wish, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        registration.register(platform, VISITOR, newcomer(**changes), wanted)
    assert refusal.value.code == code
    with platform.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_one_is_too_young_until_the_birthday_in_jakarta(platform: Platform, clock: SettableClock) -> None:
    born = date(2009, 11, 24)
    child = newcomer(nik=make_nik(born), birth_date=born)
    clock.at = clock.at.replace(hour=16, minute=59)
    with pytest.raises(Invalid, match="too_young"):
        registration.register(platform, VISITOR, child, wish())
    clock.at = clock.at.replace(hour=17, minute=0)
    assert registration.register(platform, VISITOR, child, wish()) is not None


def test_a_taken_nik_changes_nothing_and_tells_its_owner_once_a_day(
    platform: Platform, clock: SettableClock
) -> None:
    first = newcomer()
    owner = registration.register(platform, VISITOR, first, wish())
    stranger = replace(first, phone="081299999999", password="beda sekali 12", name="Orang Lain")
    assert registration.register(platform, VISITOR, stranger, wish("C")) is None
    assert registration.register(platform, VISITOR, stranger, wish("C")) is None
    told = outbox(platform)
    assert [number for number, _ in told] == ["+6281234567890"]
    assert first.nik not in told[0][1]
    assert sign_in.check_credentials(platform, VISITOR, first.nik, PASSWORD).id == owner
    with pytest.raises(Invalid, match="sign_in_failed"):
        sign_in.check_credentials(platform, VISITOR, first.nik, stranger.password)
    clock.at += timedelta(days=1, seconds=1)
    registration.register(platform, VISITOR, stranger, wish("C"))
    assert len(outbox(platform)) == 1


def test_of_many_at_once_with_one_nik_a_single_one_is_registered(platform: Platform) -> None:
    same = newcomer()
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: registration.register(platform, VISITOR, same, wish()), range(6)))
    assert sum(each is not None for each in made) == 1


def test_a_further_application_follows_the_same_rules(platform: Platform) -> None:
    person = make_applicant(platform)
    assert registration.apply_again(platform, person.actor, wish("C"))
    with pytest.raises(Invalid, match="application_open"):
        registration.apply_again(platform, person.actor, wish("C"))
    with pytest.raises(Invalid, match="class_not_available"):
        registration.apply_again(platform, person.actor, wish("Z"))
    assert registration.apply_again(platform, person.actor, wish("D"))
    with pytest.raises(NotAllowed):
        registration.apply_again(platform, make_staff(platform, Role.PROCTOR).actor, wish("C"))


def test_every_refused_sign_in_looks_alike(platform: Platform) -> None:
    person, closed = make_applicant(platform), make_staff(platform, Role.PROCTOR)
    staff.disable_staff(platform, OPERATOR, closed.account_id)
    tries = [
        (person.login, "salah sekali"),
        (make_nik(BORN), PASSWORD),
        (closed.login, closed.password),
        ("tidak.ada", PASSWORD),
        ("", ""),
    ]
    for typed, password in tries:
        with pytest.raises(Invalid) as refusal:
            sign_in.check_credentials(platform, VISITOR, typed, password)
        assert (refusal.value.code, refusal.value.params) == ("sign_in_failed", {"field": "login"})


def test_a_nik_may_be_typed_with_spaces_and_a_name_in_capitals(platform: Platform) -> None:
    person, proctor = make_applicant(platform), make_staff(platform, Role.PROCTOR)
    spaced = " ".join(person.login[start : start + 4] for start in range(0, 16, 4))
    assert sign_in.check_credentials(platform, VISITOR, spaced, PASSWORD).id == person.account_id
    assert sign_in.check_credentials(platform, VISITOR, proctor.login.upper(), PASSWORD).role == "proctor"


def test_an_old_hash_is_made_anew_at_the_next_sign_in(platform: Platform) -> None:
    person = make_applicant(platform)
    dearer = replace(platform, config=replace(platform.config, password_passes=2))
    sign_in.check_credentials(dearer, VISITOR, person.login, PASSWORD)
    with platform.reading() as session:
        assert "t=2" in session.get_one(Account, person.account_id).password_hash
    sign_in.check_credentials(dearer, VISITOR, person.login, PASSWORD)


def test_demo_accounts_open_nothing_off_loopback(platform: Platform) -> None:
    person = make_staff(platform, Role.ADMINISTRATOR)
    with platform.writing() as tx:
        tx.session.execute(update(Account).values(demo=True))
    assert sign_in.check_credentials(platform, VISITOR, person.login, PASSWORD)
    reachable = replace(platform, config=replace(platform.config, loopback=False))
    with pytest.raises(Invalid, match="sign_in_failed"):
        sign_in.check_credentials(reachable, VISITOR, person.login, PASSWORD)


def test_changing_the_password_needs_the_present_one(platform: Platform) -> None:
    person = make_applicant(platform)
    with pytest.raises(Invalid, match="password_wrong"):
        accounts.change_password(platform, person.actor, "salah sekali", "baru sekali 99")
    with pytest.raises(Invalid, match="password_same"):
        accounts.change_password(platform, person.actor, PASSWORD, PASSWORD)
    accounts.change_password(platform, person.actor, PASSWORD, "baru sekali 99")
    assert sign_in.check_credentials(platform, VISITOR, person.login, "baru sekali 99")


def test_a_request_for_help_is_answered_once_to_the_number_left(platform: Platform) -> None:
    contact = help_desk.Contact("Sari", "0812 3456 7890", "NIK saya sudah terdaftar", "en")
    asked = help_desk.ask_for_help(platform, VISITOR, "registration", contact)
    admin = make_staff(platform, Role.ADMINISTRATOR)
    [waiting] = help_desk.help_requests(platform)
    assert (waiting.id, waiting.contact.words) == (asked, contact.words)
    help_desk.answer_request(platform, admin.actor, asked, "Datang ke Satpas dengan KTP.")
    [(number, text)] = outbox(platform)
    assert number == "+6281234567890"
    assert text.endswith("Datang ke Satpas dengan KTP.")
    assert text.startswith("SIM Daring, an officer")
    with pytest.raises(Conflict, match="help_answered"):
        help_desk.answer_request(platform, admin.actor, asked, "Lagi")
    assert help_desk.help_requests(platform) == []
    assert [each.id for each in help_desk.help_requests(platform, answered=True)] == [asked]
