"""A psychologist takes, signs or declines a report; two at once, too late; and what becomes of the verdict."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part
from examapp.domain.clock import SettableClock
from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Role
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.audit import AuditEntry
from examapp.services.outcome.result_view import result_for_applicant
from examapp.services.platform import Platform
from examapp.services.psychology import signing
from examapp.services.psychology.psychology_desk import queue, report
from examapp.services.psychology.signing import Decision, Declined
from examapp.services.sitting import submission
from scoring.reasons import Reason, describe
from scoring.verdict import Outcome
from tests.support.battery import clear, ready, renewal, sit_battery, sit_part
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import answer_theory, begun, in_one_go

NUMBER = "SIPP 0123-19-2-1"
REASON = "Jawaban menunjukkan kesulitan menahan diri; mohon tes ulang dengan wawancara."


@pytest.fixture
def psychologist(platform: Platform) -> Person:
    return make_staff(platform, Role.PSYCHOLOGIST)


@pytest.fixture
def applicant(platform: Platform) -> Person:
    return renewal(platform)


@pytest.fixture
def waiting(platform: Platform, applicant: Person) -> UUID:
    """A renewal's sitting whose report waits; the camera side was clear."""
    attempt_id = ready(platform, applicant)
    sit_battery(platform, applicant, attempt_id)
    clear(platform, attempt_id)
    return attempt_id


def shown(platform: Platform, applicant: Person, attempt_id: UUID):
    return result_for_applicant(platform, applicant.actor, attempt_id)


def test_a_report_waits_until_it_is_signed_fit_and_then_the_sitting_is_passed(
    platform: Platform, applicant: Person, psychologist: Person, waiting: UUID, clock: SettableClock
) -> None:
    before = shown(platform, applicant, waiting)
    assert before.verdict and before.verdict.outcome == Outcome.AWAITING_SIGNATURE
    assert before.psychology and before.psychology.signed_at is None

    signing.claim(platform, psychologist.actor, waiting)
    assert signing.sign(platform, psychologist.actor, waiting, Decision.FIT, f"  {NUMBER} ") == Outcome.PASSED

    after = shown(platform, applicant, waiting)
    assert after.verdict and after.verdict.outcome == Outcome.PASSED
    assert describe("psychology_fit") in after.verdict.sentences
    assert after.psychology and after.psychology.registration_number == NUMBER
    assert after.psychology.signed_at == clock.at
    # Six months from 23 November, the last day included.
    assert after.psychology.valid_until and after.psychology.valid_until.isoformat() == "2027-05-22"


def test_unfit_needs_a_reason_that_is_read_by_the_applicant(
    platform: Platform, applicant: Person, psychologist: Person, waiting: UUID
) -> None:
    signing.claim(platform, psychologist.actor, waiting)
    with pytest.raises(Invalid) as refused:
        signing.sign(platform, psychologist.actor, waiting, Decision.UNFIT, NUMBER, " terlalu pendek ")
    assert refused.value.params["field"] == "reason"

    signing.sign(platform, psychologist.actor, waiting, Decision.UNFIT, NUMBER, REASON)
    after = shown(platform, applicant, waiting)
    assert after.verdict and after.verdict.outcome == Outcome.FAILED
    assert after.psychology and after.psychology.reason == REASON and after.psychology.valid_until is None
    assert after.retake is not None and describe(after.retake.reason) == after.next_step


@pytest.mark.parametrize("number", ["", "123", "abc-defg", "SIPP <b>1234</b>", "1" * 60])
def test_what_cannot_be_a_registration_number_is_refused(
    platform: Platform, psychologist: Person, waiting: UUID, number: str
) -> None:
    signing.claim(platform, psychologist.actor, waiting)
    with pytest.raises(Invalid) as refused:
        signing.sign(platform, psychologist.actor, waiting, Decision.FIT, number)
    assert refused.value.params["field"] == "registration_number"


def test_a_declined_report_says_why_and_passes_nobody(
    platform: Platform, applicant: Person, psychologist: Person, waiting: UUID
) -> None:
    signing.claim(platform, psychologist.actor, waiting)
    signing.decline(platform, psychologist.actor, waiting, Declined.INVALID, NUMBER, REASON)
    after = shown(platform, applicant, waiting)
    assert after.verdict and after.verdict.outcome == Outcome.AWAITING_SIGNATURE
    assert after.verdict.reasons == ("psychology_declined",)
    assert after.psychology and after.psychology.state == "declined" and after.psychology.reason == REASON
    assert after.next_step == describe("next_declined")


def test_after_a_declined_report_the_psychology_is_sat_again_and_the_theory_stands(
    platform: Platform, psychologist: Person
) -> None:
    applicant = make_applicant(platform)
    first = begun(platform, applicant)
    answer_theory(platform, applicant, first, right=30)
    submission.submit_part(platform, applicant.actor, first, "theory")
    sit_battery(platform, applicant, first)
    clear(platform, first)
    with pytest.raises(Conflict, match="sitting_waits_or_passed"):
        ready(platform, applicant)
    signing.claim(platform, psychologist.actor, first)
    signing.decline(platform, psychologist.actor, first, Declined.INVALID, NUMBER, REASON)
    second = ready(platform, applicant)
    with platform.reading() as db:
        assert [part.part for part in db.get_one(Attempt, second).parts] == list(PSYCHOLOGY_PARTS)
    sit_battery(platform, applicant, second)
    clear(platform, second)
    signing.claim(platform, psychologist.actor, second)
    assert signing.sign(platform, psychologist.actor, second, Decision.FIT, NUMBER) == Outcome.PASSED


def test_a_declined_report_of_a_sitting_under_review_waits_for_the_review(
    platform: Platform, applicant: Person, psychologist: Person, waiting: UUID
) -> None:
    clear(platform, waiting, "held")
    signing.claim(platform, psychologist.actor, waiting)
    signing.decline(platform, psychologist.actor, waiting, Declined.INVALID, NUMBER, REASON)
    with pytest.raises(Conflict, match="sitting_waits_or_passed"):
        ready(platform, applicant)


def test_a_signature_cannot_be_changed(platform: Platform, psychologist: Person, waiting: UUID) -> None:
    signing.claim(platform, psychologist.actor, waiting)
    signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)
    for work in (
        lambda: signing.claim(platform, psychologist.actor, waiting),
        lambda: signing.sign(platform, psychologist.actor, waiting, Decision.UNFIT, NUMBER, REASON),
        lambda: signing.decline(platform, psychologist.actor, waiting, Declined.INVALID, NUMBER, REASON),
    ):
        with pytest.raises(Conflict) as refused:
            work()
        assert refused.value.code == "report_signed"


def test_one_at_a_time_for_thirty_minutes(
    platform: Platform, psychologist: Person, waiting: UUID, clock: SettableClock
) -> None:
    other = make_staff(platform, Role.PSYCHOLOGIST)
    until = signing.claim(platform, psychologist.actor, waiting)
    assert until == clock.at + timedelta(minutes=30)
    with pytest.raises(Conflict, match="report_claimed_by_other"):
        signing.claim(platform, other.actor, waiting)
    with pytest.raises(Conflict, match="report_claimed_by_other"):
        signing.sign(platform, other.actor, waiting, Decision.FIT, NUMBER)

    clock.at = until + timedelta(seconds=1)
    with pytest.raises(Conflict, match="report_claim_expired"):
        signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)
    signing.claim(platform, other.actor, waiting)
    with pytest.raises(Conflict, match="report_claimed_by_other"):
        signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)


def test_whoever_did_not_take_it_cannot_sign_it(
    platform: Platform, psychologist: Person, waiting: UUID
) -> None:
    with pytest.raises(Conflict, match="report_not_claimed"):
        signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)
    signing.claim(platform, psychologist.actor, waiting)
    signing.release(platform, psychologist.actor, waiting)
    with pytest.raises(Conflict, match="report_not_claimed"):
        signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)


def test_two_who_take_it_in_the_same_moment_one_gets_it(platform: Platform, waiting: UUID) -> None:
    people = [make_staff(platform, Role.PSYCHOLOGIST) for _ in range(2)]
    found = in_one_go(lambda n: signing.claim(platform, people[n].actor, waiting), 2)
    refusals = [each for each in found if isinstance(each, Conflict)]
    assert [each.code for each in refusals] == ["report_claimed_by_other"]
    assert sum(isinstance(each, datetime) for each in found) == 1


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.PROCTOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_psychologists_read_and_sign(platform: Platform, waiting: UUID, role: Role) -> None:
    who = make_applicant(platform) if role is Role.APPLICANT else make_staff(platform, role)
    for work in (
        lambda: queue(platform, who.actor),
        lambda: report(platform, who.actor, waiting, "id"),
        lambda: signing.claim(platform, who.actor, waiting),
        lambda: signing.sign(platform, who.actor, waiting, Decision.FIT, NUMBER),
    ):
        with pytest.raises(NotAllowed):
            work()


def test_every_deed_stands_on_the_sitting_s_audit_chain(
    platform: Platform, psychologist: Person, waiting: UUID
) -> None:
    signing.claim(platform, psychologist.actor, waiting)
    signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)
    with platform.reading() as db:
        entries = db.query(AuditEntry).filter_by(chain=f"attempt:{waiting}").order_by(AuditEntry.sequence)
        deeds = [entry for entry in entries if entry.actor_id == psychologist.account_id]
    assert [entry.action for entry in deeds] == ["psychology_claimed", "psychology_signed", "verdict"]
    assert deeds[1].detail == {"decision": "fit", "registration_number": NUMBER}


def test_a_held_sitting_stays_held_after_a_fit_signature(
    platform: Platform, applicant: Person, psychologist: Person, waiting: UUID
) -> None:
    clear(platform, waiting, "held")
    signing.claim(platform, psychologist.actor, waiting)
    outcome = signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)
    assert outcome == Outcome.HELD_FOR_REVIEW
    clear(platform, waiting, "warned")
    after = shown(platform, applicant, waiting)
    assert after.verdict and after.verdict.outcome == Outcome.PASSED
    assert "integrity_warned" in after.verdict.reasons


@pytest.mark.parametrize(
    ("right", "decision", "integrity", "outcome"),
    [
        (30, Decision.FIT, "clear", Outcome.PASSED),
        (21, Decision.FIT, "unchecked", Outcome.HELD_FOR_REVIEW),
        (21, Decision.UNFIT, "held", Outcome.FAILED),
        (25, None, "clear", Outcome.AWAITING_SIGNATURE),
        (25, None, "held", Outcome.HELD_FOR_REVIEW),
        (25, Decision.FIT, "voided", Outcome.VOIDED),
    ],
)
def test_theory_psychology_and_integrity_combine(
    platform: Platform,
    psychologist: Person,
    right: int,
    decision: Decision | None,
    integrity: str,
    outcome: Outcome,
) -> None:
    applicant = make_applicant(platform)
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right)
    submission.submit_part(platform, applicant.actor, attempt_id, Part.THEORY)
    sit_battery(platform, applicant, attempt_id)
    clear(platform, attempt_id, integrity)
    if decision:
        signing.claim(platform, psychologist.actor, attempt_id)
        signing.sign(platform, psychologist.actor, attempt_id, decision, NUMBER, REASON)
    after = shown(platform, applicant, attempt_id)
    assert after.verdict and after.verdict.outcome == outcome
    assert len(after.verdict.sentences) == len(after.verdict.reasons) > 0
    assert after.theory and after.theory.right == right and after.theory.passed


def test_the_result_is_its_owner_s_alone(platform: Platform, waiting: UUID) -> None:
    with pytest.raises(NotFound):
        result_for_applicant(platform, renewal(platform).actor, waiting)


def test_pictures_still_being_checked_are_said_in_words(platform: Platform, applicant: Person) -> None:
    attempt_id = ready(platform, applicant)
    sit_battery(platform, applicant, attempt_id)
    found = result_for_applicant(platform, applicant.actor, attempt_id, "en")
    assert found.verdict and "pictures_being_checked" in found.verdict.reasons
    assert describe("pictures_being_checked", "en") in found.verdict.sentences
    assert found.integrity.state == "unchecked" and found.integrity.frames == 0
    # 23 November and 90 days.
    assert found.integrity.erased_on and found.integrity.erased_on.isoformat() == "2027-02-21"


def test_no_score_is_compared_without_a_norm_and_no_validity_flag_reaches_the_applicant(
    platform: Platform, applicant: Person, psychologist: Person
) -> None:
    attempt_id = ready(platform, applicant)
    sit_battery(platform, applicant, attempt_id, careless=True)
    found = shown(platform, applicant, attempt_id)
    assert found.psychology and len(found.psychology.aspects) == 6
    for aspect in found.psychology.aspects:
        assert aspect["percentile"] is None and aspect["cut_off"] is None
        assert aspect["explanation_text"]
        assert (aspect["norm_text"] == describe("no_norm")) == (aspect["raw"] is not None)
    assert "validity" not in str(found).lower()

    seen = report(platform, psychologist.actor, attempt_id, "id")
    assert describe(Reason("validity_longstring", {"run": 44})) in seen.validity
    assert len(seen.validity) >= 4


def test_a_report_shows_answers_columns_and_arrows_as_they_were_given(
    platform: Platform, psychologist: Person, waiting: UUID
) -> None:
    seen = report(platform, psychologist.actor, waiting, "en")
    assert not seen.validity
    assert [column.answered for column in seen.columns] == [24] * 5
    assert all(column.errors == 1 for column in seen.columns)
    assert len(seen.reactions) == 48 and all(point.right for point in seen.reactions)
    assert len(seen.statements) == 44 and all(each.choice and each.label for each in seen.statements)
    assert {part.part for part in seen.parts} == {part.value for part in PSYCHOLOGY_PARTS}
    assert seen.domains_open == (describe("open_cognitive", "en"),)
    assert seen.registration_number == ""


def test_a_part_that_was_left_out_still_goes_to_a_person(
    platform: Platform, applicant: Person, psychologist: Person, clock: SettableClock
) -> None:
    attempt_id = ready(platform, applicant)
    sit_part(platform, applicant, attempt_id, Part.STATEMENTS)
    clock.at += timedelta(hours=5)
    submission.close_expired(platform)
    seen = report(platform, psychologist.actor, attempt_id, "id")
    assert [part.state for part in seen.parts] == ["submitted", "not_sat", "not_sat"]
    open_ones = [aspect["aspect"] for aspect in seen.aspects if aspect["raw"] is None]
    assert open_ones == ["concentration", "accuracy", "work_endurance"]


def test_the_number_is_kept_for_the_next_report_and_the_oldest_comes_first(
    platform: Platform, psychologist: Person, waiting: UUID, clock: SettableClock
) -> None:
    clock.at += timedelta(minutes=5)
    second = renewal(platform)
    later = ready(platform, second)
    sit_battery(platform, second, later)
    first_in_line, _ = queue(platform, psychologist.actor)
    assert [entry.attempt_id for entry in first_in_line] == [waiting, later]

    signing.claim(platform, psychologist.actor, waiting)
    assert queue(platform, psychologist.actor)[0][0].mine
    signing.sign(platform, psychologist.actor, waiting, Decision.FIT, NUMBER)
    assert report(platform, psychologist.actor, later, "id").registration_number == NUMBER
    now_waiting, decided = queue(platform, psychologist.actor)
    assert [entry.attempt_id for entry in now_waiting] == [later]
    assert [entry.attempt_id for entry in decided] == [waiting]
