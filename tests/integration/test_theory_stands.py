"""A passed theory stands for its application: whoever never began psychology sits that alone, while it counts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part
from examapp.domain.clock import SettableClock
from examapp.domain.errors import Conflict
from examapp.domain.roles import Role
from examapp.persistence.records.attempts import Attempt
from examapp.services.outcome.result_view import result_for_applicant
from examapp.services.platform import Platform
from examapp.services.psychology import signing
from examapp.services.psychology.signing import Decision
from examapp.services.sitting import submission
from scoring.reasons import Reason, describe
from scoring.verdict import Outcome
from tests.support.battery import clear, ready, sit_battery
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import answer_theory, begun

NUMBER = "SIPP 0123-19-2-1"
REASON = "Jawaban menunjukkan kesulitan menahan diri; mohon tes ulang dengan wawancara."


@pytest.fixture
def applicant(platform: Platform) -> Person:
    return make_applicant(platform)


@pytest.fixture
def theory_only(platform: Platform, applicant: Person, clock: SettableClock) -> UUID:
    """A sitting whose theory was passed and whose psychology was never begun; its pictures are not gone through."""
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=30)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    clock.at += timedelta(hours=5)
    assert submission.close_expired(platform) == 1
    return attempt_id


def parts(platform: Platform, attempt_id: UUID) -> list[str]:
    with platform.reading() as db:
        return [part.part for part in db.get_one(Attempt, attempt_id).parts]


def sign(platform: Platform, attempt_id: UUID, decision: Decision) -> Outcome:
    psychologist = make_staff(platform, Role.PSYCHOLOGIST)
    signing.claim(platform, psychologist.actor, attempt_id)
    return signing.sign(platform, psychologist.actor, attempt_id, decision, NUMBER, REASON)


@pytest.mark.parametrize("integrity", ["clear", "warned"])
def test_psychology_is_sat_later_and_alone(platform, applicant, theory_only, integrity) -> None:
    clear(platform, theory_only, integrity)
    shown = result_for_applicant(platform, applicant.actor, theory_only)
    until = datetime(2027, 5, 22, tzinfo=UTC).date()
    assert shown.next_step == describe(Reason("next_psychology_later", {"until": until}))
    second = ready(platform, applicant)
    assert parts(platform, second) == list(PSYCHOLOGY_PARTS)
    sit_battery(platform, applicant, second)
    clear(platform, second)
    assert sign(platform, second, Decision.FIT) == Outcome.PASSED
    with pytest.raises(Conflict, match="sitting_waits_or_passed"):
        ready(platform, applicant)


@pytest.mark.parametrize("integrity", ["unchecked", "held"])
def test_it_waits_until_its_pictures_are_settled(platform, applicant, theory_only, integrity) -> None:
    """Nobody sits psychology on a theory that may yet be voided, nor theory again that may yet stand."""
    clear(platform, theory_only, integrity)
    with pytest.raises(Conflict, match="theory_being_checked"):
        ready(platform, applicant)
    shown = result_for_applicant(platform, applicant.actor, theory_only)
    assert shown.next_step == describe("next_theory_checked")


def test_a_voided_theory_does_not_stand(platform, applicant, theory_only) -> None:
    clear(platform, theory_only, "voided")
    assert Part.THEORY in parts(platform, ready(platform, applicant))


def test_after_its_time_the_theory_is_sat_again(platform, applicant, theory_only, clock) -> None:
    clear(platform, theory_only)
    # Passed on 23 November in Jakarta: six months end with 22 May.
    clock.at = datetime(2027, 5, 22, 16, 30, tzinfo=UTC)
    assert Part.THEORY not in parts(platform, ready(platform, applicant))
    clock.at += timedelta(days=2)
    submission.close_expired(platform)
    assert Part.THEORY in parts(platform, ready(platform, applicant))
    shown = result_for_applicant(platform, applicant.actor, theory_only)
    assert shown.next_step == describe("next_theory_lapsed")


def test_after_an_unfit_signature_the_theory_stands_too(platform, applicant, theory_only) -> None:
    clear(platform, theory_only)
    second = ready(platform, applicant)
    sit_battery(platform, applicant, second)
    clear(platform, second)
    assert sign(platform, second, Decision.UNFIT) == Outcome.FAILED
    assert parts(platform, ready(platform, applicant)) == list(PSYCHOLOGY_PARTS)


def test_a_failed_theory_leaves_nothing_that_stands(platform, applicant) -> None:
    attempt_id = begun(platform, applicant)
    answer_theory(platform, applicant, attempt_id, right=20)
    submission.submit_part(platform, applicant.actor, attempt_id, "theory")
    clear(platform, attempt_id)
    assert Part.THEORY in parts(platform, ready(platform, applicant))
