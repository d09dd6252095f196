"""The auditor reads words: every deed that the sources write has them, and a chain has its people's name."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import examapp
from examapp.domain.attempt import PartState, Step
from examapp.domain.roles import Role
from examapp.services.platform import Platform
from examapp.services.watching import live_wall
from examapp.web.auditor.deeds import ACTIONS
from question_bank.lifecycle import TRANSITIONS
from question_bank.lifecycle import Step as ItemStep
from tests.support.browserless import Browserless
from tests.support.people import Person, make_applicant, make_staff

# What stands in the gap of an action that is put together.
GAPS = {
    "item.{}": {each.reason for each in TRANSITIONS.values() if isinstance(each, ItemStep)},
    "part_{}": {PartState.SUBMITTED.value, PartState.EXPIRED.value},
    "step_{}": {step.value for step in Step},
    # `records.bank.Media.kind`
    "{}.uploaded": {"picture", "audio", "video"},
}
# Functions that pass on an action which their callers name.
PASSED_ON = {"store_password": -1, "note_viewing": -1}


def written_actions(node: ast.expr) -> set[str]:
    """The actions an argument can stand for; an unknown form of argument fails, so that none goes unseen."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.JoinedStr):
        gap = next(part for part in node.values if isinstance(part, ast.FormattedValue))
        pattern = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        assert pattern in GAPS, f"{pattern}: teach this test what {ast.unparse(gap.value)} can be"
        return {pattern.format(each) for each in GAPS[pattern]}
    if isinstance(node, ast.Attribute):
        return {getattr(live_wall, node.attr)}
    assert ast.unparse(node) == "action", f"teach this test to read {ast.unparse(node)}"
    return set()


def audited() -> Iterator[str]:
    for path in Path(examapp.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name == "audit" and len(call.args) >= 2:
                yield from written_actions(call.args[1])
            elif name in PASSED_ON:
                yield from written_actions(call.args[PASSED_ON[name]])


def test_every_deed_that_the_sources_write_has_words() -> None:
    found = set(audited())
    assert len(found) > 50
    assert found - set(ACTIONS) == set()


@pytest.fixture
def auditor(platform: Platform, visit: Callable[[Person], Browserless]) -> Browserless:
    return visit(make_staff(platform, Role.AUDITOR))


def test_chains_and_deeds_are_named_and_applicants_are_not(platform: Platform, auditor: Browserless) -> None:
    make_staff(platform, Role.PROCTOR, name="lestari")
    make_applicant(platform, name="Sari Wulandari")
    for address in ("/audit/", "/audit/deeds"):
        page = auditor.get(address).get_data(as_text=True)
        assert "Petugas Lestari" in page and "Akun pemohon" in page
        assert "Sari Wulandari" not in page
    deeds = auditor.get("/audit/deeds").get_data(as_text=True)
    assert "Akun petugas dibuat" in deeds and '<code class="deed-code">staff.created</code>' in deeds


def test_a_deed_without_words_is_shown_as_it_stands(platform: Platform, auditor: Browserless) -> None:
    with platform.writing() as tx:
        tx.audit("bank", "deed.of_tomorrow")
    assert "<b>deed.of_tomorrow</b>" in auditor.get("/audit/deeds").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/audit", "/audit/"])
def test_an_address_holds_with_and_without_its_last_slash(auditor: Browserless, address: str) -> None:
    assert auditor.get(address).status_code == 200
