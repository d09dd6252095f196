"""Theory, psychology and integrity combined into one outcome, with its reasons."""

from dataclasses import dataclass
from enum import StrEnum

from scoring.theory import TheoryResult

RULE_VERSION = "verdict-1"


class PsychologyState(StrEnum):
    NOT_REQUIRED = "not_required"
    INCOMPLETE = "incomplete"
    AWAITING_SIGNATURE = "awaiting_signature"
    SIGNED_FIT = "signed_fit"
    SIGNED_UNFIT = "signed_unfit"
    DECLINED = "declined"


class IntegrityState(StrEnum):
    """`HELD` is a flag that waits for people; `WARNED` and `VOIDED` are decisions that people took."""

    CLEAR = "clear"
    HELD = "held"
    WARNED = "warned"
    VOIDED = "voided"


class Outcome(StrEnum):
    IN_PROGRESS = "in_progress"
    PASSED = "passed"
    FAILED = "failed"
    AWAITING_SIGNATURE = "awaiting_signature"
    HELD_FOR_REVIEW = "held_for_review"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are codes of scoring/reasons.toml, the deciding one first."""

    outcome: Outcome
    reasons: tuple[str, ...]
    rule_version: str = RULE_VERSION


def combine(
    theory: TheoryResult | None, theory_required: bool, psychology: PsychologyState, integrity: IntegrityState
) -> Verdict:
    """The outcome of a sitting. `theory` is None until the theory exam is submitted.

    What was not passed stays a fail whatever the camera saw. A flag can only hold what would otherwise pass
    or wait for a signature; only a decision of people (`VOIDED`) voids, and it too leaves a fail a fail.
    """
    failed = _failed(theory, theory_required, psychology)
    if failed:
        return _verdict(Outcome.FAILED, failed, integrity)
    if integrity is IntegrityState.VOIDED:
        return _verdict(Outcome.VOIDED, (), integrity)
    if not theory_required and psychology is PsychologyState.NOT_REQUIRED:
        # A set-up error: nothing was examined, so nothing can be passed. People look at it.
        return _verdict(Outcome.HELD_FOR_REVIEW, ("nothing_examined",), integrity)
    missing = _missing(theory, theory_required, psychology)
    if missing:
        return _verdict(Outcome.IN_PROGRESS, missing, integrity)
    waiting = _waiting(psychology)
    if integrity is IntegrityState.HELD:
        return _verdict(Outcome.HELD_FOR_REVIEW, waiting, integrity)
    if waiting:
        return _verdict(Outcome.AWAITING_SIGNATURE, waiting, integrity)
    return _verdict(Outcome.PASSED, _passed(theory_required, psychology), integrity)


def _failed(theory: TheoryResult | None, required: bool, psychology: PsychologyState) -> tuple[str, ...]:
    theory_failed = required and theory is not None and not theory.passed
    unfit = psychology is PsychologyState.SIGNED_UNFIT
    return (("theory_failed",) if theory_failed else ()) + (("psychology_unfit",) if unfit else ())


def _missing(theory: TheoryResult | None, required: bool, psychology: PsychologyState) -> tuple[str, ...]:
    theory_open = required and theory is None
    incomplete = psychology is PsychologyState.INCOMPLETE
    return (("theory_open",) if theory_open else ()) + (("psychology_incomplete",) if incomplete else ())


def _waiting(psychology: PsychologyState) -> tuple[str, ...]:
    if psychology is PsychologyState.AWAITING_SIGNATURE:
        return ("psychology_awaits_signature",)
    return ("psychology_declined",) if psychology is PsychologyState.DECLINED else ()


def _passed(theory_required: bool, psychology: PsychologyState) -> tuple[str, ...]:
    fit = psychology is PsychologyState.SIGNED_FIT
    return (("theory_passed",) if theory_required else ()) + (("psychology_fit",) if fit else ())


INTEGRITY_REASONS: dict[IntegrityState, tuple[str, ...]] = {
    IntegrityState.CLEAR: (),
    IntegrityState.HELD: ("review_pending",),
    IntegrityState.WARNED: ("integrity_warned",),
    IntegrityState.VOIDED: ("sitting_voided",),
}


def _verdict(outcome: Outcome, reasons: tuple[str, ...], integrity: IntegrityState) -> Verdict:
    noted = INTEGRITY_REASONS[integrity]
    decides = outcome in (Outcome.HELD_FOR_REVIEW, Outcome.VOIDED)
    return Verdict(outcome, noted + reasons if decides else reasons + noted)
