"""Pictures from the camera: a frame every two seconds, and the reference photo before the start."""

from uuid import UUID

from flask import Response, request

from examapp.domain.errors import Invalid, TooMuch
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.watching.frames import SentFrame, take_frame
from examapp.services.watching.reference_photo import take_photo
from examapp.web import limits
from examapp.web.api.blueprint import blueprint
from examapp.web.api.incoming import read_body
from examapp.web.api.reply import attempt_context, reply
from examapp.web.guard import requires
from examapp.web.identity import actor, platform

# What still counts as a device's clock or count; a larger number is none.
_LARGEST = 2**53


def _header_number(name: str) -> int | None:
    text = request.headers.get(name)
    if text is None:
        return None
    # Clocks may be years off, and sub-millisecond ones send decimals; only what is no number at all is refused.
    try:
        number = int(float(text))
    except (ValueError, OverflowError):
        raise Invalid("body_invalid", field=name, problem="not a number") from None
    if not -_LARGEST < number < _LARGEST:
        raise Invalid("body_invalid", field=name, problem="too large")
    return number


def _picture() -> bytes:
    limit = platform().config.frame_limit_bytes
    data = read_body(limit, TooMuch("frame_too_large", maximum=limit // 1_000_000))
    if not data:
        raise Invalid("frame_empty")
    return data


@blueprint.post("/attempts/<uuid:attempt_id>/frames")
@limiter.limit(limits.FRAMES)
@requires(Permission.SIT_EXAM)
def send_frame(attempt_id: UUID) -> Response:
    # Whose attempt it is comes before anything of the picture is said.
    attempt_context(actor(), attempt_id)
    frame = SentFrame(
        data=_picture(),
        sequence=_header_number("X-Frame-Sequence") or 0,
        captured_ms=_header_number("X-Captured-At"),
        sent_ms=_header_number("X-Sent-At"),
        epoch=_header_number("X-Device-Epoch"),
    )
    found = take_frame(platform(), actor(), attempt_id, frame)
    return reply({**found, "accepted": True}, 202)


@blueprint.post("/attempts/<uuid:attempt_id>/photo")
@limiter.limit(limits.UPLOADS)
@requires(Permission.SIT_EXAM)
def send_photo(attempt_id: UUID) -> Response:
    found = attempt_context(actor(), attempt_id)
    taken = take_photo(platform(), actor(), attempt_id, _picture())
    return reply({**found, "faces": taken.faces, "quality": taken.quality, "checked": taken.checked}, 201)
