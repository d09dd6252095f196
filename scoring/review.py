"""The state machine of a flagged sitting: who may claim it, who may decide, and why voiding takes two.

Pure: a transition takes a case and returns the next one, or raises `ReviewRefused`; storing and locking
are the caller's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from scoring.verdict import IntegrityState


class CaseState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"  # final: one proctor cleared or warned
    AWAITING_SECOND = "awaiting_second"  # one proctor would void; nothing has happened to the applicant yet
    CLAIMED_SECOND = "claimed_second"
    ESCALATED = "escalated"  # the second saw it otherwise; an administrator who was neither decides
    CLAIMED_THIRD = "claimed_third"
    CLOSED = "closed"  # final: more than one person decided


class Decision(StrEnum):
    CLEAR = "clear"
    WARN = "warn"
    VOID = "void"


class ReviewAction(StrEnum):
    CLAIM = "claim"
    RELEASE = "release"
    EXPIRE = "expire"
    CLEAR = "clear"
    WARN = "warn"
    VOID = "void"


S, A = CaseState, ReviewAction

# What each action does in each state. A pair that is not here is refused.
TRANSITIONS: dict[tuple[CaseState, ReviewAction], CaseState] = {
    # One person at a time looks at a case.
    (S.OPEN, A.CLAIM): S.CLAIMED,
    (S.AWAITING_SECOND, A.CLAIM): S.CLAIMED_SECOND,
    (S.ESCALATED, A.CLAIM): S.CLAIMED_THIRD,
    # A claim given back, or run out, leaves the case exactly where it was: nobody can sit on one.
    (S.CLAIMED, A.RELEASE): S.OPEN,
    (S.CLAIMED, A.EXPIRE): S.OPEN,
    (S.CLAIMED_SECOND, A.RELEASE): S.AWAITING_SECOND,
    (S.CLAIMED_SECOND, A.EXPIRE): S.AWAITING_SECOND,
    (S.CLAIMED_THIRD, A.RELEASE): S.ESCALATED,
    (S.CLAIMED_THIRD, A.EXPIRE): S.ESCALATED,
    # One person may decide in the applicant's favour, or warn; nobody voids alone.
    (S.CLAIMED, A.CLEAR): S.DECIDED,
    (S.CLAIMED, A.WARN): S.DECIDED,
    (S.CLAIMED, A.VOID): S.AWAITING_SECOND,
    # Two who void independently close the case; a second who disagrees does not overrule the first,
    # nor the first the second: a third person, who sees both reasons, decides.
    (S.CLAIMED_SECOND, A.VOID): S.CLOSED,
    (S.CLAIMED_SECOND, A.CLEAR): S.ESCALATED,
    (S.CLAIMED_SECOND, A.WARN): S.ESCALATED,
    (S.CLAIMED_THIRD, A.CLEAR): S.CLOSED,
    (S.CLAIMED_THIRD, A.WARN): S.CLOSED,
    (S.CLAIMED_THIRD, A.VOID): S.CLOSED,
}

FINAL = frozenset({S.DECIDED, S.CLOSED})
CLAIMED = frozenset({S.CLAIMED, S.CLAIMED_SECOND, S.CLAIMED_THIRD})
MINIMUM_REASON = 10
"""Characters: a reason must be a sentence that the applicant could be told."""


def allowed(source: CaseState, target: CaseState) -> bool:
    """Whether any action leads from `source` to `target`."""
    return any(start is source and end is target for (start, _), end in TRANSITIONS.items())


class ReviewRefused(Exception):
    """`code` names an entry of scoring/reasons.toml."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who looks at a case. `tied_to` are accounts that may belong to the same person."""

    person_id: str
    is_administrator: bool = False
    tied_to: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    person_id: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class CaseDecision:
    person_id: str
    choice: Decision
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """A flagged sitting under review. `claim` is set exactly in the claimed states."""

    state: CaseState = CaseState.OPEN
    claim: Claim | None = None
    decisions: tuple[CaseDecision, ...] = ()

    @property
    def integrity(self) -> IntegrityState:
        """What the case means for the verdict: held until it is final, then the last decision."""
        if self.state not in FINAL:
            return IntegrityState.HELD
        return {
            Decision.CLEAR: IntegrityState.CLEAR,
            Decision.WARN: IntegrityState.WARNED,
            Decision.VOID: IntegrityState.VOIDED,
        }[self.decisions[-1].choice]


def _next(case: ReviewCase, action: ReviewAction) -> CaseState:
    target = TRANSITIONS.get((case.state, action))
    if target is None:
        raise ReviewRefused("case_final" if case.state in FINAL else "case_action_not_now")
    return target


def claim(case: ReviewCase, reviewer: Reviewer, now: datetime, length: timedelta) -> ReviewCase:
    """Take the case for `length`. A claim that has run out is no obstacle.

    Raises `ReviewRefused`: case_claimed_by_other, case_decided_before, case_tied_to_decider,
    case_needs_administrator, case_final.
    """
    case = expire(case, now) if _has_run_out(case, now) else case
    if case.claim is not None and case.claim.person_id == reviewer.person_id:
        return replace(case, claim=Claim(reviewer.person_id, case.claim.at, now + length))
    if case.state in CLAIMED:
        raise ReviewRefused("case_claimed_by_other")
    state = _next(case, ReviewAction.CLAIM)
    if any(made.person_id == reviewer.person_id for made in case.decisions):
        raise ReviewRefused("case_decided_before")
    _must_be_another(case, reviewer)
    if state is CaseState.CLAIMED_THIRD and not reviewer.is_administrator:
        raise ReviewRefused("case_needs_administrator")
    return replace(case, state=state, claim=Claim(reviewer.person_id, now, now + length))


def release(case: ReviewCase, reviewer: Reviewer) -> ReviewCase:
    """Give the case back undecided. Raises `ReviewRefused`: case_not_yours, case_action_not_now."""
    state = _next(case, ReviewAction.RELEASE)
    _own_claim(case, reviewer)
    return replace(case, state=state, claim=None)


def expire(case: ReviewCase, now: datetime) -> ReviewCase:
    """Free a case whose claim has run out; a case without such a claim comes back as it is."""
    if not _has_run_out(case, now):
        return case
    return replace(case, state=_next(case, ReviewAction.EXPIRE), claim=None)


def decide(case: ReviewCase, reviewer: Reviewer, choice: Decision, reason: str, now: datetime) -> ReviewCase:
    """Record a decision by the one who holds the claim.

    Raises `ReviewRefused`: case_not_yours, case_claim_expired, case_reason_missing, case_action_not_now,
    case_tied_to_decider, case_final.
    """
    state = _next(case, ReviewAction(choice.value))
    held = _own_claim(case, reviewer)
    if now >= held.until:
        raise ReviewRefused("case_claim_expired")
    _must_be_another(case, reviewer)
    if len(reason.strip()) < MINIMUM_REASON:
        raise ReviewRefused("case_reason_missing")
    made = CaseDecision(reviewer.person_id, choice, reason.strip(), now)
    return ReviewCase(state=state, claim=None, decisions=(*case.decisions, made))


def visible_decisions(case: ReviewCase, person_id: str) -> tuple[CaseDecision, ...]:
    """The decisions `person_id` may read: the second person decides without seeing the first one's reason.

    One's own always; everybody's once the case is final or waits for the third person.
    """
    everything = case.state in FINAL | {CaseState.ESCALATED, CaseState.CLAIMED_THIRD}
    return tuple(made for made in case.decisions if everything or made.person_id == person_id)


def _has_run_out(case: ReviewCase, now: datetime) -> bool:
    return case.claim is not None and now >= case.claim.until


def _must_be_another(case: ReviewCase, reviewer: Reviewer) -> None:
    """Each decision is another person's, and another account alone is not another person."""
    if any(made.person_id in reviewer.tied_to for made in case.decisions):
        raise ReviewRefused("case_tied_to_decider")


def _own_claim(case: ReviewCase, reviewer: Reviewer) -> Claim:
    if case.claim is None or case.claim.person_id != reviewer.person_id:
        raise ReviewRefused("case_not_yours")
    return case.claim
