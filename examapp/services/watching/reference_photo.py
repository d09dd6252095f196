"""The reference photo: one person, sharp and lit, kept as evidence; checked by the analysis while one waits."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from examapp.domain.attempt import AttemptState
from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.persistence.photo_desk import PhotoDesk, open_desk
from examapp.persistence.records.proctoring import EvidenceRecord
from examapp.persistence.slots import ArrivedFrame, frame_bond, to_milliseconds
from examapp.persistence.vault import seal
from examapp.services.platform import Actor, Platform
from examapp.services.sitting.sittings import OPEN_STATES, own_attempt
from examapp.services.watching.evidence import REFERENCE, UNCHECKED_REFERENCE, NewEvidence, chain_frame
from examapp.services.watching.frames import check_picture
from examapp.services.watching.tally import hold_tally
from proctoring.observation import Observation

WAIT_SECONDS = 8.0
# Found on published footage darkened and blurred step by step: a lit room lies above 0.25, a sharp face above 0.5.
LEAST_BRIGHTNESS = 0.1
LEAST_SHARPNESS = 0.18
MOST_TURN = 30.0


@dataclass(frozen=True, slots=True)
class PhotoTaken:
    """`faces` and `quality` (0-1) are None when the analysis was not there to look."""

    checked: bool
    faces: int | None
    quality: float | None


def judge(seen: Observation) -> str | None:
    """The code of what is wrong with a reference photo, or None. What causes the other faults comes first."""
    if seen.brightness < LEAST_BRIGHTNESS:
        return "photo_dark"
    if seen.faces == 0:
        return "photo_nobody"
    if seen.faces > 1:
        return "photo_several"
    if seen.sharpness < LEAST_SHARPNESS:
        return "photo_blurred"
    if seen.yaw is None or abs(seen.yaw) > MOST_TURN:
        return "photo_turned"
    return None


def take_photo(
    platform: Platform, actor: Actor, attempt_id: UUID, data: bytes, wait_seconds: float = WAIT_SECONDS
) -> PhotoTaken:
    """Check and keep the reference photo. Without an analysis at work it is kept unchecked, and that is noted.

    Raises `Invalid("photo_…")` saying what is wrong, what `check_picture` raises, and `Conflict("step_closed")` once
    the exam runs.
    """
    actor.must(Permission.SIT_EXAM)
    with platform.reading() as db:
        attempt = own_attempt(db, actor, attempt_id)
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        if attempt.state != AttemptState.PREPARING:
            # Who sits is compared with it: another face in the middle would be the measure of itself.
            raise Conflict("step_closed")
        check_picture(data, platform.config.frame_limit_bytes)
        key = platform.vault.person_key(db, attempt.applicant_id)
    now = to_milliseconds(platform.clock.now())
    bond = frame_bond(attempt_id, now)
    sealed = seal(key, data, bond)
    # No transaction is open while we wait.
    answer = _looked_at(open_desk(platform.config.instance), attempt.applicant_id, bond, sealed, wait_seconds)
    seen = _seen(answer)
    if seen is not None:
        problem = judge(seen)
        if problem:
            raise Invalid(problem, faces=seen.faces, quality=round(seen.quality, 2))
    _keep(platform, actor, ArrivedFrame(attempt_id, 0, attempt.epoch, now, now, sealed), seen)
    return PhotoTaken(
        seen is not None, seen.faces if seen else None, round(seen.quality, 3) if seen else None
    )


def _looked_at(
    desk: PhotoDesk, applicant_id: UUID, bond: str, sealed: bytes, seconds: float
) -> dict[str, Any] | None:
    return desk.ask(applicant_id, bond, sealed, seconds) if desk.attended() else None


def _seen(answer: dict[str, Any] | None) -> Observation | None:
    if answer is None:
        return None
    if "refused" in answer:
        raise Invalid("frame_truncated" if answer["refused"] == "truncated" else "frame_unreadable")
    return Observation.from_record(answer["seen"])


def _keep(platform: Platform, actor: Actor, frame: ArrivedFrame, seen: Observation | None) -> None:
    attempt_id, reason = frame.attempt_id, REFERENCE if seen else UNCHECKED_REFERENCE
    place = f"{attempt_id}/reference-{round(frame.captured_at.timestamp() * 1000)}"
    platform.evidence.put(place, frame.sealed)
    with platform.writing(actor) as tx:
        # The sitting's evidence is written in turns, see `services.evidence`.
        hold_tally(tx.session, attempt_id)
        count = select(func.count()).where(
            EvidenceRecord.attempt_id == attempt_id,
            EvidenceRecord.reason.in_((REFERENCE, UNCHECKED_REFERENCE)),
        )
        number = (tx.session.scalar(count) or 0) + 1
        record = chain_frame(tx, attempt_id, NewEvidence(number, reason, frame), place)
        tx.audit(
            f"attempt:{attempt_id}",
            "photo_taken",
            checked=seen is not None,
            position=record.position if record else None,
        )
