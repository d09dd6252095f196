"""Every period of the policy is kept: what is over goes, what is held stays, and the chains still verify."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from examapp.cli import main
from examapp.domain.clock import SettableClock
from examapp.domain.errors import Invalid, NotFound
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account, HelpRequest
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.operations import Message
from examapp.persistence.records.results import PsychologyReport
from examapp.services.audit import audit_trail
from examapp.services.outcome.result_view import result_for_applicant
from examapp.services.people import help_desk, sign_in
from examapp.services.people.help_desk import Contact
from examapp.services.platform import Actor, Platform
from examapp.services.privacy import retention
from examapp.services.privacy.erasure import erase_person
from examapp.services.psychology import signing
from examapp.services.psychology.signing import Decision
from examapp.services.upkeep.rounds import Erased
from tests.support.battery import clear, ready, renewal, sit_battery
from tests.support.people import Person, make_applicant, make_staff

NUMBER = "SIPP 0123-19-2-1"
REASON = "Jawaban menunjukkan kesulitan menahan diri; mohon tes ulang dengan wawancara."
YEARS = timedelta(days=366 * 5)


def verified(platform: Platform) -> tuple[object, ...]:
    return audit_trail.verify_all(platform, files=True).breaks


@pytest.fixture
def signed(platform: Platform) -> tuple[Person, UUID]:
    """A renewal whose psychology was signed unfit: answers, figures and a reason are kept."""
    applicant = renewal(platform)
    attempt_id = ready(platform, applicant)
    sit_battery(platform, applicant, attempt_id)
    clear(platform, attempt_id)
    psychologist = make_staff(platform, Role.PSYCHOLOGIST)
    signing.claim(platform, psychologist.actor, attempt_id)
    signing.sign(platform, psychologist.actor, attempt_id, Decision.UNFIT, NUMBER, REASON)
    return applicant, attempt_id


def test_answers_and_figures_go_after_their_years_and_the_outcome_stays(platform, clock, signed) -> None:
    applicant, attempt_id = signed
    clock.at += timedelta(days=365 * 5 - 1)
    assert not any(retention.run(platform)[name].done for name in ("answers", "psychology"))
    clock.at += timedelta(days=4)
    found = retention.run(platform)
    assert (found["answers"], found["psychology"]) == (Erased(done=1), Erased(done=1))
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(AttemptEvent)) == 0
        report = db.get_one(PsychologyReport, attempt_id)
        assert (report.state, report.registration_number) == ("signed_unfit", NUMBER)
        assert (report.reason, report.data["aspects"]) == (None, [])
    shown = result_for_applicant(platform, applicant.actor, attempt_id)
    assert shown.verdict and shown.verdict.outcome == "failed"
    assert verified(platform) == ()
    assert not any(each.done for each in retention.run(platform).values())


def test_answers_that_vanish_without_a_deed_show_as_a_break(platform, signed) -> None:
    """An emptied chain passes only where the sitting's own chain says that it was erased."""
    from examapp.domain import chain as chains
    from examapp.persistence.event_log import chain_name

    _, attempt_id = signed
    with platform.writing() as tx:
        attempt = tx.session.get_one(Attempt, attempt_id)
        for event in tx.session.scalars(select(AttemptEvent)):
            tx.session.delete(event)
        key = bytes.fromhex(platform.secrets.audit_key)
        attempt.event_count, attempt.event_head = 0, chains.GENESIS
        attempt.event_signature = chains.sign_checkpoint(key, chain_name(attempt_id), 0, chains.GENESIS)
    assert [each.reason for each in verified(platform)] == ["truncated"]


def test_a_hold_keeps_what_people_still_need(platform, clock, signed) -> None:
    _, attempt_id = signed
    with platform.writing() as tx:
        tx.session.get_one(PsychologyReport, attempt_id).state = "awaiting_signature"
    clock.at += YEARS
    assert not any(retention.run(platform)[name].done for name in ("answers", "psychology"))


def test_a_registration_nobody_used_goes_and_its_nik_is_free_again(
    platform: Platform, clock: SettableClock
) -> None:
    unused, seen_lately = make_applicant(platform), make_applicant(platform)
    sat = renewal(platform)
    sit_battery(platform, sat, ready(platform, sat))
    clock.at += timedelta(days=80)
    sign_in.check_credentials(platform, Actor(), seen_lately.login, seen_lately.password)
    clock.at += timedelta(days=11)
    assert retention.run(platform)["registrations"] == Erased(done=1)
    with pytest.raises(Invalid, match="sign_in_failed"):
        sign_in.check_credentials(platform, Actor(), unused.login, unused.password)
    for person in (seen_lately, sat):
        assert sign_in.check_credentials(platform, Actor(), person.login, person.password)
    with platform.reading() as db, pytest.raises(NotFound, match="person_key_erased"):
        platform.vault.person_key(db, unused.account_id)
    assert verified(platform) == ()


def test_a_demonstration_keeps_its_people(platform: Platform, clock: SettableClock) -> None:
    person = make_applicant(platform)
    with platform.writing() as tx:
        tx.session.get_one(Account, person.account_id).demo = True
    clock.at += YEARS
    assert retention.run(platform)["registrations"] == Erased()


def test_messages_and_answered_requests_for_help_go(platform: Platform, clock: SettableClock) -> None:
    admin = make_staff(platform, Role.ADMINISTRATOR)
    asked = [
        help_desk.ask_for_help(platform, Actor(), "other", Contact("Sari", "081234567890", "Tolong."))
        for _ in range(2)
    ]
    help_desk.answer_request(platform, admin.actor, asked[0], "Datang ke Satpas.")
    clock.at += timedelta(days=31)
    assert retention.run(platform)["messages"] == Erased(done=1)
    clock.at += timedelta(days=150)
    assert retention.run(platform)["help"] == Erased(done=1)
    gone, waiting = (help_desk.get_request(platform, each) for each in asked)
    assert (gone.contact.name, gone.contact.words, gone.answer) == ("–", "–", "–")
    # Whoever still waits for an answer is not forgotten.
    assert waiting.contact.words == "Tolong."
    with platform.reading() as db:
        assert db.scalar(select(func.count()).select_from(Message)) == 0
        assert db.scalar(select(func.count()).select_from(HelpRequest)) == 2


def test_an_erased_person_is_named_nowhere_and_the_chains_hold(platform, clock, signed) -> None:
    applicant, attempt_id = signed
    with platform.writing() as tx:
        erase_person(platform, tx, applicant.account_id, "requested")
    with platform.reading() as db:
        account = db.get_one(Account, applicant.account_id)
        assert (account.display_name, account.applicant.birth_date.year) == ("–", 1900)
        assert db.get_one(PsychologyReport, attempt_id).data["aspects"] == []
        with pytest.raises(NotFound, match="person_key_erased"):
            platform.vault.open_for(db, applicant.account_id, account.applicant.nik_cipher, "nik")
    assert verified(platform) == ()


@pytest.fixture
def run(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    monkeypatch.setenv("SIMEXAM_INSTANCE", str(platform.config.instance))
    monkeypatch.setenv("SIMEXAM_DATABASE_URL", platform.config.database_url)
    return lambda *words: CliRunner().invoke(main, ["retention", *words])


def test_an_operator_sees_what_is_due_and_erases_it(platform, run) -> None:
    """The command reads the machine's own clock, so what is due is made due by its date."""
    with platform.writing() as tx:
        past = tx.now - YEARS
        tx.session.add(Message(kind="x", address_cipher=b"", text_cipher=b"", created_at=past))
    assert json.loads(run("--dry-run", "--json").stdout)["messages"] == {"due": 1}
    assert json.loads(run("--json").stdout)["messages"] == {"erased": 1, "failed": 0}
    assert "messages: 0 due" in run("--dry-run").stdout
