"""What proctors see of running sittings: the newest frame, where each one stands, and what goes on at this moment."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.domain.errors import Conflict, NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.attempts import Attempt, AttemptEvent, Notice
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.proctoring import EpisodeRecord
from examapp.persistence.slots import FrameSlots, open_slots
from examapp.services.platform import Actor, Platform
from examapp.services.sitting.sittings import OPEN_STATES, running_part
from examapp.services.watching.frames import open_frame

# As long as a browser's session: within it, looking again at the same faces is the same deed.
ONE_SESSION = timedelta(hours=12)
LIVE_VIEWED = "live_viewed"
CASE_VIEWED = "evidence_viewed"


@dataclass(frozen=True, slots=True)
class LiveEpisode:
    """An episode of a running sitting; `ongoing` means that it has not ended yet."""

    kind: str
    onset: datetime
    offset: datetime
    severity: str
    ongoing: bool


@dataclass(frozen=True, slots=True)
class LiveSitting:
    """One tile of the wall. Reference and class only: who it is does not matter for watching."""

    attempt_id: UUID
    reference: str
    licence_class: str
    state: str
    part: str | None
    deadline: datetime | None
    camera: str
    frame: int | None
    frame_at: datetime | None
    episodes: tuple[LiveEpisode, ...]

    @property
    def now_going_on(self) -> tuple[LiveEpisode, ...]:
        return tuple(episode for episode in self.episodes if episode.ongoing)


def live_sittings(platform: Platform, actor: Actor) -> list[LiveSitting]:
    """All open sittings in which something can be seen or should be: running ones, and those before the camera."""
    actor.must(Permission.WATCH_SITTINGS)
    slots = open_slots(platform.config.instance)
    with platform.reading() as db:
        query = select(Attempt).where(Attempt.state.in_(OPEN_STATES)).options(selectinload(Attempt.parts))
        attempts = list(db.scalars(query.order_by(Attempt.created_at)))
        ids = [attempt.id for attempt in attempts]
        episodes, cameras = _episodes(db, ids), _cameras(db, ids)
    found = [_sitting(each, slots, episodes[each.id], cameras.get(each.id, each.camera)) for each in attempts]
    return [sitting for sitting in found if sitting.state == "running" or sitting.frame is not None]


def live_sitting(platform: Platform, actor: Actor, attempt_id: UUID) -> LiveSitting:
    """One sitting as the wall shows it. Raises `NotFound`, and `Conflict("attempt_over")` when it is no longer open."""
    actor.must(Permission.WATCH_SITTINGS)
    with platform.reading() as db:
        attempt = _attempt(db, attempt_id)
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        episodes = _episodes(db, [attempt_id])[attempt_id]
        camera = _cameras(db, [attempt_id]).get(attempt_id, attempt.camera)
        return _sitting(attempt, open_slots(platform.config.instance), episodes, camera)


def live_picture(platform: Platform, actor: Actor, attempt_id: UUID) -> tuple[bytes, int]:
    """The newest frame of an open sitting as a JPEG, and its number. Raises `NotFound("frame_gone")`."""
    actor.must(Permission.WATCH_SITTINGS)
    with platform.reading() as db:
        attempt = _attempt(db, attempt_id)
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        newest = open_slots(platform.config.instance).newest(attempt_id)
        if newest is None:
            raise NotFound("frame_gone")
        return (
            open_frame(platform, db, attempt, newest.frame.captured_at, newest.frame.sealed),
            newest.number,
        )


def sent_notices(session: Session, attempt_id: UUID) -> list[Notice]:
    """What was said to an applicant, newest first."""
    query = select(Notice).where(Notice.attempt_id == attempt_id)
    return list(session.scalars(query.order_by(Notice.created_at.desc())))


def note_viewing(platform: Platform, actor: Actor, attempt_id: UUID, action: str) -> bool:
    """Write down that `actor` saw this sitting's pictures, once a session; whether it was written now."""
    chain = f"attempt:{attempt_id}"
    since = platform.clock.now() - ONE_SESSION
    noted = select(AuditEntry.sequence).where(
        AuditEntry.chain == chain,
        AuditEntry.action == action,
        AuditEntry.actor_id == actor.account_id,
        AuditEntry.at > since,
    )
    with platform.reading() as db:
        if db.scalars(noted).first() is not None:
            return False
    with platform.writing(actor) as tx:
        tx.audit(chain, action)
    return True


def _attempt(db: Session, attempt_id: UUID) -> Attempt:
    query = select(Attempt).where(Attempt.id == attempt_id).options(selectinload(Attempt.parts))
    attempt = db.scalars(query).one_or_none()
    if attempt is None:
        raise NotFound()
    return attempt


def _episodes(db: Session, attempt_ids: Iterable[UUID]) -> defaultdict[UUID, tuple[LiveEpisode, ...]]:
    query = select(EpisodeRecord).where(EpisodeRecord.attempt_id.in_(list(attempt_ids)))
    found: defaultdict[UUID, tuple[LiveEpisode, ...]] = defaultdict(tuple)
    for each in db.scalars(query.order_by(EpisodeRecord.onset)):
        episode = LiveEpisode(each.kind, each.onset, each.offset, each.severity, each.ongoing)
        found[each.attempt_id] = (*found[each.attempt_id], episode)
    return found


def _cameras(db: Session, attempt_ids: list[UUID]) -> dict[UUID, str]:
    """What each page last told of its camera; a camera may be lost long after its check went well."""
    query = (
        select(AttemptEvent.attempt_id, AttemptEvent.kind)
        .where(AttemptEvent.attempt_id.in_(attempt_ids), AttemptEvent.kind.like("camera.%"))
        .order_by(AttemptEvent.attempt_id, AttemptEvent.sequence)
    )
    return {row.attempt_id: row.kind.removeprefix("camera.") for row in db.execute(query)}


def _sitting(
    attempt: Attempt, slots: FrameSlots, episodes: tuple[LiveEpisode, ...], camera: str
) -> LiveSitting:
    part, newest = running_part(attempt), slots.newest_number(attempt.id)
    return LiveSitting(
        attempt_id=attempt.id,
        reference=attempt.reference,
        licence_class=attempt.licence_class,
        state=attempt.state,
        part=part.part if part else None,
        deadline=part.deadline if part else None,
        camera=camera,
        frame=newest[0] if newest else None,
        frame_at=newest[1] if newest else None,
        episodes=episodes,
    )
