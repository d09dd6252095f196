"""Work that state changes left behind: each job done once, tried again with growing pauses when it fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from examapp.persistence.records.operations import Job
from examapp.services.platform import SYSTEM, Platform, Transaction

log = structlog.get_logger("simexam.jobs")

LONGEST_PAUSE = timedelta(minutes=10)
# While a job runs nobody else takes it; a process that dies in it gives it back after this.
HOLD = timedelta(seconds=30)
NOT_READY_PAUSE = timedelta(seconds=1)

# The part of a job that may be repeated, done before the transaction; what it returns goes into `finish`.
Prepare = Callable[[Platform, Mapping[str, Any]], Any]
# The part that must happen once: in the same transaction as the note that the job is done.
Finish = Callable[[Platform, Transaction, Mapping[str, Any], Any], None]
Ready = Callable[[Platform, Mapping[str, Any]], bool]
# What is done instead, once, when a job has failed so often that only people can help.
GivenUp = Callable[[Platform, Transaction, Mapping[str, Any]], None]
# About two minutes of trying; after that somebody waits for nothing.
MOST_TRIES = 6


@dataclass(frozen=True, slots=True)
class Kind:
    """How jobs of one kind are done."""

    prepare: Prepare
    finish: Finish
    ready: Ready = lambda _platform, _payload: True
    given_up: GivenUp | None = None


def pause_after(tries: int) -> timedelta:
    """2, 4, 8 … seconds, at most ten minutes."""
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(tries, 12)))


def run_due(platform: Platform, kinds: Mapping[str, Kind], limit: int = 50) -> int:
    """Do the jobs that are due, oldest first; how many were finished. One that fails holds up no other."""
    now = platform.clock.now()
    with platform.reading() as db:
        query = select(Job.id).where(Job.done_at.is_(None), Job.due_at <= now, Job.kind.in_(list(kinds)))
        due = list(db.scalars(query.order_by(Job.due_at).limit(limit)))
    return sum(_run(platform, kinds, job_id) for job_id in due)


def _run(platform: Platform, kinds: Mapping[str, Kind], job_id: UUID) -> bool:
    claimed = _claim(platform, kinds, job_id)
    if claimed is None:
        return False
    kind, payload, tries, held_until = claimed
    try:
        prepared = kind.prepare(platform, payload)
        return _finish(platform, kind, job_id, payload, prepared, held_until)
    except Exception as error:  # any job may fail in any way; the next one must still be done
        log.exception("job_failed", job=str(job_id), tries=tries)
        _put_back(platform, kind, job_id, tries, error)
        return False


def _claim(
    platform: Platform, kinds: Mapping[str, Kind], job_id: UUID
) -> tuple[Kind, Mapping[str, Any], int, datetime] | None:
    with platform.writing(SYSTEM) as tx:
        job = tx.session.get(Job, job_id, with_for_update=True)
        if job is None or job.done_at is not None or job.due_at > tx.now:
            return None
        kind = kinds[job.kind]
        if not kind.ready(platform, job.payload):
            job.due_at = tx.now + NOT_READY_PAUSE
            return None
        job.tries += 1
        job.due_at = tx.now + max(HOLD, pause_after(job.tries))
        return kind, dict(job.payload), job.tries, job.due_at


def _finish(
    platform: Platform,
    kind: Kind,
    job_id: UUID,
    payload: Mapping[str, Any],
    prepared: Any,
    held_until: datetime,
) -> bool:
    with platform.writing(SYSTEM) as tx:
        job = tx.session.get(Job, job_id, with_for_update=True, populate_existing=True)
        # Somebody else took it over because this process was away for longer than it may.
        if job is None or job.done_at is not None or job.due_at != held_until:
            return False
        kind.finish(platform, tx, payload, prepared)
        job.done_at, job.last_error = tx.now, None
        return True


def _put_back(platform: Platform, kind: Kind, job_id: UUID, tries: int, error: Exception) -> None:
    with platform.writing(SYSTEM) as tx:
        job = tx.session.get(Job, job_id, with_for_update=True)
        if job is not None and job.done_at is None:
            job.due_at = tx.now + pause_after(tries)
            job.last_error = f"{type(error).__name__}: {error}"[:300]
            if kind.given_up is not None and tries >= MOST_TRIES:
                kind.given_up(platform, tx, dict(job.payload))
                job.done_at = tx.now
