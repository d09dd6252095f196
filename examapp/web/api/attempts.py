"""The sitting itself over JSON: read it, begin a part, send events, submit."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for

from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.sitting import notices, sittings, submission
from examapp.services.sitting.answers import Receipt, SentEvent, record_events
from examapp.services.sitting.attempt_view import attempt_view
from examapp.web import limits
from examapp.web.api.blueprint import blueprint
from examapp.web.api.reply import attempt_context, body, reply
from examapp.web.api.schemas import DeviceIn, EventsIn, StepIn, SubmitIn
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence


def _view(attempt_id: UUID, status: int = 200, **more: Any) -> Response:
    language = request.args.get("language")
    wanted = language if language in {"id", "en"} else None
    view = attempt_view(platform(), actor(), attempt_id, wanted, request.args.get("device"))
    return reply(view | more, status)


@blueprint.get("/attempts/<uuid:attempt_id>")
@requires(Permission.SIT_EXAM)
def read_attempt(attempt_id: UUID) -> Response:
    return _view(attempt_id)


@blueprint.post("/attempts/<uuid:attempt_id>/devices")
@requires(Permission.SIT_EXAM)
def take_device(attempt_id: UUID) -> Response:
    wanted = body(DeviceIn)
    attempt = sittings.take_device(platform(), actor(), attempt_id, wanted.device, wanted.take_over)
    return reply(attempt_context(actor(), attempt_id) | {"epoch": attempt.epoch, "device_active": True})


@blueprint.post("/attempts/<uuid:attempt_id>/steps")
@requires(Permission.SIT_EXAM)
def complete_step(attempt_id: UUID) -> Response:
    given = body(StepIn)
    extra = given.model_dump(exclude={"step"}, exclude_none=True)
    sittings.complete_step(platform(), actor(), attempt_id, given.step, **extra)
    return _view(attempt_id)


@blueprint.post("/attempts/<uuid:attempt_id>/parts/<part>/start")
@requires(Permission.SIT_EXAM)
def start_part(attempt_id: UUID, part: str) -> Response:
    sittings.start_part(platform(), actor(), attempt_id, part)
    return _view(attempt_id)


@blueprint.post("/attempts/<uuid:attempt_id>/events")
@limiter.limit(limits.EVENTS)
@requires(Permission.SIT_EXAM)
def send_events(attempt_id: UUID) -> Response:
    batch = body(EventsIn)
    events = [
        SentEvent(e.uuid, e.part, e.kind, e.item_id, e.value, e.sequence, e.client_time_ms)
        for e in batch.events
    ]
    receipt = record_events(platform(), actor(), attempt_id, events, batch.epoch)
    return reply(_receipt(receipt, batch.device), 200 if receipt.acknowledged else 422, receipt.now)


def _receipt(receipt: Receipt, device: str | None) -> dict[str, Any]:
    rejected = [
        {"uuid": str(uuid), "error": code, "message": sentence(code, {})} for uuid, code in receipt.rejected
    ]
    found: dict[str, Any] = {
        "state": receipt.state,
        "deadline": receipt.deadline,
        "notices": receipt.notices,
        "epoch": receipt.epoch,
        "device_active": receipt.device is None or device is None or receipt.device == device,
        "acknowledged": [
            {"uuid": str(a.uuid), "status": a.status, "sequence": a.sequence, "received_at": a.received_at}
            for a in receipt.acknowledged
        ],
        "rejected": rejected,
    }
    if not receipt.acknowledged:
        found |= {"error": rejected[0]["error"], "message": rejected[0]["message"]}
    return found


@blueprint.post("/attempts/<uuid:attempt_id>/submit")
@requires(Permission.SIT_EXAM)
def submit(attempt_id: UUID) -> Response:
    wanted = body(SubmitIn).part
    attempt = submission.submit_part(platform(), actor(), attempt_id, wanted)
    # Where no part was named, the only one that has begun was meant.
    ended = next(part for part in attempt.parts if part.started_at and wanted in (None, part.part))
    following = sittings.next_part(attempt)
    return _view(
        attempt_id,
        part=ended.part,
        part_state=ended.state,
        next_part=following.part if following else None,
        result_url=url_for("applicant.result", attempt_id=attempt_id),
    )


@blueprint.post("/attempts/<uuid:attempt_id>/notices/<uuid:notice_id>/seen")
@requires(Permission.SIT_EXAM)
def notice_seen(attempt_id: UUID, notice_id: UUID) -> Response:
    notices.mark_seen(platform(), actor(), attempt_id, notice_id)
    return reply(attempt_context(actor(), attempt_id))
