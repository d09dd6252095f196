"""The review of a flagged sitting: every pair of states, and the people it takes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from scoring.reasons import reason_texts
from scoring.review import (
    CLAIMED,
    FINAL,
    TRANSITIONS,
    CaseState,
    Decision,
    ReviewAction,
    ReviewCase,
    Reviewer,
    ReviewRefused,
    allowed,
    claim,
    decide,
    expire,
    release,
    visible_decisions,
)
from scoring.verdict import IntegrityState

S = CaseState
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
ANI, BUDI, CITRA = Reviewer("ani"), Reviewer("budi"), Reviewer("citra", is_administrator=True)
WHY = "A second person reads the questions aloud."

# A row a source state; "+" is allowed, "." refused, in the order of ALL; the reason stands beside.
ALL = (
    S.OPEN,
    S.CLAIMED,
    S.DECIDED,
    S.AWAITING_SECOND,
    S.CLAIMED_SECOND,
    S.ESCALATED,
    S.CLAIMED_THIRD,
    S.CLOSED,
)
TABLE = {
    S.OPEN: ". + . . . . . .",  # nobody decides without claiming
    S.CLAIMED: "+ . + + . . . .",  # given back, decided, or sent to a second person; never closed by one
    S.DECIDED: ". . . . . . . .",  # final
    S.AWAITING_SECOND: ". . . . + . . .",  # never back to open: the first decision stands until somebody answers it
    S.CLAIMED_SECOND: ". . . + . + . +",  # given back, disagreed, or agreed to void
    S.ESCALATED: ". . . . . . + .",  # only an administrator goes on
    S.CLAIMED_THIRD: ". . . . . + . +",  # given back, or decided for good
    S.CLOSED: ". . . . . . . .",  # final
}


def refusal(act: Callable[[], ReviewCase]) -> str:
    with pytest.raises(ReviewRefused) as refused:
        act()
    assert refused.value.code in reason_texts()
    return refused.value.code


def judged(case: ReviewCase, who: Reviewer, choice: Decision) -> ReviewCase:
    return decide(claim(case, who, NOW, HALF_HOUR), who, choice, WHY, NOW)


def case_in(state: CaseState) -> ReviewCase:
    awaiting = judged(ReviewCase(), ANI, Decision.VOID)
    escalated = judged(awaiting, BUDI, Decision.CLEAR)
    return {
        S.OPEN: ReviewCase(),
        S.CLAIMED: claim(ReviewCase(), ANI, NOW, HALF_HOUR),
        S.DECIDED: judged(ReviewCase(), ANI, Decision.CLEAR),
        S.AWAITING_SECOND: awaiting,
        S.CLAIMED_SECOND: claim(awaiting, BUDI, NOW, HALF_HOUR),
        S.ESCALATED: escalated,
        S.CLAIMED_THIRD: claim(escalated, CITRA, NOW, HALF_HOUR),
        S.CLOSED: judged(awaiting, BUDI, Decision.VOID),
    }[state]


def test_the_table_speaks_of_every_state() -> None:
    assert set(ALL) == set(CaseState) == set(TABLE)
    assert all(len(row.split()) == len(ALL) for row in TABLE.values())


@pytest.mark.parametrize(("source", "target"), list(product(ALL, ALL)))
def test_every_pair_of_states_is_as_the_table_says(source: CaseState, target: CaseState) -> None:
    assert allowed(source, target) is (TABLE[source].split()[ALL.index(target)] == "+")


def perform(case: ReviewCase, action: ReviewAction) -> ReviewCase:
    """The action by whoever could take it now, at the time it needs."""
    who = next(
        (person for person in (ANI, BUDI, CITRA) if case.claim and person.person_id == case.claim.person_id),
        CITRA,
    )
    match action:
        case ReviewAction.CLAIM:
            return claim(case, who, NOW, HALF_HOUR)
        case ReviewAction.RELEASE:
            return release(case, who)
        case ReviewAction.EXPIRE:
            return expire(case, NOW + HALF_HOUR)
    return decide(case, who, Decision(action.value), WHY, NOW)


@pytest.mark.parametrize(("state", "action"), list(product(CaseState, ReviewAction)))
def test_the_functions_do_what_the_transitions_say_and_nothing_else(
    state: CaseState, action: ReviewAction
) -> None:
    case = case_in(state)
    target = TRANSITIONS.get((state, action))
    if target is not None:
        assert perform(case, action).state is target
    elif action is ReviewAction.EXPIRE or (action is ReviewAction.CLAIM and state in CLAIMED):
        assert perform(case, action).state is state  # nothing to expire; or one's own claim, made longer
    else:
        assert refusal(lambda: perform(case, action)) == (
            "case_final" if state in FINAL else "case_action_not_now"
        )


@pytest.mark.parametrize("state", CaseState)
def test_a_claim_stands_exactly_in_the_claimed_states(state: CaseState) -> None:
    assert (case_in(state).claim is not None) is (state in CLAIMED)


def test_one_proctor_clears_or_warns_but_never_voids() -> None:
    assert judged(ReviewCase(), ANI, Decision.CLEAR).integrity is IntegrityState.CLEAR
    assert judged(ReviewCase(), ANI, Decision.WARN).integrity is IntegrityState.WARNED
    assert judged(ReviewCase(), ANI, Decision.VOID).integrity is IntegrityState.HELD


def test_two_different_proctors_void() -> None:
    awaiting = judged(ReviewCase(), ANI, Decision.VOID)
    assert refusal(lambda: claim(awaiting, ANI, NOW, HALF_HOUR)) == "case_decided_before"
    assert judged(awaiting, BUDI, Decision.VOID).integrity is IntegrityState.VOIDED


@pytest.mark.parametrize("choice", [Decision.CLEAR, Decision.WARN])
def test_a_disagreement_goes_to_an_administrator_who_was_neither(choice: Decision) -> None:
    escalated = judged(judged(ReviewCase(), ANI, Decision.VOID), BUDI, choice)
    assert escalated.integrity is IntegrityState.HELD
    assert refusal(lambda: claim(escalated, Reviewer("dewi"), NOW, HALF_HOUR)) == "case_needs_administrator"
    first_as_admin = Reviewer("ani", is_administrator=True)
    assert refusal(lambda: claim(escalated, first_as_admin, NOW, HALF_HOUR)) == "case_decided_before"
    assert judged(escalated, CITRA, Decision.CLEAR).integrity is IntegrityState.CLEAR
    assert judged(escalated, CITRA, Decision.VOID).integrity is IntegrityState.VOIDED


def test_the_second_proctor_does_not_read_the_first_ones_reason() -> None:
    awaiting = judged(ReviewCase(), ANI, Decision.VOID)
    second = claim(awaiting, BUDI, NOW, HALF_HOUR)
    assert visible_decisions(second, "budi") == ()
    assert [made.reason for made in visible_decisions(second, "ani")] == [WHY]
    escalated = decide(second, BUDI, Decision.CLEAR, WHY, NOW)
    assert len(visible_decisions(escalated, "citra")) == 2


def test_two_proctors_cannot_hold_one_case() -> None:
    held = claim(ReviewCase(), ANI, NOW, HALF_HOUR)
    assert refusal(lambda: claim(held, BUDI, NOW, HALF_HOUR)) == "case_claimed_by_other"
    assert refusal(lambda: decide(held, BUDI, Decision.CLEAR, WHY, NOW)) == "case_not_yours"
    assert refusal(lambda: release(held, BUDI)) == "case_not_yours"


def test_a_claim_that_has_run_out_frees_the_case_and_decides_nothing() -> None:
    held = claim(ReviewCase(), ANI, NOW, HALF_HOUR)
    later = NOW + HALF_HOUR
    assert expire(held, later - timedelta(seconds=1)) == held
    assert refusal(lambda: decide(held, ANI, Decision.CLEAR, WHY, later)) == "case_claim_expired"
    taken = claim(held, BUDI, later, HALF_HOUR)
    assert taken.claim is not None
    assert taken.claim.person_id == "budi"


def test_a_decision_needs_a_reason_that_somebody_could_read() -> None:
    held = claim(ReviewCase(), ANI, NOW, HALF_HOUR)
    assert refusal(lambda: decide(held, ANI, Decision.CLEAR, "  ok        ", NOW)) == "case_reason_missing"
