"""Taking camera frames in: cheap checks, sealed at once, laid into the sitting's slot. No pixel is decoded here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, TooMuch
from examapp.domain.roles import Permission
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.slots import ArrivedFrame, frame_bond, open_slots, to_milliseconds
from examapp.persistence.vault import seal, unseal
from examapp.services.platform import Actor, Platform
from examapp.services.sitting.attempt_view import context
from examapp.services.sitting.sittings import OPEN_STATES, own_attempt
from proctoring.vision.picture_header import jpeg_header

MOST_PIXELS = 12_000_000
# A frame may have waited on a slow line; more than this is a device whose clock jumped.
LONGEST_WAIT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class SentFrame:
    """A frame as a device sent it; both times are the device's, in milliseconds, and only their difference counts."""

    data: bytes
    sequence: int = 0
    captured_ms: int | None = None
    sent_ms: int | None = None
    epoch: int | None = None


def check_picture(data: bytes, limit_bytes: int) -> None:
    """Raise `TooMuch` or `Invalid` for what is no whole JPEG of a camera's size. Reads the header only."""
    if len(data) > limit_bytes:
        raise TooMuch("frame_too_large", maximum=limit_bytes // 1_000_000)
    header = jpeg_header(data)
    if header is None:
        raise Invalid("frame_not_jpeg")
    if header.pixels > MOST_PIXELS:
        raise Invalid("frame_too_many_pixels", megapixels=round(header.pixels / 1_000_000))
    if not header.complete:
        raise Invalid("frame_truncated")


def captured_at(received_at: datetime, captured_ms: int | None, sent_ms: int | None) -> datetime:
    """The moment of capture on the server's clock: arrival less what the device says the frame waited (0-30 s)."""
    waited = timedelta(0)
    if captured_ms is not None and sent_ms is not None:
        # A difference that is out of all reason would overflow; it is clamped before it becomes a duration.
        milliseconds = min(max(sent_ms - captured_ms, 0), round(LONGEST_WAIT.total_seconds() * 1000))
        waited = timedelta(milliseconds=milliseconds)
    return to_milliseconds(received_at - waited)


def take_frame(platform: Platform, actor: Actor, attempt_id: UUID, frame: SentFrame) -> dict[str, Any]:
    """Lay a frame of the actor's own open sitting into its slot; returns the reply's context.

    Raises `NotFound` for somebody else's attempt, `Conflict` when it is over or another device took over, `Invalid` or
    `TooMuch` for the picture, `Unavailable` when the disk is full: the exam itself goes on.
    """
    actor.must(Permission.SIT_EXAM)
    with platform.reading() as db:
        attempt = own_attempt(db, actor, attempt_id)
        found = context(db, attempt)
        _must_take(attempt, frame.epoch)
        check_picture(frame.data, platform.config.frame_limit_bytes)
        key = platform.vault.person_key(db, attempt.applicant_id)
    now = platform.clock.now()
    moment = captured_at(now, frame.captured_ms, frame.sent_ms)
    sealed = seal(key, frame.data, frame_bond(attempt_id, moment))
    epoch = attempt.epoch if frame.epoch is None else frame.epoch
    open_slots(platform.config.instance).put(
        ArrivedFrame(attempt_id, frame.sequence, epoch, moment, now, sealed)
    )
    return found


def _must_take(attempt: Attempt, epoch: int | None) -> None:
    if attempt.state not in OPEN_STATES:
        raise Conflict("attempt_over")
    if epoch is not None and epoch > attempt.epoch:
        raise Invalid("epoch_unknown", field="X-Device-Epoch")
    # What the old device still sees must not stand for what the new one shows.
    if epoch is not None and epoch < attempt.epoch:
        raise Conflict("other_device")


def open_frame(platform: Platform, db: Session, attempt: Attempt, moment: datetime, sealed: bytes) -> bytes:
    """The JPEG behind a sealed frame. Raises `NotFound("person_key_erased")` or `Unavailable`."""
    return unseal(platform.vault.person_key(db, attempt.applicant_id), sealed, frame_bond(attempt.id, moment))
