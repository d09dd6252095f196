"""The applicant's pages without a browser: their order, whose they are, what they must say."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from examapp.domain.attempt import Step
from examapp.persistence.records.accounts import Application, Consent
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.platform import Platform
from examapp.services.sitting import sittings
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import Person, make_applicant
from tests.support.sitting import application_of, begun, keys_of, prepared

pytestmark = only_sqlite
Visit = Callable[[Person | None], Browserless]
GUARDIAN = {"guardian_name": "Budi Santoso", "guardian_phone": "0812 3456 7890"}


def new_attempt(platform: Platform, person: Person) -> UUID:
    seed_shipped_items(platform)
    return sittings.prepare(platform, person.actor, application_of(platform, person))


def test_a_new_sitting_begins_with_the_consent_and_is_not_made_twice(
    platform: Platform, visit: Visit
) -> None:
    person = make_applicant(platform)
    visitor = visit(person)
    address = f"/applications/{application_of(platform, person)}/sittings"
    first, second = visitor.post(address), visitor.post(address)
    assert first.headers["Location"] == second.headers["Location"]
    assert visitor.get(first.headers["Location"]).headers["Location"].endswith("/consent")


def test_no_step_can_be_jumped(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    attempt_id = new_attempt(platform, person)
    visitor = visit(person)
    for step in ("briefing/1", "camera", "photo", "practice", "exam", "result"):
        answer = visitor.get(f"/sittings/{attempt_id}/{step}")
        assert answer.status_code == 302, step
        assert answer.headers["Location"].endswith("/consent"), step


def test_the_briefing_is_gone_through_page_by_page(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    attempt_id = new_attempt(platform, person)
    sittings.complete_step(platform, person.actor, attempt_id, Step.CONSENT)
    visitor = visit(person)
    last = f"/sittings/{attempt_id}/briefing/5"
    assert visitor.get(last).status_code == 302
    assert visitor.post(last).status_code == 302
    with platform.reading() as db:
        assert Step.BRIEFING not in sittings.own_attempt(db, person.actor, attempt_id).steps
    for number in range(1, 6):
        assert visitor.get(f"/sittings/{attempt_id}/briefing/{number}").status_code == 200
        visitor.post(f"/sittings/{attempt_id}/briefing/{number}")
    with platform.reading() as db:
        assert Step.BRIEFING in sittings.own_attempt(db, person.actor, attempt_id).steps


def test_under_eighteen_a_guardian_is_asked_for_and_kept_sealed(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform, birth_date=date(2009, 5, 1))
    attempt_id = new_attempt(platform, person)
    visitor = visit(person)
    page = f"/sittings/{attempt_id}/consent"
    assert 'name="guardian_name"' in visitor.get(page).get_data(as_text=True)
    refused = visitor.post(page, {"agree": "y", "guardian_name": "", "guardian_phone": "12"})
    assert refused.status_code == 200
    assert visitor.post(page, {"agree": "y", **GUARDIAN}).status_code == 302
    with platform.reading() as db:
        sealed = db.query(Consent).filter(Consent.attempt_id == attempt_id).one().guardian_cipher
        assert sealed and b"Budi" not in sealed
        assert platform.vault.open_for(db, person.account_id, sealed, "guardian").startswith("Budi Santoso")


def test_an_adult_is_not_asked_for_a_guardian(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    attempt_id = new_attempt(platform, person)
    assert "guardian_name" not in visit(person).get(f"/sittings/{attempt_id}/consent").get_data(as_text=True)


def test_without_agreement_there_is_no_consent(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    attempt_id = new_attempt(platform, person)
    visit(person).post(f"/sittings/{attempt_id}/consent", {})
    with platform.reading() as db:
        assert db.query(Consent).filter(Consent.attempt_id == attempt_id).count() == 0


def test_somebody_elses_sitting_looks_like_none(platform: Platform, visit: Visit) -> None:
    owner, other = make_applicant(platform), make_applicant(platform)
    attempt_id = begun(platform, owner)
    visitor = visit(other)
    for page in ("", "/consent", "/briefing/1", "/camera", "/photo", "/practice", "/exam", "/result"):
        assert visitor.get(f"/sittings/{attempt_id}{page}").status_code == 404, page
    assert visitor.post(f"/applications/{application_of(platform, owner)}/sittings").status_code == 404
    assert visitor.post(f"/sittings/{attempt_id}/upload-check", csrf=True).status_code == 404


def test_the_exam_page_carries_neither_questions_nor_keys(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    attempt_id = begun(platform, person)
    text = visit(person).get(f"/sittings/{attempt_id}/exam").get_data(as_text=True)
    assert not [item for item in keys_of(platform, attempt_id) if item in text]


def test_a_class_without_a_blueprint_is_shown_as_not_yet_available(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    with platform.writing() as tx:
        tx.session.get_one(Application, application_of(platform, person)).licence_class = "E"
    text = visit(person).get("/home").get_data(as_text=True)
    assert "SIM E" in text
    assert "/sittings" not in text


def test_a_prepared_sitting_goes_on_at_the_exam(platform: Platform, visit: Visit) -> None:
    person = make_applicant(platform)
    attempt_id = prepared(platform, person)
    visitor = visit(person)
    assert visitor.get(f"/sittings/{attempt_id}").headers["Location"].endswith("/exam")
    assert f"/sittings/{attempt_id}/exam" in visitor.get("/home").get_data(as_text=True)
