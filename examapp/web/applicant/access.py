"""The attempt behind an address, if it is the reader's own."""

from uuid import UUID

from flask import abort, redirect
from flask import session as visit
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from examapp.domain.attempt import AttemptState, Step
from examapp.persistence.records.attempts import Attempt
from examapp.services.sitting.sittings import own_attempt
from examapp.web.applicant import flow
from examapp.web.identity import actor
from examapp.web.language import DEFAULT_ZONE, ZONES


def load(session: Session, attempt_id: UUID) -> Attempt:
    """The reader's attempt with its parts. Raises `NotFound` for any other."""
    attempt = own_attempt(session, actor(), attempt_id)
    # The device said where it is; every time on the pages follows it from then on.
    if attempt.timezone in ZONES and attempt.timezone != visit.get("zone", DEFAULT_ZONE):
        visit["zone"] = attempt.timezone
    return attempt


def at_step(session: Session, attempt_id: UUID, step: Step) -> Attempt:
    """The attempt, when `step` may be shown now: not before the ones before it, not after the exam has begun."""
    attempt = load(session, attempt_id)
    order = list(Step)
    missing = flow.next_step(attempt)
    too_early = missing is not None and order.index(missing) < order.index(step)
    if attempt.state != AttemptState.PREPARING or too_early:
        abort(_go_on(attempt))
    return attempt


def _go_on(attempt: Attempt) -> Response:
    return redirect(flow.next_place(attempt))
