"""Applicants ask about their own data, officers answer in time, and erasing waits for whoever still has to decide."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from examapp.domain.clock import SettableClock
from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.proctoring import ReviewCase
from examapp.services.audit import audit_trail
from examapp.services.cases import review
from examapp.services.messaging.messages import NullMessages
from examapp.services.platform import Platform
from examapp.services.privacy import decisions, own_data, requests, retention
from examapp.services.sitting import submission
from examapp.services.upkeep.periodic import Periodic
from examapp.services.upkeep.rounds import Erased
from examapp.services.watching.evidence import open_evidence
from tests.support.battery import clear
from tests.support.cases import CLEAR
from tests.support.evidence import broken, evidence_of, keep_frames
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import answer_theory, begun, keys_of

ANSWER = "Kami sudah memeriksa dan menindaklanjuti permintaan Anda."


@pytest.fixture
def applicant(platform: Platform) -> Person:
    return make_applicant(platform)


@pytest.fixture
def admin(platform: Platform) -> Person:
    return make_staff(platform, Role.ADMINISTRATOR)


@pytest.fixture
def failed(platform: Platform, applicant: Person) -> UUID:
    """A finished sitting with two kept pictures."""
    attempt_id = begun(platform, applicant)
    keep_frames(platform, attempt_id, 2)
    answer_theory(platform, applicant, attempt_id, right=5)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    clear(platform, attempt_id)
    return attempt_id


def state(platform: Platform, person: Person) -> list[tuple[str, str]]:
    return [(each.kind, each.state) for each in requests.own_requests(platform, person.actor)]


def deeds(platform: Platform, chain: str) -> list[str]:
    with platform.reading() as db:
        query = select(AuditEntry.action).where(AuditEntry.chain == chain)
        return list(db.scalars(query.order_by(AuditEntry.sequence)))


def test_a_request_is_due_in_three_days_and_seen_by_both_sides(platform, clock, applicant, admin) -> None:
    asked = requests.ask(platform, applicant.actor, "correction", "  Nama saya Sari Wulan.  ")
    (mine,) = requests.own_requests(platform, applicant.actor)
    assert (mine.state, mine.words, mine.due_at) == (
        "open",
        "Nama saya Sari Wulan.",
        clock.at + timedelta(hours=72),
    )
    (seen,) = decisions.desk(platform, admin.actor)
    assert (seen.request.id, seen.name, seen.holds) == (asked, "Sari Wulandari", ())
    assert decisions.overdue(platform) == 0
    clock.at += timedelta(hours=73)
    assert decisions.overdue(platform) == 1
    decisions.fulfil(platform, admin.actor, asked, ANSWER, name="Sari Wulan")
    assert decisions.desk(platform, admin.actor) == []
    assert decisions.overdue(platform) == 0
    (mine,) = requests.own_requests(platform, applicant.actor)
    assert (mine.state, mine.answer) == ("done", ANSWER)
    with platform.reading() as db:
        assert db.get_one(Account, applicant.account_id).display_name == "Sari Wulan"
    wanted = ["data.asked", "account.name_corrected", "data.done"]
    assert [each for each in deeds(platform, f"account:{applicant.account_id}") if each in wanted] == wanted


def test_what_can_be_asked(platform, applicant, failed) -> None:
    running = begun(platform, applicant)
    for kind, words, sitting in (
        ("anything", "x", None),
        ("correction", "  ", None),
        ("objection", "Saya keberatan.", None),
        ("objection", "Saya keberatan.", running),
        ("erasure", "x" * 1001, None),
    ):
        with pytest.raises(Invalid):
            requests.ask(platform, applicant.actor, kind, words, sitting)
    with pytest.raises(NotFound):
        requests.ask(platform, make_applicant(platform).actor, "objection", "Saya keberatan.", failed)
    with pytest.raises(NotAllowed):
        requests.ask(platform, make_staff(platform, Role.PROCTOR).actor, "access", "")


def test_one_waiting_request_of_a_kind_and_it_can_be_taken_back(platform, applicant, admin) -> None:
    first = requests.ask(platform, applicant.actor, "erasure", "")
    with pytest.raises(Conflict, match="request_waits"):
        requests.ask(platform, applicant.actor, "erasure", "")
    with pytest.raises(NotFound):
        requests.cancel(platform, make_applicant(platform).actor, first)
    requests.cancel(platform, applicant.actor, first)
    assert requests.ask(platform, applicant.actor, "erasure", "")
    with pytest.raises(Conflict, match="request_state"):
        decisions.fulfil(platform, admin.actor, first, ANSWER)


def test_an_answer_is_a_sentence_and_an_officers(platform, applicant, admin) -> None:
    asked = requests.ask(platform, applicant.actor, "access", "")
    for act in (decisions.fulfil, decisions.decline):
        with pytest.raises(Invalid, match="request_answer"):
            act(platform, admin.actor, asked, "ok")
        for role in (Role.PROCTOR, Role.PSYCHOLOGIST, Role.AUDITOR):
            with pytest.raises(NotAllowed):
                act(platform, make_staff(platform, role).actor, asked, ANSWER)
    decisions.decline(platform, admin.actor, asked, ANSWER)
    assert state(platform, applicant) == [("access", "declined")]
    with pytest.raises(Conflict, match="request_state"):
        decisions.decline(platform, admin.actor, asked, ANSWER)


def test_erasing_takes_the_key_and_leaves_chains_that_verify(platform, applicant, admin, failed) -> None:
    kept = evidence_of(platform, failed)
    asked = requests.ask(platform, applicant.actor, "erasure", "Saya tidak jadi.")
    assert decisions.fulfil(platform, admin.actor, asked, ANSWER) == "done"
    with platform.reading() as db, pytest.raises(NotFound, match="person_key_erased"):
        open_evidence(platform, db, db.get_one(Attempt, failed), kept[0].id)
    seen = decisions.one(platform, admin.actor, asked)
    assert (seen.name, seen.request.words, seen.request.answer) == ("–", "", "")
    assert retention.run(platform)["pictures"] == Erased(done=1)
    assert broken(platform, failed) is None
    assert audit_trail.verify_all(platform, files=True).breaks == ()
    port = NullMessages()
    Periodic(platform, port).round()
    assert "dihapus" in port.sent[-1][1]


def test_an_open_case_holds_an_erasure_until_people_have_decided(
    platform: Platform, clock: SettableClock, applicant: Person, admin: Person
) -> None:
    attempt_id = begun(platform, applicant)
    clock.at += timedelta(minutes=10)
    answer_theory(platform, applicant, attempt_id, right=30)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    asked = requests.ask(platform, applicant.actor, "erasure", "")
    assert decisions.one(platform, admin.actor, asked).holds == ("hold_sitting_open",)
    clock.at += timedelta(hours=5)
    submission.close_expired(platform)
    assert decisions.fulfil(platform, admin.actor, asked, ANSWER) == "accepted"
    clock.at += timedelta(seconds=11)
    periodic = Periodic(platform, NullMessages())
    periodic.round()
    assert decisions.one(platform, admin.actor, asked).holds == ("hold_case_open",)
    clock.at += timedelta(minutes=11)
    periodic.round()
    assert state(platform, applicant) == [("erasure", "accepted")]
    proctor = make_staff(platform, Role.PROCTOR)
    with platform.reading() as db:
        case = db.scalars(select(ReviewCase.id)).one()
    review.claim(platform, proctor.actor, case)
    review.decide(platform, proctor.actor, case, CLEAR)
    clock.at += timedelta(minutes=11)
    assert periodic.round() == []
    with platform.reading() as db, pytest.raises(NotFound, match="person_key_erased"):
        platform.vault.person_key(db, applicant.account_id)
    assert audit_trail.verify_all(platform).breaks == ()


def test_an_objection_keeps_the_pictures_until_it_is_answered(
    platform: Platform, clock: SettableClock, applicant: Person, admin: Person, failed: UUID
) -> None:
    asked = requests.ask(platform, applicant.actor, "objection", "Kamera saya rusak.", failed)
    assert "objection_filed" in deeds(platform, f"attempt:{failed}")
    clock.at += timedelta(days=platform.config.retention_days + 1)
    assert retention.run(platform)["pictures"] == Erased()
    decisions.decline(platform, admin.actor, asked, ANSWER)
    assert retention.run(platform)["pictures"] == Erased(done=1)


def test_the_copy_holds_what_is_ones_own_and_no_key(platform, applicant, failed) -> None:
    other = make_applicant(platform, name="Orang Lain")
    begun(platform, other)
    copy = own_data.own_data(platform, applicant.actor)
    assert (copy["person"]["nik"], copy["person"]["name"]) == (applicant.login, "Sari Wulandari")
    (sitting,) = copy["sittings"]
    assert len(sitting["events"]) == 30
    assert len(sitting["kept_pictures"]) == 2
    assert sitting["result"]["verdict"]["outcome"] == "failed"
    text = str(copy)
    assert "Orang Lain" not in text
    assert other.login not in text
    chosen = {each["item"]: each["value"] for each in sitting["events"]}
    assert chosen.keys() == keys_of(platform, failed).keys()
    assert "'key'" not in text
    assert "explanation" not in str(sitting["events"])
    assert deeds(platform, f"account:{applicant.account_id}")[-1] == "data.copy_taken"
