"""Episodes derived anew from a sitting's facts, and the frames they ask to be kept. Run as often as one likes."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.persistence import event_log
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import EpisodeRecord, EvidenceRecord
from examapp.persistence.slots import FrameSlots
from examapp.services.platform import SYSTEM, Platform
from examapp.services.watching import analysis, evidence
from examapp.services.watching.tally import hold_tally
from proctoring.episode import Episode, EpisodeKind, fold, severity_of
from proctoring.evidence import FrameMark, frames_to_keep
from proctoring.interval import Span, without
from proctoring.observation import Observation
from proctoring.page_event import PageEvent, PageEventKind
from proctoring.policy import Policy, load_policy

PAGE_KINDS = {
    "page.hidden": PageEventKind.PAGE_HIDDEN,
    "page.visible": PageEventKind.PAGE_SHOWN,
    "fullscreen.left": PageEventKind.FULLSCREEN_LEFT,
    "fullscreen.entered": PageEventKind.FULLSCREEN_ENTERED,
    "camera.lost": PageEventKind.CAMERA_LOST,
    "camera.refused": PageEventKind.CAMERA_LOST,
    "camera.missing": PageEventKind.CAMERA_LOST,
    "camera.in_use": PageEventKind.CAMERA_LOST,
    "camera.ok": PageEventKind.CAMERA_BACK,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a sitting's episodes are derived from; times in seconds since `base`, its start."""

    base: datetime
    frames: tuple[tuple[int, Observation], ...]
    events: tuple[PageEvent, ...]
    # When a part ran: between parts an applicant may rest, and nothing is watched.
    windows: tuple[tuple[float, float], ...]
    # When frames may have come and we did not look: that is ours, not the applicant's.
    unseen: tuple[Span, ...]
    over: bool


def facts_of(session: Session, attempt: Attempt, now: datetime, policy: Policy) -> Facts | None:
    """The facts of a sitting that was started, or None."""
    base = attempt.started_at
    if base is None:
        return None

    def since_base(at: datetime) -> float:
        return (at - base).total_seconds()

    frames = tuple(analysis.observations(session, attempt.id, base))
    events = tuple(
        PageEvent(since_base(at), PAGE_KINDS[kind])
        for kind, at, _ in event_log.page_events(session, attempt.id)
        if kind in PAGE_KINDS
    )
    windows = tuple(
        (since_base(part.started_at), since_base(part.finished_at or min(now, part.deadline or now)))
        for part in attempt.parts
        if part.started_at is not None
    )
    end = attempt.finished_at or now
    gaps = [
        Span(since_base(gap.began_at), since_base(gap.ended_at or now))
        for gap in analysis.gaps_of(session, attempt.id, base, end)
        if not gap.reason.startswith("unread_")
    ]
    unseen = (*gaps, *overtaken_spans(frames, policy))
    return Facts(base, frames, events, windows, unseen, attempt.finished_at is not None)


def overtaken_spans(frames: Sequence[tuple[int, Observation]], policy: Policy) -> list[Span]:
    """Times in which frames arrived (their numbers are missing) and none was looked at."""
    minimum = policy.rules[EpisodeKind.NO_FRAMES].minimum
    return [
        Span(earlier.t, later.t)
        for (number, earlier), (following, later) in pairwise(frames)
        if following > number + 1 and later.t - earlier.t >= minimum
    ]


def derive_episodes(facts: Facts, policy: Policy) -> tuple[Episode, ...]:
    """The episodes of every part, in order; none lies between parts."""
    found: list[Episode] = []
    seen = [one for _, one in facts.frames]
    for since, until in facts.windows:
        if until <= since:
            continue
        within = [event for event in facts.events if since <= event.t <= until]
        for episode in fold(seen, within, policy, until=until, since=since):
            found += _ours_taken_out(episode, facts.unseen, policy)
    if facts.over:
        found = [replace(episode, ongoing=False) for episode in found]
    return tuple(sorted(found, key=lambda e: (e.start, e.kind.value)))


def _ours_taken_out(episode: Episode, unseen: Sequence[Span], policy: Policy) -> Iterable[Episode]:
    """An analysis that stood still is no camera that sent nothing."""
    if episode.kind is not EpisodeKind.NO_FRAMES:
        return [episode]
    rule = policy.rules[episode.kind]
    pieces = without([Span(episode.start, episode.end, episode.sightings)], unseen)
    return [
        replace(
            episode,
            start=piece.start,
            end=piece.end,
            severity=severity_of(piece.seconds, rule),
            ongoing=episode.ongoing and piece.end >= episode.end,
        )
        for piece in pieces
        if piece.seconds >= rule.minimum
    ]


def refresh(platform: Platform, slots: FrameSlots, attempt_id: UUID) -> tuple[Episode, ...]:
    """Derive a sitting's episodes, store what changed, and keep the frames they ask for.

    Reading and folding hold no lock; only a change is written, in a short transaction of its own.
    """
    policy = load_policy()
    with platform.reading() as db:
        attempt = db.scalars(
            select(Attempt).where(Attempt.id == attempt_id).options(selectinload(Attempt.parts))
        ).one()
        now = platform.clock.now()
        facts = facts_of(db, attempt, now, policy)
        if facts is None:
            return ()
        episodes = derive_episodes(facts, policy)
        wanted = {_id_of(attempt_id, e): _values(e, facts) for e in episodes}
        changed = wanted != {record.id: _stored(record) for record in _records(db, attempt_id)}
    if changed:
        _write(platform, attempt_id, wanted)
    _keep_frames(platform, slots, attempt_id, facts, episodes, policy)
    return episodes


def _id_of(attempt_id: UUID, episode: Episode) -> UUID:
    """The same episode keeps its id however often it is derived."""
    return uuid5(attempt_id, episode.identity)


def _values(episode: Episode, facts: Facts) -> dict[str, Any]:
    return {
        "kind": episode.kind.value,
        "onset": facts.base + timedelta(seconds=episode.start),
        "offset": facts.base + timedelta(seconds=episode.end),
        "severity": episode.severity.value,
        "ongoing": episode.ongoing,
        "detail": _detail(episode, facts.frames),
        "policy_version": episode.policy,
    }


_FIELDS = ("kind", "onset", "offset", "severity", "ongoing", "detail", "policy_version")


def _stored(record: EpisodeRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _FIELDS}


def _detail(episode: Episode, frames: Iterable[tuple[int, Observation]]) -> dict[str, Any]:
    """Figures for the sentence that a person reads: how many frames, where the head was turned, how many people."""
    within = [one for _, one in frames if episode.start <= one.t < episode.end]
    detail: dict[str, Any] = {"sightings": episode.sightings}
    if episode.kind is EpisodeKind.LOOKING_AWAY:
        for name in ("yaw", "pitch"):
            angles = [angle for one in within if (angle := getattr(one, name)) is not None]
            detail[name] = round(median(angles), 1) if angles else None
    if episode.kind is EpisodeKind.SEVERAL_PEOPLE:
        detail["faces"] = max((one.faces for one in within), default=2)
    return detail


def _records(session: Session, attempt_id: UUID) -> list[EpisodeRecord]:
    return list(session.scalars(select(EpisodeRecord).where(EpisodeRecord.attempt_id == attempt_id)))


def _write(platform: Platform, attempt_id: UUID, wanted: dict[UUID, dict[str, Any]]) -> None:
    with platform.writing(SYSTEM) as tx:
        # Two workers may derive the same sitting: they take turns on its tally, which no answer waits for.
        hold_tally(tx.session, attempt_id)
        held = {record.id: record for record in _records(tx.session, attempt_id)}
        for identity in held.keys() - wanted.keys():
            tx.session.delete(held[identity])
        for identity, values in wanted.items():
            record = held.get(identity)
            if record is None:
                record = EpisodeRecord(id=identity, attempt_id=attempt_id)
                tx.session.add(record)
            elif _stored(record) == values:
                continue
            for name, value in values.items():
                setattr(record, name, value)
            record.derived_at = tx.now


def _keep_frames(
    platform: Platform,
    slots: FrameSlots,
    attempt_id: UUID,
    facts: Facts,
    episodes: Sequence[Episode],
    policy: Policy,
) -> None:
    """Choose among the analysed frames, and keep those that are still in the ring and not yet kept."""
    marks = [FrameMark(number, one.t) for number, one in facts.frames]
    seed = hmac.digest(bytes.fromhex(platform.secrets.audit_key), attempt_id.bytes, "sha256")
    chosen = frames_to_keep(marks, episodes, policy.evidence, seed)
    with platform.reading() as db:
        kept = set(
            db.scalars(
                select(EvidenceRecord.frame).where(
                    EvidenceRecord.attempt_id == attempt_id,
                    EvidenceRecord.reason.not_in((evidence.REFERENCE, evidence.UNCHECKED_REFERENCE)),
                )
            )
        )
    fresh = []
    for choice in chosen:
        if choice.frame.sequence in kept:
            continue
        held = slots.from_ring(attempt_id, choice.frame.sequence)
        if held is not None:
            fresh.append(evidence.NewEvidence(held.number, choice.reason.value, held.frame))
    evidence.keep(platform, attempt_id, fresh)
