"""`simexam accounts` and `simexam demo`, as an operator types them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from examapp.cli import main
from examapp.cli.demo import APPLICANTS, PASSWORD, STAFF, make_demo
from examapp.domain.errors import Refusal
from examapp.domain.roles import Role
from examapp.services.audit import audit_trail
from examapp.services.people import password_reset, sign_in
from examapp.services.platform import Actor, Platform

VISITOR = Actor(request_id="tests")
Run = Callable[..., Result]


@pytest.fixture
def run(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SIMEXAM_INSTANCE", str(platform.config.instance))
    monkeypatch.setenv("SIMEXAM_DATABASE_URL", platform.config.database_url)
    return lambda *words, **options: CliRunner().invoke(main, list(words), **options)


def test_the_first_administrator_comes_from_the_command_line(run: Run, platform: Platform) -> None:
    made = run("accounts", "create", "kepala", "--role", "administrator", "--name", "Kepala Satpas")
    code = re.search(r"kepala: ([A-Z0-9-]{19})", made.stdout)
    assert code
    password_reset.reset_with_staff_code(platform, VISITOR, "kepala", code[1], "milik saya 12")
    assert sign_in.check_credentials(platform, VISITOR, "kepala", "milik saya 12").role == "administrator"
    last = run("accounts", "disable", "kepala")
    assert last.exit_code == 1
    assert "last administrator" in last.stderr


def test_a_password_may_come_from_standard_input(run: Run, platform: Platform) -> None:
    words = ("accounts", "create", "wati", "--role", "proctor", "--password-stdin")
    assert run(*words, input="milik saya 12\n").exit_code == 0
    assert sign_in.check_credentials(platform, VISITOR, "wati", "milik saya 12").role == "proctor"
    again = run(*words, input="milik saya 12\n")
    assert again.exit_code == 1
    assert "taken" in again.stderr


def test_disabled_and_open_again_shows_in_the_list(run: Run) -> None:
    run("accounts", "create", "wati", "--role", "proctor")
    run("accounts", "disable", "wati")
    assert re.search(r"wati +proctor +disabled", run("accounts", "list").stdout)
    run("accounts", "enable", "wati")
    assert re.search(r"wati +proctor +open", run("accounts", "list").stdout)
    assert run("accounts", "disable", "nobody").exit_code == 1


def test_the_demo_has_everybody_and_can_be_called_again(run: Run, platform: Platform) -> None:
    first = run("demo")
    assert first.exit_code == 0
    assert run("demo").exit_code == 0
    for person in STAFF:
        found = sign_in.check_credentials(platform, VISITOR, person.login, PASSWORD)
        assert (found.role, found.demo) == (person.role, True)
        assert person.login in first.stdout
    for applicant in APPLICANTS:
        found = sign_in.check_credentials(platform, VISITOR, applicant.nik, PASSWORD)
        assert (found.role, found.demo) == (Role.APPLICANT, True)
    assert [each.role for each in STAFF].count(Role.ADMINISTRATOR) == 2
    assert [each.role for each in STAFF].count(Role.PROCTOR) == 2
    assert audit_trail.verify_all(platform).holds


def test_no_demo_where_others_can_reach_it(platform: Platform) -> None:
    reachable = replace(platform, config=replace(platform.config, loopback=False))
    with pytest.raises(Refusal, match="demo_off_loopback"):
        make_demo(reachable)
