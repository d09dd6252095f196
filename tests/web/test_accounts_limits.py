"""Cookies on loopback and off it, and rate limits that stop guessing without locking anybody out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from examapp.app import create_app
from examapp.config import Config
from examapp.domain.clock import SettableClock
from examapp.domain.roles import Role
from examapp.extensions import limiter
from examapp.services.platform import Platform
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import PASSWORD, Person, make_applicant, make_nik, make_staff

pytestmark = only_sqlite
Visit = Callable[[Person | None], Browserless]
BORN = date(1998, 4, 12)


def test_cookies_on_loopback_and_off_it(client: Browserless, config: Config, clock: SettableClock) -> None:
    plain = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain
    reachable = create_app(replace(config, loopback=False, https=True), clock)
    answer = reachable.test_client().get("/sign-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-simexam=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert answer.headers["Cache-Control"] == "no-store"
    reachable.extensions["simexam"].database.dispose()


@pytest.fixture
def limited(config: Config, clock: SettableClock, platform: Platform) -> Iterator[Flask]:
    """An app whose rate limits count."""
    made = create_app(replace(config, rate_limits=True), clock)
    limiter.reset()
    yield made
    limiter.reset()
    limiter.enabled = False
    made.extensions["simexam"].database.dispose()


def test_guessing_closes_a_name_to_strangers_and_not_to_the_owners_device(
    limited: Flask, platform: Platform
) -> None:
    person = make_staff(platform, Role.PROCTOR)
    own_device = Browserless(limited)
    assert own_device.sign_in(person.login, PASSWORD).status_code == 302
    own_device.sign_out()
    stranger = Browserless(limited)
    answers = [stranger.sign_in(person.login, f"tebakan {number}").status_code for number in range(7)]
    assert answers[:5] == [422] * 5
    assert 429 in answers[5:]
    assert stranger.sign_in(person.login, PASSWORD).status_code == 429
    assert own_device.sign_in(person.login, PASSWORD).status_code == 302


def test_a_name_that_does_not_exist_is_closed_alike(limited: Flask) -> None:
    stranger = Browserless(limited)
    answers = [stranger.sign_in("tidak.ada", f"tebakan {number}").status_code for number in range(7)]
    assert answers[:5] == [422] * 5
    assert 429 in answers[5:]


def test_a_quick_hand_at_the_exam_is_never_told_to_slow_down(limited: Flask, platform: Platform) -> None:
    """Five presses a second for half a minute, as somebody taps at the symbols who wants to be done."""
    hand = Browserless(limited)
    hand.sign_in(make_applicant(platform).login, PASSWORD)
    presses = [hand.post(f"/api/v1/attempts/{uuid4()}/events", json={"events": []}) for _ in range(150)]
    assert {answer.status_code for answer in presses} == {422}  # refused for being empty, not for being many


def test_codes_can_not_be_asked_for_without_end(limited: Flask) -> None:
    stranger, nik = Browserless(limited), make_nik(BORN)
    answers = [stranger.post("/forgotten", {"login": nik}).status_code for _ in range(7)]
    assert answers[:5] == [302] * 5
    assert answers[-1] == 429
