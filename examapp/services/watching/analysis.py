"""What the analysis found, stored: observations in batches, the tally of frames, signs of life, and its own gaps."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.operations import WorkerBeat
from examapp.persistence.records.proctoring import AnalysisGap, ObservationRecord
from examapp.persistence.slots import WaitingFrame
from examapp.services.platform import SYSTEM, Platform, Transaction
from examapp.services.watching.tally import hold_tally
from proctoring.observation import Observation

FRAMES_WORKER = "frames"
PERIODIC_WORKER = "periodic"
# Silence of the analysis that is longer than this is a gap of ours; frames that came meanwhile were not seen.
SILENCE = timedelta(seconds=12)
_OBSERVATION = cast(Table, ObservationRecord.__table__)
# Fields of an observation that are columns; the rest lies in `detail`.
_OWN_COLUMNS = (
    "faces",
    "yaw",
    "pitch",
    "roll",
    "gaze_yaw",
    "gaze_pitch",
    "attention",
    "quality",
    "brightness",
)


@dataclass(frozen=True, slots=True)
class Analysed:
    """A frame that was looked at. `digest` is the SHA-256 of its JPEG."""

    waiting: WaitingFrame
    seen: Observation
    analysed_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A frame that could not be looked at, and why (`truncated`, `unreadable`, `person_key_erased` …)."""

    waiting: WaitingFrame
    reason: str


def digest_of(jpeg: bytes) -> str:
    return hashlib.sha256(jpeg).hexdigest()


def store(platform: Platform, analysed: Sequence[Analysed], unread: Sequence[Unread]) -> None:
    """Keep a batch in one short transaction; a frame stored before is left as it is."""
    if not analysed and not unread:
        return
    with platform.writing(SYSTEM) as tx:
        if analysed:
            rows = [_row(each) for each in analysed]
            dialect = sqlite if platform.database.is_sqlite else postgresql
            tx.session.execute(dialect.insert(_OBSERVATION).on_conflict_do_nothing(), rows)
        _count(tx, analysed, unread)
        for each in unread:
            _note_unread(tx, each)


def _row(each: Analysed) -> dict[str, Any]:
    seen, frame = each.seen, each.waiting.frame
    record = seen.as_record()
    # The server's own times stand for it.
    del record["t"]
    return {
        "attempt_id": frame.attempt_id,
        "frame": each.waiting.number,
        "epoch": frame.epoch,
        "captured_at": frame.captured_at,
        "received_at": frame.received_at,
        "analysed_at": each.analysed_at,
        **{name: record.pop(name) for name in _OWN_COLUMNS},
        "detail": {**record, "sequence": frame.sequence},
        "frame_digest": each.digest,
    }


def _count(tx: Transaction, analysed: Sequence[Analysed], unread: Sequence[Unread]) -> None:
    by_sitting: dict[UUID, list[tuple[WaitingFrame, datetime | None]]] = defaultdict(list)
    for each in analysed:
        by_sitting[each.waiting.frame.attempt_id].append((each.waiting, each.analysed_at))
    for bad in unread:
        by_sitting[bad.waiting.frame.attempt_id].append((bad.waiting, None))
    # In one order everywhere: two analysis processes never wait for each other in a circle.
    for attempt_id in sorted(by_sitting):
        found = by_sitting[attempt_id]
        tally = hold_tally(tx.session, attempt_id)
        looked_at = [at for _, at in found if at is not None]
        tally.received = max(tally.received, *(waiting.number for waiting, _ in found))
        tally.analysed += len(looked_at)
        tally.refused += len(found) - len(looked_at)
        # Every frame has a number: what arrived and was neither seen nor unreadable was overtaken in its slot.
        tally.overtaken = max(0, tally.received - tally.analysed - tally.refused)
        tally.last_received_at = max(waiting.frame.received_at for waiting, _ in found)
        tally.last_analysed_at = max(looked_at, default=tally.last_analysed_at)


def _note_unread(tx: Transaction, each: Unread) -> None:
    """One line a sitting and reason, stretched over its frames: a broken camera must not fill the table."""
    frame, reason = each.waiting.frame, f"unread_{each.reason}"[:60]
    query = select(AnalysisGap).where(
        AnalysisGap.attempt_id == frame.attempt_id, AnalysisGap.reason == reason
    )
    gap = tx.session.scalars(query).first()
    if gap is None:
        gap = AnalysisGap(attempt_id=frame.attempt_id, began_at=frame.captured_at, reason=reason)
        tx.session.add(gap)
    gap.ended_at = frame.captured_at
    tx.session.flush()


def observations(session: Session, attempt_id: UUID, base: datetime) -> list[tuple[int, Observation]]:
    """A sitting's frames in order, each with its number; times in seconds since `base`."""
    query = select(ObservationRecord).where(ObservationRecord.attempt_id == attempt_id)
    columns = [c for c in _OBSERVATION.c if c.name not in ("received_at", "analysed_at", "frame_digest")]
    rows = session.execute(query.with_only_columns(*columns).order_by(_OBSERVATION.c.captured_at)).mappings()
    found = []
    for row in rows:
        values = {**row["detail"], **{key: row[key] for key in row if key != "detail"}}
        values["t"] = (row["captured_at"] - base).total_seconds()
        found.append((row["frame"], Observation.from_record(values)))
    return found


def beat(platform: Platform, name: str, **detail: Any) -> None:
    """A sign of life of the worker `name`; one of the analysis ends whatever silence was noted.

    Both at once: between them the silence could be noted again, and nobody would ever end that gap.
    """
    with platform.writing(SYSTEM) as tx:
        if name == FRAMES_WORKER:
            for gap in tx.session.scalars(_open_gaps()):
                gap.ended_at = tx.now
        tx.session.merge(WorkerBeat(name=name, at=tx.now, detail=detail))


def open_gap(platform: Platform, reason: str, began_at: datetime) -> None:
    """From `began_at` on, nothing is analysed in any sitting. Noted once while it lasts."""
    with platform.writing(SYSTEM) as tx:
        if tx.session.scalars(_open_gaps()).first() is None:
            tx.session.add(AnalysisGap(attempt_id=None, began_at=began_at, reason=reason))


def close_gaps(platform: Platform, restarted_reason: str | None = None) -> None:
    """The analysis looks again. With a reason, a silence nobody noted while it lasted is noted now."""
    with platform.writing(SYSTEM) as tx:
        gaps = list(tx.session.scalars(_open_gaps()))
        for gap in gaps:
            gap.ended_at = tx.now
        last = tx.session.get(WorkerBeat, FRAMES_WORKER)
        if restarted_reason and not gaps and last is not None and tx.now - last.at > SILENCE:
            tx.session.add(
                AnalysisGap(attempt_id=None, began_at=last.at, ended_at=tx.now, reason=restarted_reason)
            )


def notice_silence(platform: Platform) -> bool:
    """Whether the analysis has been silent for long; notes the gap at its beginning."""
    now = platform.clock.now()
    with platform.reading() as db:
        last = db.get(WorkerBeat, FRAMES_WORKER)
    if last is not None and now - last.at <= SILENCE:
        return False
    # One that never gave a sign of life is missing from now on; what was before, nobody can tell.
    open_gap(platform, "analysis_down", last.at if last else now)
    return True


def _open_gaps() -> Any:
    return select(AnalysisGap).where(AnalysisGap.attempt_id.is_(None), AnalysisGap.ended_at.is_(None))


def gaps_of(session: Session, attempt_id: UUID, began: datetime, ended: datetime) -> list[AnalysisGap]:
    """The analysis' own gaps that touch a sitting between two moments, by their beginning."""
    query = select(AnalysisGap).where(
        (AnalysisGap.attempt_id == attempt_id) | AnalysisGap.attempt_id.is_(None),
        AnalysisGap.began_at < ended,
        (AnalysisGap.ended_at.is_(None)) | (AnalysisGap.ended_at > began),
    )
    return list(session.scalars(query.order_by(AnalysisGap.began_at)))


def key_of(platform: Platform, attempt_id: UUID) -> bytes:
    """The data key of a sitting's applicant. Raises `NotFound`."""
    with platform.reading() as db:
        applicant_id = db.scalar(select(Attempt.applicant_id).where(Attempt.id == attempt_id))
        if applicant_id is None:
            raise NotFound()
        return platform.vault.person_key(db, applicant_id)
