"""One administrator with two accounts is one pair of eyes, until somebody else vouches for the second account."""

from datetime import timedelta

import pytest

from examapp.domain.errors import Conflict, NotAllowed
from examapp.domain.roles import Role
from examapp.services.bank import editing
from examapp.services.bank.reading import read_dossier
from examapp.services.cases import review
from examapp.services.people import hands, password_reset, staff
from examapp.services.platform import Actor, Platform
from question_bank.lifecycle import ItemState
from scoring.review import CaseState
from tests.support import bank_items
from tests.support.cases import CLEAR, VOID, held_case
from tests.support.people import OPERATOR, PASSWORD, Person, make_staff


def made_by(platform: Platform, maker: Person, role: Role, login: str) -> Person:
    """An account whose code its maker kept."""
    made = staff.create_staff(platform, maker.actor, staff.NewStaff(login, login.title(), role))
    return with_code(platform, made.account_id, role, login, made.code)


def with_code(platform: Platform, account_id, role: Role, login: str, code: str) -> Person:
    password_reset.reset_with_staff_code(platform, Actor(request_id="tests"), login, code, PASSWORD)
    return Person(account_id, role, login)


@pytest.fixture
def ratna(platform: Platform) -> Person:
    return make_staff(platform, Role.ADMINISTRATOR, "ratna")


@pytest.fixture
def hendra(platform: Platform) -> Person:
    return make_staff(platform, Role.ADMINISTRATOR, "hendra")


def waiting_item(platform: Platform, author: Person, item_id: str = "UJI-0001") -> str:
    editing.create_item(platform, author.actor, bank_items.content(item_id))
    bank_items.step(platform, author, item_id, ItemState.IN_REVIEW)
    return item_id


def refused(platform: Platform, person: Person, item_id: str) -> bool:
    with pytest.raises(NotAllowed) as error:
        bank_items.step(platform, person, item_id, ItemState.ACTIVE)
    assert error.value.code == "move_tied_to_author"
    # The page offers it closed, with the same reason.
    offers = read_dossier(platform, person.actor, item_id).offers
    return [offer.refusal for offer in offers if offer.to is ItemState.ACTIVE] == ["move_tied_to_author"]


def test_nobody_approves_with_an_account_they_made(platform, ratna, hendra) -> None:
    second = made_by(platform, ratna, Role.ADMINISTRATOR, "kedua")
    third = made_by(platform, second, Role.ADMINISTRATOR, "ketiga")
    assert refused(platform, second, waiting_item(platform, ratna, "UJI-0001"))
    assert refused(platform, third, "UJI-0001")
    assert refused(platform, ratna, waiting_item(platform, third, "UJI-0002"))
    assert refused(platform, ratna, waiting_item(platform, second, "UJI-0003"))
    for item_id in ("UJI-0001", "UJI-0002", "UJI-0003"):
        assert bank_items.step(platform, hendra, item_id, ItemState.ACTIVE) is ItemState.ACTIVE


def test_two_accounts_from_one_hand_are_not_two_people(platform, ratna) -> None:
    one, other = (made_by(platform, ratna, Role.ADMINISTRATOR, name) for name in ("satu", "lain"))
    assert refused(platform, other, waiting_item(platform, one))


def test_a_code_for_a_new_password_ties_as_well(platform, ratna, hendra) -> None:
    """Whoever replaces a colleague's password and keeps the code could approve as that colleague."""
    item_id = waiting_item(platform, ratna)
    code = staff.issue_code(platform, ratna.actor, hendra.account_id).code
    taken_over = with_code(platform, hendra.account_id, Role.ADMINISTRATOR, "hendra", code)
    assert refused(platform, taken_over, item_id)


def test_another_administrator_vouches_and_the_tie_ends(platform, ratna, hendra) -> None:
    second = made_by(platform, ratna, Role.ADMINISTRATOR, "kedua")
    item_id = waiting_item(platform, ratna)
    for nobody_else in (ratna, second):
        with pytest.raises(Conflict) as error:
            hands.confirm(platform, nobody_else.actor, second.account_id)
        assert error.value.code in {"confirm_own_hand", "own_account"}
    hands.confirm(platform, hendra.actor, second.account_id)
    assert bank_items.step(platform, second, item_id, ItemState.ACTIVE) is ItemState.ACTIVE
    # A new code by the same hand makes it an open question again.
    staff.issue_code(platform, ratna.actor, second.account_id)
    bank_items.edit(platform, ratna, item_id, difficulty="hard")
    bank_items.step(platform, ratna, item_id, ItemState.IN_REVIEW)
    assert refused(platform, second, item_id)


def test_the_operator_vouches_where_there_is_one_administrator_only(platform, ratna) -> None:
    second = made_by(platform, ratna, Role.ADMINISTRATOR, "kedua")
    item_id = waiting_item(platform, ratna)
    hands.confirm(platform, OPERATOR, second.account_id)
    assert bank_items.step(platform, second, item_id, ItemState.ACTIVE) is ItemState.ACTIVE


def test_a_proctor_cannot_vouch(platform, ratna) -> None:
    second = made_by(platform, ratna, Role.ADMINISTRATOR, "kedua")
    with pytest.raises(NotAllowed):
        hands.confirm(platform, make_staff(platform, Role.PROCTOR).actor, second.account_id)


def test_who_suspended_an_item_does_not_bring_it_back_with_a_second_account(platform, ratna, hendra) -> None:
    item_id = bank_items.approved(platform, hendra, ratna)
    bank_items.step(platform, ratna, item_id, ItemState.SUSPENDED, working=False, reason="kunci digugat")
    second = made_by(platform, ratna, Role.ADMINISTRATOR, "kedua")
    with pytest.raises(NotAllowed, match="move_tied_to_author"):
        bank_items.step(platform, second, item_id, ItemState.ACTIVE, working=False, reason="benar")


def test_voiding_takes_two_people_not_two_accounts(platform, clock, ratna, hendra) -> None:
    case = held_case(platform, clock)
    one, other = (made_by(platform, ratna, Role.PROCTOR, name) for name in ("satu", "lain"))
    review.claim(platform, one.actor, case)
    assert review.decide(platform, one.actor, case, VOID) is CaseState.AWAITING_SECOND
    with pytest.raises(Conflict) as error:
        review.claim(platform, other.actor, case)
    assert error.value.code == "case_tied_to_decider"
    hands.confirm(platform, hendra.actor, other.account_id)
    review.claim(platform, other.actor, case)
    # Tied again while holding the claim: the decision itself asks once more.
    staff.issue_code(platform, ratna.actor, other.account_id)
    with pytest.raises(Conflict) as error:
        review.decide(platform, other.actor, case, VOID)
    assert error.value.code == "case_tied_to_decider"


def test_who_made_the_proctors_does_not_settle_between_them(platform, clock, ratna, hendra) -> None:
    case = held_case(platform, clock)
    first = made_by(platform, ratna, Role.PROCTOR, "satu")
    second = make_staff(platform, Role.PROCTOR)
    for who, ruling in ((first, VOID), (second, CLEAR)):
        review.claim(platform, who.actor, case)
        review.decide(platform, who.actor, case, ruling)
        clock.at += timedelta(minutes=1)
    with pytest.raises(Conflict) as error:
        review.claim(platform, ratna.actor, case)
    assert error.value.code == "case_tied_to_decider"
    review.claim(platform, hendra.actor, case)
