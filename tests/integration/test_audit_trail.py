"""Tampering with the chains shows, whatever was done to them; and what was not done is not reported."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from examapp.domain import chain as chains
from examapp.domain.errors import NotFound
from examapp.domain.roles import Role
from examapp.persistence import audit_log
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.audit import AuditEntry, AuditHead
from examapp.services.audit import audit_trail
from examapp.services.people import accounts, password_reset
from examapp.services.platform import Actor, Platform
from examapp.services.sitting import sittings
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import in_one_go


@pytest.fixture
def busy(platform: Platform) -> Person:
    """Somebody with a chain of three deeds, beside two others."""
    make_applicant(platform)
    person = make_staff(platform, Role.PROCTOR)
    accounts.change_language(platform, person.actor, "en")
    make_staff(platform, Role.AUDITOR)
    return person


def _resign_shorter(session: Session, chain: str) -> None:
    """Cut the last entry and move the head back, without the key to sign it."""
    session.execute(delete(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.sequence == 3))
    last = session.scalars(
        select(AuditEntry.hash).where(AuditEntry.chain == chain, AuditEntry.sequence == 2)
    ).one()
    session.execute(update(AuditHead).where(AuditHead.chain == chain).values(length=2, head=last))


def _delete_whole(session: Session, chain: str) -> None:
    session.execute(delete(AuditEntry).where(AuditEntry.chain == chain))
    session.execute(delete(AuditHead).where(AuditHead.chain == chain))


def _add_after_the_end(session: Session, chain: str) -> None:
    last = session.scalars(select(AuditEntry).where(AuditEntry.chain == chain)).all()[-1]
    session.add(AuditEntry(chain=chain, sequence=4, at=last.at, action="nothing", detail={}, hash=last.hash))


def _swap_two(session: Session, chain: str) -> None:
    two, three = (session.get_one(AuditEntry, (chain, number)) for number in (2, 3))
    two.action, three.action = three.action, two.action


def _change_detail(session: Session, chain: str) -> None:
    session.get_one(AuditEntry, (chain, 1)).detail = {"login": "somebody", "role": "administrator"}


TAMPERING: dict[str, Callable[[Session, str], None]] = {
    "changed": lambda session, chain: (
        session.execute(
            update(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.sequence == 2).values(action="x")
        )
        and None
    ),
    "changed detail": _change_detail,
    "changed order": _swap_two,
    "missing": lambda session, chain: (
        session.execute(delete(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.sequence == 2))
        and None
    ),
    "truncated": lambda session, chain: (
        session.execute(delete(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.sequence == 3))
        and None
    ),
    "added": _add_after_the_end,
    "signature": _resign_shorter,
    "head": lambda session, chain: (
        session.execute(delete(AuditHead).where(AuditHead.chain == chain)) and None
    ),
    "lost": _delete_whole,
}
# An entry put past the end is told by its hash before its place can be.
REASONS = {"changed detail": "changed", "changed order": "changed", "added": "changed"}


def test_untouched_chains_hold(platform: Platform, busy: Person) -> None:
    found = audit_trail.verify_all(platform)
    assert found.holds
    assert found.chains == 3


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found_and_named(platform: Platform, busy: Person, kind: str) -> None:
    chain = f"account:{busy.account_id}"
    with platform.database.writing() as session:
        TAMPERING[kind](session, chain)
    found = audit_trail.verify_all(platform)
    assert {each.chain for each in found.breaks} == {chain}
    assert REASONS.get(kind, kind) in {each.reason for each in found.breaks}


@pytest.fixture
def sitting(platform: Platform) -> Attempt:
    person = make_applicant(platform)
    with platform.reading() as session:
        application = session.scalars(
            select(Application.id).where(Application.applicant_id == person.account_id)
        ).one()
    attempt_id = sittings.prepare(platform, person.actor, application)
    with platform.reading() as session:
        return session.get_one(Attempt, attempt_id)


def test_an_event_slipped_into_a_sitting_is_found(platform: Platform, sitting: Attempt) -> None:
    assert audit_trail.verify_all(platform).holds
    with platform.database.writing() as session:
        session.add(
            AttemptEvent(
                attempt_id=sitting.id,
                sequence=1,
                client_uuid=sitting.id,
                client_sequence=1,
                epoch=1,
                part="theory",
                kind="answer",
                item_id="x",
                value='["a"]',
                received_at=sitting.created_at,
                late=False,
                hash=chains.GENESIS,
            )
        )
    [found] = audit_trail.verify_all(platform).breaks
    assert found.chain == f"events:{sitting.id}"


def test_a_sittings_end_moved_without_the_key_is_found(platform: Platform, sitting: Attempt) -> None:
    with platform.database.writing() as session:
        session.execute(update(Attempt).values(event_head=chains.link(chains.GENESIS, {})))
    [found] = audit_trail.verify_all(platform).breaks
    assert (found.chain, found.reason) == (f"events:{sitting.id}", "signature")
    assert not audit_trail.verify_one(platform, f"events:{sitting.id}").holds


def test_a_chain_that_is_not_there_is_not_verified(platform: Platform) -> None:
    for name in ("account:nobody", "events:nothing", "events:00000000-0000-0000-0000-000000000000"):
        with pytest.raises(NotFound):
            audit_trail.verify_one(platform, name)


def test_deeds_are_found_by_action_actor_and_day(platform: Platform, busy: Person) -> None:
    now = platform.clock.now()
    wanted = audit_trail.DeedFilter
    by_action, _ = audit_trail.deeds(platform, wanted(action="language.changed"))
    assert [each.actor for each in by_action] == [busy.login]
    by_actor, _ = audit_trail.deeds(platform, wanted(actor=busy.login.upper()))
    assert {each.action for each in by_actor} == {"language.changed"}
    assert audit_trail.deeds(platform, wanted(until=now))[0] == []
    assert len(audit_trail.deeds(platform, wanted(since=now), size=2)[0]) == 2


def test_no_deed_names_a_nik_or_an_applicant(platform: Platform) -> None:
    person = make_applicant(platform, name="Nama Rahasia")
    accounts.change_language(platform, person.actor, "en")
    found, _ = audit_trail.deeds(platform, audit_trail.DeedFilter())
    assert person.login not in repr(found)
    assert "Rahasia" not in repr(found)


def test_the_command_exits_with_one_and_names_the_break(
    platform: Platform, busy: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    from examapp.cli.audit import audit

    monkeypatch.setenv("SIMEXAM_INSTANCE", str(platform.config.instance))
    monkeypatch.setenv("SIMEXAM_DATABASE_URL", platform.config.database_url)
    held = CliRunner().invoke(audit, ["verify", "--json"])
    assert held.exit_code == 0
    assert json.loads(held.stdout)["holds"] is True
    with platform.database.writing() as session:
        TAMPERING["missing"](session, f"account:{busy.account_id}")
    broken = CliRunner().invoke(audit, ["verify", "--json"])
    assert broken.exit_code == 1
    told = json.loads(broken.stdout)["first_break"]
    assert told == {"chain": f"account:{busy.account_id}", "sequence": 2, "reason": "missing"}


def test_of_many_first_deeds_on_one_chain_none_is_lost_or_refused(platform: Platform) -> None:
    asked = in_one_go(lambda _: password_reset.ask_for_code(platform, Actor(request_id="tests"), "nobody"), 8)
    assert not [each for each in asked if isinstance(each, Exception)]
    with platform.reading() as session:
        assert session.get_one(AuditHead, password_reset.UNKNOWN_CHAIN).length == 8
        links = audit_log.stored_links(session, password_reset.UNKNOWN_CHAIN)
        assert [link.sequence for link in links] == list(range(1, 9))
