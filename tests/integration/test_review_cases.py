"""Flagged sittings and the people who decide: opened once, claimed by one, voided by two, settled by a third."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Role
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.operations import Job
from examapp.persistence.records.proctoring import ReviewCase
from examapp.persistence.records.results import VerdictRecord
from examapp.services.cases import case_view, conclusion, review
from examapp.services.cases.review import Ruling
from examapp.services.messaging.messages import NullMessages
from examapp.services.outcome.result_view import result_for_applicant
from examapp.services.platform import Actor
from examapp.services.upkeep import jobs
from examapp.services.upkeep.periodic import Periodic
from scoring.review import CaseState, Decision
from tests.support.cases import CLEAR, VOID, unwatched_sitting
from tests.support.people import make_applicant, make_staff
from tests.support.sitting import in_one_go


@pytest.fixture
def unwatched(platform, clock) -> UUID:
    """A sitting that ended without a single picture."""
    return unwatched_sitting(platform, clock)


@pytest.fixture
def case(platform, unwatched) -> UUID:
    Periodic(platform, NullMessages()).round()
    with platform.reading() as db:
        return db.scalars(select(ReviewCase.id)).one()


@pytest.fixture
def proctors(platform):
    return [make_staff(platform, Role.PROCTOR) for _ in range(3)]


def shown_to_applicant(platform) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Why people decided against somebody, as that somebody's own result page says it."""
    with platform.reading() as db:
        attempt = db.scalars(select(Attempt)).one()
    shown = result_for_applicant(platform, Actor(attempt.applicant_id, Role.APPLICANT), attempt.id).integrity
    return shown.reasons, shown.remarks


def integrity(platform) -> str:
    with platform.reading() as db:
        return db.scalars(select(Attempt.integrity)).one()


def deeds(platform, attempt_id: UUID) -> list[str]:
    with platform.reading() as db:
        query = select(AuditEntry.action).where(AuditEntry.chain == f"attempt:{attempt_id}")
        return list(db.scalars(query.order_by(AuditEntry.sequence)))


def test_a_sitting_nobody_saw_is_held_for_people_and_never_judged(platform, unwatched, case) -> None:
    with platform.reading() as db:
        held = db.get_one(ReviewCase, case)
        assert held.state == "open"
        assert held.reasons[0]["kind"] == "no_frames"
        assert db.get_one(VerdictRecord, unwatched).outcome != "voided"
    assert integrity(platform) == "held"


def test_the_conclusion_is_drawn_once_however_often_it_is_asked(platform, unwatched, case, clock) -> None:
    for _ in range(3):
        clock.at += timedelta(minutes=11)
        assert Periodic(platform, NullMessages()).round() == []
    with platform.writing() as tx:
        conclusion.conclude(platform, tx, unwatched, ())
    assert deeds(platform, unwatched).count("case_opened") == 1


def test_a_job_that_fails_is_tried_again_later_and_done_once(platform, unwatched, clock) -> None:
    calls: list[str] = []

    def prepare(_platform, _payload) -> None:
        calls.append("prepare")
        if len(calls) == 1:
            raise OSError("the store does not answer")

    kinds = {"conclude_proctoring": jobs.Kind(prepare, lambda *_: calls.append("finish"))}
    assert jobs.run_due(platform, kinds) == 0
    with platform.reading() as db:
        job = db.scalars(select(Job)).one()
        assert (job.tries, job.done_at) == (1, None)
        assert "does not answer" in job.last_error and job.due_at > clock.at
    assert jobs.run_due(platform, kinds) == 0
    clock.at += timedelta(seconds=5)
    assert [jobs.run_due(platform, kinds) for _ in range(3)] == [1, 0, 0]
    assert calls == ["prepare", "prepare", "finish"]


def test_a_sitting_whose_conclusion_always_fails_reaches_people_instead_of_waiting_for_ever(
    platform, unwatched, clock
) -> None:
    periodic = Periodic(platform, NullMessages())
    kinds = dict(periodic.kinds())

    def broken(_platform, _payload) -> None:
        raise OSError("the store does not answer")

    kinds["conclude_proctoring"] = replace(kinds["conclude_proctoring"], prepare=broken)
    for _ in range(jobs.MOST_TRIES):
        clock.at += timedelta(minutes=11)
        assert jobs.run_due(platform, kinds) == 0
    with platform.reading() as db:
        assert db.scalars(select(Job)).one().done_at is not None
        opened = db.scalars(select(ReviewCase)).one()
        assert opened.reasons == [{"code": "conclusion_failed"}]
        assert db.get_one(Attempt, unwatched).integrity == "held"
        assert db.get_one(VerdictRecord, unwatched).outcome != "voided"


def test_a_process_that_dies_in_a_job_leaves_nothing_half_done(platform, unwatched, clock) -> None:
    class Killed(BaseException):
        """Not an error a runner may catch: the process is gone."""

    def die(platform, tx, payload, prepared) -> None:
        conclusion.conclude(platform, tx, UUID(payload["attempt_id"]), ())
        raise Killed

    kinds = {"conclude_proctoring": jobs.Kind(lambda *_: None, die)}
    with pytest.raises(Killed):
        jobs.run_due(platform, kinds)
    assert integrity(platform) == "unchecked"
    # Held by nobody any more after a while: the next worker does it, once.
    clock.at += jobs.HOLD + timedelta(seconds=1)
    Periodic(platform, NullMessages()).round()
    assert integrity(platform) == "held"
    assert deeds(platform, unwatched).count("case_opened") == 1


def test_two_who_claim_at_once_one_gets_it(platform, case, proctors) -> None:
    found = in_one_go(lambda n: review.claim(platform, proctors[n].actor, case), 3)
    refused = [each for each in found if isinstance(each, Conflict)]
    assert found.count(None) == 1 and [each.code for each in refused] == ["case_claimed_by_other"] * 2


def test_nobody_decides_without_the_claim_or_after_it_ran_out(platform, case, proctors, clock) -> None:
    first, second, _ = proctors
    with pytest.raises(Conflict) as refused:
        review.decide(platform, first.actor, case, CLEAR)
    assert refused.value.code == "case_action_not_now"
    review.claim(platform, first.actor, case)
    with pytest.raises(Conflict) as refused:
        review.decide(platform, second.actor, case, CLEAR)
    assert refused.value.code == "case_not_yours"
    clock.at += review.CLAIM_LENGTH
    with pytest.raises(Conflict) as refused:
        review.decide(platform, first.actor, case, CLEAR)
    assert refused.value.code == "case_claim_expired"
    assert review.expire_claims(platform) == 1
    review.claim(platform, second.actor, case)


def test_one_person_may_clear_and_the_verdict_follows(platform, unwatched, case, proctors) -> None:
    review.claim(platform, proctors[0].actor, case)
    assert review.decide(platform, proctors[0].actor, case, CLEAR) is CaseState.DECIDED
    assert integrity(platform) == "clear"
    assert deeds(platform, unwatched)[-3:] == ["case_decided", "case_closed", "verdict"]


@pytest.mark.parametrize(
    "ruling", [Ruling(Decision.WARN), Ruling(Decision.WARN, (), "ok"), Ruling(Decision.WARN, ("made_up",))]
)
def test_a_decision_without_a_reason_is_refused(platform, case, proctors, ruling) -> None:
    review.claim(platform, proctors[0].actor, case)
    with pytest.raises(Invalid):
        review.decide(platform, proctors[0].actor, case, ruling)
    assert integrity(platform) == "held"


def test_voiding_takes_two_and_the_second_does_not_see_the_first_reason(platform, case, proctors) -> None:
    first, second, _ = proctors
    review.claim(platform, first.actor, case)
    review.decide(platform, first.actor, case, VOID)
    assert integrity(platform) == "held"
    with pytest.raises(Conflict) as refused:
        review.claim(platform, first.actor, case)
    assert refused.value.code == "case_decided_before"
    review.claim(platform, second.actor, case)
    with platform.reading() as db:
        record = review.get_case(db, second.actor, case)
        assert review.readable_decisions(record, second.actor) == []
        assert len(review.readable_decisions(record, first.actor)) == 1
    own_words = Ruling(Decision.VOID, ("another_person_sat",), "Orang lain duduk sejak soal 12.")
    assert shown_to_applicant(platform) == ((), ())
    assert review.decide(platform, second.actor, case, own_words) is CaseState.CLOSED
    assert integrity(platform) == "voided"
    # Not before it is final, then all of it: the applicant has a right to the reasons.
    reasons = ("absent_for_long", "another_person_sat")
    assert shown_to_applicant(platform) == (reasons, ("Orang lain duduk sejak soal 12.",))


def test_two_who_disagree_are_settled_by_an_administrator(platform, case, proctors) -> None:
    first, second, third = proctors
    admin = make_staff(platform, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        review.claim(platform, admin.actor, case)
    with platform.reading() as db, pytest.raises(NotFound):
        case_view.case_view(db, admin.actor, case)
    for who, ruling in ((first, VOID), (second, CLEAR)):
        review.claim(platform, who.actor, case)
        review.decide(platform, who.actor, case, ruling)
    assert integrity(platform) == "held"
    with pytest.raises(Conflict) as refused:
        review.claim(platform, third.actor, case)
    assert refused.value.code == "case_needs_administrator"
    review.claim(platform, admin.actor, case)
    with platform.reading() as db:
        assert len(review.readable_decisions(review.get_case(db, admin.actor, case), admin.actor)) == 2
    review.decide(platform, admin.actor, case, CLEAR)
    assert integrity(platform) == "clear"


def test_only_those_who_may_decide_can_claim(platform, case) -> None:
    for role in (Role.APPLICANT, Role.AUDITOR, Role.PSYCHOLOGIST):
        actor = (make_applicant(platform) if role is Role.APPLICANT else make_staff(platform, role)).actor
        with pytest.raises(NotAllowed):
            review.claim(platform, actor, case)
