"""Codes for a forgotten password, and the messages that carry them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from examapp.domain.clock import SettableClock
from examapp.domain.errors import Invalid
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import ResetCode
from examapp.persistence.records.operations import Message
from examapp.services.messaging import messages
from examapp.services.people import password_reset, sign_in
from examapp.services.platform import Actor, Platform
from tests.support.outbox import outbox, sent_code
from tests.support.people import PASSWORD, Person, make_applicant, make_nik, make_staff

VISITOR = Actor(request_id="tests")
BORN = date(1998, 4, 12)


def ask(platform: Platform, person: Person) -> tuple[object, str]:
    ticket = password_reset.ask_for_code(platform, VISITOR, person.login)
    return ticket, sent_code(platform)


def test_a_code_sets_a_new_password_once(platform: Platform) -> None:
    person = make_applicant(platform)
    ticket, code = ask(platform, person)
    password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "baru sekali 99")
    assert sign_in.check_credentials(platform, VISITOR, person.login, "baru sekali 99")
    with pytest.raises(Invalid, match="sign_in_failed"):
        sign_in.check_credentials(platform, VISITOR, person.login, PASSWORD)
    with pytest.raises(Invalid, match="reset_code_wrong"):
        password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "lagi sekali 99")


def test_the_code_itself_is_kept_nowhere(platform: Platform) -> None:
    ticket, code = ask(platform, make_applicant(platform))
    with platform.reading() as session:
        assert code not in session.get_one(ResetCode, ticket).code_digest
        assert session.scalars(select(Message.text_cipher)).all() == [b""]


def test_a_code_dies_after_fifteen_minutes(platform: Platform, clock: SettableClock) -> None:
    person = make_applicant(platform)
    ticket, code = ask(platform, person)
    clock.at += timedelta(minutes=15)
    with pytest.raises(Invalid, match="reset_code_wrong"):
        password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "baru sekali 99")


@pytest.mark.parametrize(("wrong_tries", "opens"), [(4, True), (5, False)])
def test_five_tries_and_no_more(platform: Platform, wrong_tries: int, opens: bool) -> None:
    ticket, code = ask(platform, make_applicant(platform))
    wrong = "".join(str((int(digit) + 1) % 10) for digit in code)
    for _ in range(wrong_tries):
        with pytest.raises(Invalid, match="reset_code_wrong"):
            password_reset.reset_with_ticket(platform, VISITOR, ticket, wrong, "baru sekali 99")
    if opens:
        password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "baru sekali 99")
    else:
        with pytest.raises(Invalid, match="reset_code_wrong"):
            password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "baru sekali 99")


def test_a_strangers_request_does_not_spoil_the_owners(platform: Platform) -> None:
    person = make_applicant(platform)
    ticket, code = ask(platform, person)
    strangers = password_reset.ask_for_code(platform, VISITOR, person.login)
    for _ in range(6):
        with pytest.raises(Invalid):
            password_reset.reset_with_ticket(platform, VISITOR, strangers, code, "jahat sekali 1")
    password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "baru sekali 99")


def test_unknown_and_staff_get_a_ticket_and_no_message(platform: Platform) -> None:
    proctor = make_staff(platform, Role.PROCTOR)
    for typed in (make_nik(BORN), proctor.login, "???"):
        ticket = password_reset.ask_for_code(platform, VISITOR, typed)
        with pytest.raises(Invalid, match="reset_code_wrong"):
            password_reset.reset_with_ticket(platform, VISITOR, ticket, "12345678", "baru sekali 99")
    assert outbox(platform) == []


def test_nobody_is_flooded_with_codes(platform: Platform, clock: SettableClock) -> None:
    person = make_applicant(platform)
    for _ in range(password_reset.CODES_PER_HOUR + 3):
        password_reset.ask_for_code(platform, VISITOR, person.login)
    assert len(outbox(platform)) == password_reset.CODES_PER_HOUR
    clock.at += timedelta(hours=1, seconds=1)
    password_reset.ask_for_code(platform, VISITOR, person.login)
    assert len(outbox(platform)) == 1


def test_a_weak_new_password_does_not_use_up_the_code(platform: Platform) -> None:
    person = make_applicant(platform)
    ticket, code = ask(platform, person)
    with pytest.raises(Invalid, match="password_personal"):
        password_reset.reset_with_ticket(platform, VISITOR, ticket, code, f"aku {person.login}")
    password_reset.reset_with_ticket(platform, VISITOR, ticket, code, "baru sekali 99")


def test_a_message_that_fails_is_tried_again_and_then_given_up(
    platform: Platform, clock: SettableClock
) -> None:
    class Broken:
        def send(self, address: str, text: str) -> None:
            raise OSError("no signal")

    person = make_applicant(platform)
    password_reset.ask_for_code(platform, VISITOR, person.login)
    for _ in range(60):
        # The worker comes round every second: a minute without a gateway must not use up the tries.
        assert messages.deliver_waiting(platform, Broken()) == 0
        clock.at += timedelta(seconds=1)
    clock.at += timedelta(hours=1)
    assert len(outbox(platform)) == 1
    password_reset.ask_for_code(platform, VISITOR, person.login)
    for _ in range(25):
        messages.deliver_waiting(platform, Broken())
        clock.at += timedelta(hours=1)
    assert outbox(platform) == []
