"""The life of an attempt (one sitting) and of its parts, as two commented tables.

An attempt is prepared step by step, runs while a part is open or still to come, and is finished by the applicant
or by the sweep. What people decide afterwards is the review's matter (`scoring.review`), not a state of the attempt.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from examapp.domain.errors import Conflict


class AttemptState(StrEnum):
    PREPARING = "preparing"
    RUNNING = "running"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class PartState(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    SUBMITTED = "submitted"
    EXPIRED = "expired"


class Step(StrEnum):
    """What stands before the first part, in this order."""

    CONSENT = "consent"
    BRIEFING = "briefing"
    CAMERA = "camera"
    PHOTO = "photo"
    PRACTICE = "practice"


class Part(StrEnum):
    """The parts of a sitting, each with its own clock; `Part` of an item is the question bank's word for a chapter."""

    THEORY = "theory"
    STATEMENTS = "statements"
    MISSING_SYMBOL = "missing_symbol"
    CHOICE_REACTION = "choice_reaction"


PSYCHOLOGY_PARTS = (Part.STATEMENTS, Part.MISSING_SYMBOL, Part.CHOICE_REACTION)

ATTEMPT_TRANSITIONS: dict[tuple[AttemptState, AttemptState], str] = {
    (AttemptState.PREPARING, AttemptState.RUNNING): "the applicant starts the first part",
    (AttemptState.PREPARING, AttemptState.ABANDONED): "never started; the sweep closes it, no try is used up",
    (AttemptState.RUNNING, AttemptState.FINISHED): "the last part is submitted, or the window has closed",
}

PART_TRANSITIONS: dict[tuple[PartState, PartState], str] = {
    (PartState.PENDING, PartState.RUNNING): "the applicant starts the part; its deadline is set",
    (PartState.PENDING, PartState.EXPIRED): "the window closed before the part was begun",
    (PartState.RUNNING, PartState.SUBMITTED): "the applicant submits",
    (PartState.RUNNING, PartState.EXPIRED): "the deadline passed; what was saved is scored",
}

# A sitting may pause between parts, not for ever: parts not begun by then expire.
SITTING_WINDOW = timedelta(hours=4)
# Prepared but never started: closed after this, so that a new one can be prepared.
PREPARING_WINDOW = timedelta(hours=24)
# An answer given in the last second travels for a while. It counts as on time when it arrives within this grace.
ARRIVAL_GRACE = timedelta(seconds=2)


def move_attempt(current: AttemptState, to: AttemptState) -> AttemptState:
    """The new state, or `Conflict("attempt_state")` when the table has no such row."""
    if (current, to) not in ATTEMPT_TRANSITIONS:
        raise Conflict("attempt_state", current=current.value, wanted=to.value)
    return to


def move_part(current: PartState, to: PartState) -> PartState:
    """The new state, or `Conflict("part_state")` when the table has no such row."""
    if (current, to) not in PART_TRANSITIONS:
        raise Conflict("part_state", current=current.value, wanted=to.value)
    return to


def part_deadline(started_at: datetime, limit: timedelta, extra_percent: int) -> datetime:
    """When a part that began at `started_at` ends; `extra_percent` (0-200) is the accommodation."""
    return started_at + limit * (100 + extra_percent) / 100


def is_late(received_at: datetime, deadline: datetime | None, closed: bool) -> bool:
    """Whether an answer that arrived at `received_at` is kept without being scored.

    A part that was submitted or swept takes no more answers; an open one takes them until its deadline and the grace.
    """
    if closed:
        return True
    return deadline is not None and received_at > deadline + ARRIVAL_GRACE
