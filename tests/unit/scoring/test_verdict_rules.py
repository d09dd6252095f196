"""The verdict, over every combination of its inputs."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from scoring.policy import rules_on
from scoring.reasons import reason_texts
from scoring.responses import answer_sheet
from scoring.theory import KeyedItem, TheoryResult, score_theory
from scoring.verdict import IntegrityState, Outcome, PsychologyState, Verdict, combine

FAILED = score_theory([KeyedItem("i", 1, "a", "t")], answer_sheet([]), rules_on(date(2026, 1, 1)).theory)
PASSED = replace(FAILED, right=1, points=1, passed=True)

P, I, O = PsychologyState, IntegrityState, Outcome  # noqa: E741
PRODUCT = list(product([None, FAILED, PASSED], [True, False], PsychologyState, IntegrityState))

# (theory, psychology) when theory is required → outcome with integrity clear, held, warned, voided; and why.
TABLE: dict[tuple[str, PsychologyState], tuple[Outcome, Outcome, Outcome, Outcome]] = {
    # Nothing finished: a flag changes nothing yet, two people may still void.
    ("open", P.NOT_REQUIRED): (O.IN_PROGRESS, O.IN_PROGRESS, O.IN_PROGRESS, O.VOIDED),
    ("open", P.INCOMPLETE): (O.IN_PROGRESS, O.IN_PROGRESS, O.IN_PROGRESS, O.VOIDED),
    ("open", P.AWAITING_SIGNATURE): (O.IN_PROGRESS, O.IN_PROGRESS, O.IN_PROGRESS, O.VOIDED),
    ("open", P.SIGNED_FIT): (O.IN_PROGRESS, O.IN_PROGRESS, O.IN_PROGRESS, O.VOIDED),
    ("open", P.DECLINED): (O.IN_PROGRESS, O.IN_PROGRESS, O.IN_PROGRESS, O.VOIDED),
    # A psychologist's signed "unfit" is final in itself.
    ("open", P.SIGNED_UNFIT): (O.FAILED, O.FAILED, O.FAILED, O.FAILED),
    ("passed", P.SIGNED_UNFIT): (O.FAILED, O.FAILED, O.FAILED, O.FAILED),
    # A failed theory is a fail whatever else is.
    **{("failed", state): (O.FAILED, O.FAILED, O.FAILED, O.FAILED) for state in P},
    # A passed theory waits for psychology; a flag holds what would pass or wait for its signature.
    ("passed", P.NOT_REQUIRED): (O.PASSED, O.HELD_FOR_REVIEW, O.PASSED, O.VOIDED),
    ("passed", P.INCOMPLETE): (O.IN_PROGRESS, O.IN_PROGRESS, O.IN_PROGRESS, O.VOIDED),
    ("passed", P.AWAITING_SIGNATURE): (
        O.AWAITING_SIGNATURE,
        O.HELD_FOR_REVIEW,
        O.AWAITING_SIGNATURE,
        O.VOIDED,
    ),
    ("passed", P.SIGNED_FIT): (O.PASSED, O.HELD_FOR_REVIEW, O.PASSED, O.VOIDED),
    ("passed", P.DECLINED): (O.AWAITING_SIGNATURE, O.HELD_FOR_REVIEW, O.AWAITING_SIGNATURE, O.VOIDED),
}


def name(theory: TheoryResult | None) -> str:
    return "open" if theory is None else "passed" if theory.passed else "failed"


@pytest.mark.parametrize(("theory", "psychology"), list(product([None, FAILED, PASSED], PsychologyState)))
def test_a_required_theory_combines_as_the_table_says(theory: TheoryResult | None, psychology: P) -> None:
    found = tuple(
        combine(theory, True, psychology, integrity).outcome
        for integrity in (I.CLEAR, I.HELD, I.WARNED, I.VOIDED)
    )
    assert found == TABLE[name(theory), psychology]


@pytest.mark.parametrize("psychology", PsychologyState)
@pytest.mark.parametrize("integrity", IntegrityState)
def test_a_theory_that_is_not_required_changes_nothing(psychology: P, integrity: I) -> None:
    verdicts = {combine(theory, False, psychology, integrity) for theory in (None, FAILED, PASSED)}
    assert len(verdicts) == 1


def test_an_examination_without_parts_is_never_passed() -> None:
    for integrity in (I.CLEAR, I.HELD, I.WARNED):
        verdict = combine(None, False, P.NOT_REQUIRED, integrity)
        assert verdict.outcome is O.HELD_FOR_REVIEW
        assert "nothing_examined" in verdict.reasons


@pytest.mark.parametrize(("theory", "required", "psychology", "integrity"), PRODUCT)
def test_what_holds_everywhere(
    theory: TheoryResult | None, required: bool, psychology: P, integrity: I
) -> None:
    verdict = combine(theory, required, psychology, integrity)
    without_flag = combine(theory, required, psychology, I.CLEAR)
    if required and theory is not None and not theory.passed:
        assert verdict.outcome is O.FAILED
        assert verdict.reasons[0] == "theory_failed"
    if integrity is I.HELD:
        held = without_flag.outcome in (O.PASSED, O.AWAITING_SIGNATURE, O.HELD_FOR_REVIEW)
        assert verdict.outcome is (O.HELD_FOR_REVIEW if held else without_flag.outcome)
        assert "review_pending" in verdict.reasons
    if integrity is I.WARNED:
        assert verdict.outcome is without_flag.outcome
    if verdict.outcome is O.VOIDED:
        assert integrity is I.VOIDED
    if verdict.outcome is O.PASSED:
        assert psychology in (P.SIGNED_FIT, P.NOT_REQUIRED)
        assert not required or (theory is not None and theory.passed)
    assert verdict.reasons
    assert set(verdict.reasons) <= set(reason_texts())


def test_a_verdict_carries_its_rule() -> None:
    assert combine(PASSED, True, P.SIGNED_FIT, I.CLEAR) == Verdict(
        O.PASSED, ("theory_passed", "psychology_fit"), "verdict-1"
    )
