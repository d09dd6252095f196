"""People decide about flagged sittings: claim, release, decide; the rules are `scoring.review`'s, the locks ours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from examapp.domain.roles import Permission, Role
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import Decision as DecisionRecord
from examapp.persistence.records.proctoring import ReviewCase as CaseRecord
from examapp.services.outcome import results
from examapp.services.people.hands import tied_to
from examapp.services.platform import SYSTEM, Actor, Platform, Transaction
from scoring import review as rules
from scoring.review import CaseDecision, CaseState, Claim, Decision, ReviewCase, Reviewer, ReviewRefused

CLAIM_LENGTH = timedelta(minutes=20)
LONGEST_NOTE = 1000

# Reasons to choose from, by what they speak for. The web holds the sentences, which an applicant may read.
REASONS: dict[Decision, tuple[str, ...]] = {
    Decision.CLEAR: ("behaviour_honest", "explained_by_surroundings", "technical_trouble"),
    Decision.WARN: ("looked_away_often", "left_briefly", "somebody_passed_by", "page_left_briefly"),
    Decision.VOID: ("searched_for_answers", "helped_by_another", "absent_for_long", "another_person_sat"),
}
ALL_REASONS = tuple(code for codes in REASONS.values() for code in codes)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody wants to decide. At least one reason or a note of ten characters must say why."""

    choice: Decision
    reasons: tuple[str, ...] = ()
    note: str = ""
    revision: int | None = None

    @property
    def as_reason(self) -> str:
        """What `scoring.review` takes as the reason: a code stands for a prepared sentence."""
        return " ".join([*self.reasons, self.note.strip()]).strip()


def load_case(record: CaseRecord) -> ReviewCase:
    """The stored case as the rules know it."""
    claim = None
    if record.claimed_by is not None and record.claimed_until is not None:
        claim = Claim(str(record.claimed_by), record.claimed_until - CLAIM_LENGTH, record.claimed_until)
    decisions = tuple(
        CaseDecision(str(made.decided_by), Decision(made.decision), made.note, made.decided_at)
        for made in record.decisions
    )
    return ReviewCase(CaseState(record.state), claim, decisions)


def reviewer_of(session: Session, actor: Actor, record: CaseRecord) -> Reviewer:
    """`actor` as the rules know them, with those among the deciders who may be the same person."""
    deciders = {str(made.decided_by) for made in record.decisions}
    tied = tied_to(session, actor.account_id, deciders - {str(actor.account_id)})
    return Reviewer(str(actor.account_id), actor.role is Role.ADMINISTRATOR, tied)


def _held(tx: Transaction, case_id: UUID) -> CaseRecord:
    """The case, held until the commit: of two who claim at once, the second sees what the first did."""
    query = select(CaseRecord).where(CaseRecord.id == case_id).with_for_update(of=CaseRecord)
    record = tx.session.scalars(query.options(selectinload(CaseRecord.decisions))).one_or_none()
    if record is None:
        raise NotFound()
    return record


def _must_be_for(actor: Actor, record: CaseRecord) -> None:
    """Administrators settle what two proctors left open; the rest is the proctors' own."""
    actor.must(Permission.DECIDE_CASES)
    third = (CaseState.ESCALATED, CaseState.CLAIMED_THIRD)
    if actor.role is Role.ADMINISTRATOR and record.state not in third:
        raise NotAllowed("case_for_proctors")


def _save(record: CaseRecord, case: ReviewCase) -> None:
    record.state = case.state.value
    record.claimed_by = UUID(case.claim.person_id) if case.claim else None
    record.claimed_until = case.claim.until if case.claim else None
    record.revision += 1


def claim(platform: Platform, actor: Actor, case_id: UUID) -> None:
    """Take a case for twenty minutes; claiming one's own again extends it. Raises `Conflict("case_…")`."""
    with platform.writing(actor) as tx:
        record = _held(tx, case_id)
        _must_be_for(actor, record)
        case = load_case(record)
        try:
            after = rules.claim(case, reviewer_of(tx.session, actor, record), tx.now, CLAIM_LENGTH)
        except ReviewRefused as refused:
            raise Conflict(refused.code) from refused
        fresh = case.claim is None or case.claim.person_id != str(actor.account_id)
        _save(record, after)
        if fresh:
            tx.audit(f"attempt:{record.attempt_id}", "case_claimed", state=record.state)


def release(platform: Platform, actor: Actor, case_id: UUID) -> None:
    """Give a case back undecided."""
    with platform.writing(actor) as tx:
        record = _held(tx, case_id)
        _must_be_for(actor, record)
        try:
            after = rules.release(load_case(record), reviewer_of(tx.session, actor, record))
        except ReviewRefused as refused:
            raise Conflict(refused.code) from refused
        _save(record, after)
        tx.audit(f"attempt:{record.attempt_id}", "case_released", state=record.state)


def decide(platform: Platform, actor: Actor, case_id: UUID, ruling: Ruling) -> CaseState:
    """Record a decision by the one who holds the claim; a final one settles integrity and verdict in one go.

    Raises `Conflict("case_…")`, `Invalid` for a reason that is missing, unknown or too long.
    """
    _check_ruling(ruling)
    with platform.writing(actor) as tx:
        record = _held(tx, case_id)
        _must_be_for(actor, record)
        if ruling.revision is not None and ruling.revision != record.revision:
            raise Conflict("case_changed")
        try:
            reviewer = reviewer_of(tx.session, actor, record)
            after = rules.decide(load_case(record), reviewer, ruling.choice, ruling.as_reason, tx.now)
        except ReviewRefused as refused:
            if refused.code == "case_reason_missing":
                raise Invalid(refused.code, field="note") from refused
            raise Conflict(refused.code) from refused
        _write_down(tx, actor, record, ruling)
        _save(record, after)
        if after.state in rules.FINAL:
            _settle(tx, record, after)
        return after.state


def _check_ruling(ruling: Ruling) -> None:
    if any(code not in ALL_REASONS for code in ruling.reasons):
        raise Invalid("case_reason_unknown", field="reasons")
    if len(ruling.note) > LONGEST_NOTE:
        raise Invalid("case_note_too_long", field="note", maximum=LONGEST_NOTE)


def _write_down(tx: Transaction, actor: Actor, record: CaseRecord, ruling: Ruling) -> None:
    position = len(record.decisions) + 1
    record.decisions.append(
        DecisionRecord(
            position=position,
            decided_by=actor.account_id,
            decision=ruling.choice.value,
            reasons=list(ruling.reasons),
            note=ruling.note.strip(),
            decided_at=tx.now,
        )
    )
    # The note itself stays out of the chain: it may say something about a person, and must be erasable.
    tx.audit(
        f"attempt:{record.attempt_id}",
        "case_decided",
        decision=ruling.choice.value,
        reasons=list(ruling.reasons),
        position=position,
    )


def _settle(tx: Transaction, record: CaseRecord, case: ReviewCase) -> None:
    record.closed_at, record.outcome = tx.now, case.integrity.value
    query = select(Attempt).where(Attempt.id == record.attempt_id).with_for_update(of=Attempt)
    attempt = tx.session.scalars(query.options(selectinload(Attempt.parts))).one()
    attempt.integrity = case.integrity.value
    tx.audit(f"attempt:{record.attempt_id}", "case_closed", outcome=case.integrity.value)
    results.derive_verdict(tx, attempt)


def expire_claims(platform: Platform) -> int:
    """Free the cases whose claim has run out; how many."""
    now = platform.clock.now()
    with platform.reading() as db:
        query = select(CaseRecord.id).where(CaseRecord.claimed_until <= now)
        due = list(db.scalars(query))
    return sum(_expire(platform, case_id) for case_id in due)


def _expire(platform: Platform, case_id: UUID) -> bool:
    with platform.writing(SYSTEM) as tx:
        record = _held(tx, case_id)
        case = load_case(record)
        after = rules.expire(case, tx.now)
        if after is case:
            return False
        _save(record, after)
        tx.audit(f"attempt:{record.attempt_id}", "case_claim_expired", state=record.state)
        return True


def readable_decisions(record: CaseRecord, actor: Actor) -> list[DecisionRecord]:
    """The decisions `actor` may read: the second person decides without seeing the first one's reason."""
    allowed = rules.visible_decisions(load_case(record), str(actor.account_id))
    seen = {(made.person_id, made.at) for made in allowed}
    return [made for made in record.decisions if (str(made.decided_by), made.decided_at) in seen]


def holds(record: CaseRecord, actor: Actor, now: datetime) -> bool:
    """Whether `actor` holds the claim on a case at this moment."""
    return (
        record.claimed_by is not None
        and record.claimed_by == actor.account_id
        and record.claimed_until is not None
        and now < record.claimed_until
    )


def why_not_mine(session: Session, record: CaseRecord, actor: Actor, now: datetime) -> str | None:
    """The refusal that a claim by `actor` would meet now, or None when it would be given."""
    try:
        _must_be_for(actor, record)
        rules.claim(load_case(record), reviewer_of(session, actor, record), now, CLAIM_LENGTH)
    except (ReviewRefused, NotAllowed) as refused:
        return refused.code
    return None


def get_case(session: Session, actor: Actor, case_id: UUID) -> CaseRecord:
    """A case with its decisions. Raises `NotFound`, also for administrators while it is the proctors' own."""
    actor.must(Permission.DECIDE_CASES)
    query = select(CaseRecord).where(CaseRecord.id == case_id).options(selectinload(CaseRecord.decisions))
    record = session.scalars(query).one_or_none()
    if record is None or (actor.role is Role.ADMINISTRATOR and not _was_escalated(record)):
        raise NotFound()
    return record


def _was_escalated(record: CaseRecord) -> bool:
    third = (CaseState.ESCALATED.value, CaseState.CLAIMED_THIRD.value)
    return record.state in third or len(record.decisions) >= 3
