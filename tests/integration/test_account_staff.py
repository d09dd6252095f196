"""Administrators make, close and open accounts of staff, and never lock everybody out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest

from examapp.domain.clock import SettableClock
from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from examapp.domain.roles import Role
from examapp.services.people import password_reset, sign_in, staff
from examapp.services.platform import Actor, Platform
from tests.support.people import OPERATOR, Person, make_applicant, make_staff

VISITOR = Actor(request_id="tests")
BORN = date(1998, 4, 12)


def test_staff_set_their_own_password_with_a_code(platform: Platform) -> None:
    made = staff.create_staff(platform, OPERATOR, staff.NewStaff("wati", "Wati Rahayu", Role.PROCTOR))
    for guess in ("", "!", made.code):
        with pytest.raises(Invalid, match="sign_in_failed"):
            sign_in.check_credentials(platform, VISITOR, "wati", guess)
    typed = made.code.lower().replace("-", " ")
    password_reset.reset_with_staff_code(platform, VISITOR, "Wati", typed, "baru sekali 99")
    assert sign_in.check_credentials(platform, VISITOR, "wati", "baru sekali 99").id == made.account_id
    with pytest.raises(Invalid, match="reset_code_wrong"):
        password_reset.reset_with_staff_code(platform, VISITOR, "wati", made.code, "lagi sekali 99")


def test_a_new_staff_code_ends_the_earlier_one_and_the_password(
    platform: Platform, clock: SettableClock
) -> None:
    proctor = make_staff(platform, Role.PROCTOR)
    first = staff.issue_code(platform, OPERATOR, proctor.account_id)
    second = staff.issue_code(platform, OPERATOR, proctor.account_id)
    with pytest.raises(Invalid):
        sign_in.check_credentials(platform, VISITOR, proctor.login, proctor.password)
    with pytest.raises(Invalid):
        password_reset.reset_with_staff_code(platform, VISITOR, proctor.login, first.code, "baru sekali 99")
    clock.at += password_reset.STAFF_CODE_LIFE
    with pytest.raises(Invalid):
        password_reset.reset_with_staff_code(platform, VISITOR, proctor.login, second.code, "baru sekali 99")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_manage_staff(
    platform: Platform, person: Callable[[Role], Person], role: Role
) -> None:
    asker, target = person(role), person(Role.PROCTOR)
    new = staff.NewStaff("wati", "Wati Rahayu", Role.AUDITOR)
    for deed in (
        lambda: staff.create_staff(platform, asker.actor, new),
        lambda: staff.disable_staff(platform, asker.actor, target.account_id),
        lambda: staff.enable_staff(platform, asker.actor, target.account_id),
        lambda: staff.issue_code(platform, asker.actor, target.account_id),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_an_administrator_cannot_close_themself_or_the_last_one(platform: Platform) -> None:
    first, second = (make_staff(platform, Role.ADMINISTRATOR) for _ in range(2))
    with pytest.raises(Conflict, match="own_account"):
        staff.disable_staff(platform, first.actor, first.account_id)
    staff.disable_staff(platform, first.actor, second.account_id)
    with pytest.raises(Conflict, match="last_administrator"):
        staff.disable_staff(platform, OPERATOR, first.account_id)


def test_two_who_disable_each_other_leave_one(platform: Platform) -> None:
    first, second = (make_staff(platform, Role.ADMINISTRATOR) for _ in range(2))

    def close(pair: tuple[Person, Person]) -> str:
        try:
            staff.disable_staff(platform, pair[0].actor, pair[1].account_id)
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(close, [(first, second), (second, first)]))
    assert outcomes == ["account_disabled", "done"]


@pytest.mark.parametrize("login", ["3273011204980001", "ab", "Äpfel", "a" * 41, "a b c", "9abc"])
def test_a_staff_name_can_not_look_like_something_else(platform: Platform, login: str) -> None:
    with pytest.raises(Invalid, match="login_invalid"):
        staff.create_staff(platform, OPERATOR, staff.NewStaff(login, "Wati Rahayu", Role.PROCTOR))


def test_a_taken_staff_name_and_an_applicants_account(platform: Platform) -> None:
    taken, applicant = make_staff(platform, Role.PROCTOR), make_applicant(platform)
    with pytest.raises(Conflict, match="login_taken"):
        staff.create_staff(platform, OPERATOR, staff.NewStaff(taken.login, "Wati", Role.AUDITOR))
    for unknown in (applicant.account_id, uuid4()):
        with pytest.raises(NotFound):
            staff.disable_staff(platform, OPERATOR, unknown)
