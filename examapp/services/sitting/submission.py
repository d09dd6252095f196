"""Ending a part and a sitting: once, by the applicant or by the sweep, with what was saved by then."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from examapp.domain.attempt import (
    ARRIVAL_GRACE,
    AttemptState,
    Part,
    PartState,
    move_attempt,
    move_part,
)
from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.services.outcome import results
from examapp.services.platform import SYSTEM, Actor, Platform, Transaction
from examapp.services.sitting.sittings import next_part, own_attempt, part_of, running_part

log = structlog.get_logger("simexam.sweep")


def submit_part(platform: Platform, actor: Actor, attempt_id: UUID, part: str | None) -> Attempt:
    """End a part for good. Saying it again, or from fifty places at once, changes nothing.

    `part` None means the only part begun so far. Raises `Conflict("part_not_begun")` when there is nothing to submit
    yet, `Invalid("part_missing")` when a second part has begun: a late repetition must not end the wrong one.
    """
    actor.must(Permission.SIT_EXAM)
    with platform.writing(actor) as tx:
        attempt = own_attempt(tx.session, actor, attempt_id, lock=True)
        ended = part_of(attempt, part) if part else _only_begun(attempt)
        if ended.state == PartState.PENDING:
            raise Conflict("part_not_begun")
        if ended.state == PartState.RUNNING:
            over = ended.deadline is not None and tx.now > ended.deadline + ARRIVAL_GRACE
            _end_part(platform, tx, attempt, ended, PartState.EXPIRED if over else PartState.SUBMITTED)
        return attempt


def _only_begun(attempt: Attempt) -> AttemptPart:
    begun = [part for part in attempt.parts if part.started_at is not None]
    if not begun:
        raise Conflict("part_not_begun")
    if len(begun) > 1:
        raise Invalid("part_missing", field="part")
    return begun[0]


def _end_part(
    platform: Platform, tx: Transaction, attempt: Attempt, part: AttemptPart, to: PartState
) -> None:
    part.state = move_part(PartState(part.state), to)
    part.finished_at = tx.now
    tx.audit(
        f"attempt:{attempt.id}",
        f"part_{to.value}",
        part=part.part,
        events=attempt.event_count,
        head=attempt.event_head,
    )
    tx.session.flush()
    theory_failed = part.part == Part.THEORY and not results.score_theory_part(tx, attempt).passed
    if theory_failed:
        # A failed theory is a fail whatever follows: nobody is kept at a screen for half an hour more.
        _skip_rest(tx, attempt, "theory_failed")
    if next_part(attempt) is None:
        _finish(platform, tx, attempt)
    else:
        results.derive_verdict(tx, attempt)


def _skip_rest(tx: Transaction, attempt: Attempt, reason: str) -> None:
    for part in attempt.parts:
        if part.state == PartState.PENDING:
            part.state = move_part(PartState.PENDING, PartState.EXPIRED)
            part.finished_at = tx.now
            tx.audit(f"attempt:{attempt.id}", "part_skipped", part=part.part, reason=reason)


def _finish(platform: Platform, tx: Transaction, attempt: Attempt) -> None:
    attempt.state = move_attempt(AttemptState(attempt.state), AttemptState.FINISHED)
    attempt.finished_at = tx.now
    tx.audit(f"attempt:{attempt.id}", "finished", events=attempt.event_count, head=attempt.event_head)
    results.open_psychology_report(tx, attempt)
    results.derive_verdict(tx, attempt)
    # The last pictures may still be on their way: their conclusion is drawn by the periodic worker.
    tx.queue("conclude_proctoring", attempt_id=str(attempt.id))


def close_expired(platform: Platform) -> int:
    """The sweep: end every part and sitting whose time is over. Returns how many attempts it touched.

    Each attempt is its own transaction, and is looked at again under its lock: two sweeps, or a sweep and a submit,
    end it once. What a crash leaves undone, the next sweep does; one that fails is logged and keeps no other open.
    """
    now = platform.clock.now()
    with platform.reading() as db:
        due = _due(db, now)
    return sum(_swept(platform, attempt_id) for attempt_id in due)


def _swept(platform: Platform, attempt_id: UUID) -> bool:
    try:
        with platform.writing(SYSTEM) as tx:
            query = select(Attempt).where(Attempt.id == attempt_id).with_for_update(of=Attempt)
            attempt = tx.session.scalars(query.options(selectinload(Attempt.parts))).one()
            return _close(platform, tx, attempt)
    except Exception:  # whatever is wrong with this sitting, the others' time is over too
        log.exception("sweep_failed", attempt=str(attempt_id))
        return False


def _due(session: Session, now: datetime) -> list[UUID]:
    query = (
        select(Attempt.id)
        .join(AttemptPart, AttemptPart.attempt_id == Attempt.id, isouter=True)
        .where(Attempt.state.in_((AttemptState.PREPARING, AttemptState.RUNNING)))
        .where(
            or_(
                Attempt.closes_at < now,
                (AttemptPart.state == PartState.RUNNING) & (AttemptPart.deadline < now - ARRIVAL_GRACE),
            )
        )
        .distinct()
    )
    return list(session.scalars(query))


def _close(platform: Platform, tx: Transaction, attempt: Attempt) -> bool:
    if attempt.state == AttemptState.PREPARING and attempt.closes_at < tx.now:
        attempt.state = move_attempt(AttemptState.PREPARING, AttemptState.ABANDONED)
        attempt.finished_at = tx.now
        tx.audit(f"attempt:{attempt.id}", "abandoned")
        return True
    if attempt.state != AttemptState.RUNNING:
        return False
    part = running_part(attempt)
    if part and part.deadline and part.deadline + ARRIVAL_GRACE < tx.now:
        _end_part(platform, tx, attempt, part, PartState.EXPIRED)
        return True
    if part is None and attempt.closes_at < tx.now:
        _skip_rest(tx, attempt, "window_closed")
        _finish(platform, tx, attempt)
        return True
    return False
