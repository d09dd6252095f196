"""The end of a sitting's watching: the last fold, the evidence sealed, and a case for people where one is needed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import FrameTally, ReviewCase
from examapp.persistence.slots import FrameSlots
from examapp.services.outcome import results
from examapp.services.platform import Platform, Transaction
from examapp.services.watching import analysis, episodes, evidence
from proctoring.episode import Episode
from proctoring.policy import load_policy
from proctoring.risk import Risk, weigh
from scoring.review import CaseState
from scoring.verdict import IntegrityState

# How long the last frames may take to be looked at before the conclusion is drawn without them.
LAST_FRAMES = timedelta(seconds=10)
# Camera states in which nobody was seen: no machine decides what that means.
NO_CAMERA = frozenset({"refused", "missing", "in_use", "unsupported"})
# Of so many seconds we did not look at: people are told, and look at what there is.
LONG_GAP_SECONDS = 60.0
# Where no episode speaks but people must look all the same: after the grave, before the slight.
PLAIN_POINTS = 6


def is_ready(platform: Platform, slots: FrameSlots, attempt_id: UUID) -> bool:
    """Whether the last frame was looked at, or was waited for long enough."""
    with platform.reading() as db:
        finished_at = db.scalar(select(Attempt.finished_at).where(Attempt.id == attempt_id))
        tally = db.get(FrameTally, attempt_id)
    now = platform.clock.now()
    if finished_at is None or now >= finished_at + LAST_FRAMES:
        return True
    newest = slots.newest_number(attempt_id)
    all_stored = newest is None or (tally is not None and tally.received >= newest[0])
    return all_stored and not slots.is_waiting(attempt_id)


def prepare(platform: Platform, slots: FrameSlots, attempt_id: UUID) -> tuple[Episode, ...]:
    """What may be done again and again before the conclusion: derive, and keep the frames that are asked for."""
    return episodes.refresh(platform, slots, attempt_id)


def conclude(platform: Platform, tx: Transaction, attempt_id: UUID, found: tuple[Episode, ...]) -> None:
    """Seal the evidence, open a case or clear the sitting, and derive its verdict. Doing it again changes nothing."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update(of=Attempt)
    attempt = tx.session.scalars(query.options(selectinload(Attempt.parts))).one()
    if attempt.integrity != results.UNCHECKED:
        return
    risk = weigh(found, load_policy())
    reasons = _reasons(tx.session, attempt, risk)
    needed = risk.needs_review or any("code" in reason for reason in reasons)
    length, head = evidence.head_of(tx.session, attempt_id)
    tx.audit(
        f"attempt:{attempt_id}",
        "proctoring_concluded",
        evidence=length,
        evidence_head=head,
        episodes=len(found),
        policy=risk.policy,
        needs_review=needed,
    )
    if needed:
        open_case(tx, attempt, risk.points + (0 if risk.needs_review else PLAIN_POINTS), reasons)
    else:
        attempt.integrity = IntegrityState.CLEAR
    results.derive_verdict(tx, attempt)


def hand_over(tx: Transaction, attempt_id: UUID) -> None:
    """Lay a sitting before people whose conclusion can't be drawn: held without a case, nobody could ever free it."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update(of=Attempt)
    attempt = tx.session.scalars(query.options(selectinload(Attempt.parts))).one()
    if attempt.integrity == results.UNCHECKED:
        open_case(tx, attempt, PLAIN_POINTS, [{"code": "conclusion_failed"}])
        results.derive_verdict(tx, attempt)


def open_case(tx: Transaction, attempt: Attempt, points: float, reasons: list[dict[str, Any]]) -> None:
    """Hold the sitting and lay it before the proctors; a machine can do no more than that."""
    attempt.integrity = IntegrityState.HELD
    tx.session.add(
        ReviewCase(
            attempt_id=attempt.id,
            state=CaseState.OPEN,
            risk=float(points),
            reasons=reasons,
            opened_at=tx.now,
            revision=1,
        )
    )
    tx.audit(f"attempt:{attempt.id}", "case_opened", points=points, reasons=reasons)


def _reasons(session: Session, attempt: Attempt, risk: Risk) -> list[dict[str, Any]]:
    """Why people should look, gravest first: kinds of episodes with their figures, then what was not watched."""
    reasons: list[dict[str, Any]] = [
        {
            "kind": concern.kind.value,
            "count": concern.count,
            "seconds": round(concern.seconds),
            "worst": concern.worst.value,
        }
        for concern in risk.concerns
    ]
    if attempt.camera in NO_CAMERA:
        reasons.append({"code": f"camera_{attempt.camera}"})
    unseen = gap_seconds(session, attempt)
    if unseen >= LONG_GAP_SECONDS:
        reasons.append({"code": "analysis_gap", "seconds": round(unseen)})
    return reasons


def gap_seconds(session: Session, attempt: Attempt) -> float:
    """How long the analysis itself did not look while a part of the sitting ran."""
    total = 0.0
    for part in attempt.parts:
        if part.started_at is None or part.finished_at is None:
            continue
        for gap in analysis.gaps_of(session, attempt.id, part.started_at, part.finished_at):
            if gap.reason.startswith("unread_"):
                continue
            ended = min(gap.ended_at or part.finished_at, part.finished_at)
            total += max(0.0, (ended - max(gap.began_at, part.started_at)).total_seconds())
    return total
