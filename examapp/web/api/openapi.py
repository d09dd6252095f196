"""The description of the API, made from the same models that check what comes in."""

from typing import Any

from flask import Response, jsonify

from examapp.domain.roles import Permission
from examapp.web.api import schemas
from examapp.web.api.blueprint import blueprint
from examapp.web.guard import requires

_STAMP = {"type": ["string", "null"], "format": "date-time"}
_NOTICE = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in ("id", "code", "text", "created_at")},
}
_CONTEXT: dict[str, Any] = {
    "type": "object",
    "required": ["now", "deadline", "state", "notices"],
    "properties": {
        "now": {"type": "string", "format": "date-time", "description": "the server's time"},
        "deadline": _STAMP | {"description": "of the part that runs"},
        "state": {
            "type": ["string", "null"],
            "enum": ["preparing", "running", "finished", "abandoned", None],
        },
        "notices": {"type": "array", "items": _NOTICE},
    },
}
_PROBLEM = {
    "allOf": [
        {"$ref": "#/components/schemas/Context"},
        {
            "type": "object",
            "required": ["error", "message"],
            "properties": {"error": {"type": "string"}, "message": {"type": "string"}},
        },
    ]
}
_ATTEMPT_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_FRAME_HEADERS = [
    {
        "name": "X-Frame-Sequence",
        "in": "header",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    {
        "name": "X-Captured-At",
        "in": "header",
        "schema": {"type": "integer"},
        "description": "device clock, ms",
    },
    {"name": "X-Sent-At", "in": "header", "schema": {"type": "integer"}, "description": "same clock, ms"},
    {"name": "X-Device-Epoch", "in": "header", "schema": {"type": "integer"}},
]


def _operation(
    summary: str,
    body: str | None = None,
    parameters: list[dict[str, Any]] | None = None,
    success: str = "200",
) -> dict[str, Any]:
    context = {"application/json": {"schema": {"$ref": "#/components/schemas/Context"}}}
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {
        "401": "sign in again; nothing sent is lost",
        "403": "not an applicant",
        "404": "no such attempt of yours",
        "409": "the sitting has moved on",
        "413": "too large",
        "422": "what was sent can't be used",
        "429": "too many in a short time",
        "503": "try again; nothing was acknowledged",
    }
    operation: dict[str, Any] = {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {success: {"description": "done", "content": context}}
        | {code: {"description": text, "content": problem} for code, text in refusals.items()},
        "security": [{"session": [], "csrf": []}],
    }
    if body:
        schema = {"$ref": f"#/components/schemas/{body}"}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _jpeg(summary: str, parameters: list[dict[str, Any]], success: str) -> dict[str, Any]:
    operation = _operation(summary, None, parameters, success)
    picture = {"image/jpeg": {"schema": {"type": "string", "contentMediaType": "image/jpeg"}}}
    operation["requestBody"] = {"required": True, "content": picture}
    return operation


def _paths() -> dict[str, Any]:
    attempt = "/api/v1/attempts/{id}"
    here = [_ATTEMPT_ID]
    part = {"name": "part", "in": "path", "required": True, "schema": {"type": "string"}}
    notice = {
        "name": "notice",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
    }
    language = {"name": "language", "in": "query", "schema": {"enum": ["id", "en"]}}
    device = {"name": "device", "in": "query", "schema": {"type": "string"}}
    return {
        attempt: {
            "get": _operation("The sitting, its form and what is saved", None, [*here, language, device])
        },
        f"{attempt}/devices": {"post": _operation("Become the active device", "DeviceIn", here)},
        f"{attempt}/steps": {"post": _operation("A step of the preparation is done", "StepIn", here)},
        f"{attempt}/parts/{{part}}/start": {"post": _operation("Begin a part", None, [*here, part])},
        f"{attempt}/events": {"post": _operation("Send events; idempotent by their uuid", "EventsIn", here)},
        f"{attempt}/frames": {"post": _jpeg("A picture from the camera", [*here, *_FRAME_HEADERS], "202")},
        f"{attempt}/photo": {"post": _jpeg("The reference photo", here, "201")},
        f"{attempt}/submit": {"post": _operation("End a part, once", "SubmitIn", here)},
        f"{attempt}/notices/{{notice}}/seen": {
            "post": _operation("A notice was read", None, [*here, notice])
        },
    }


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {"Context": _CONTEXT, "Problem": _PROBLEM}
    for model in (schemas.EventsIn, schemas.DeviceIn, schemas.StepIn, schemas.SubmitIn):
        described = model.model_json_schema(ref_template="#/components/schemas/{model}")
        found.update(described.pop("$defs", {}))
        found[model.__name__] = described
    return found


@blueprint.get("/openapi.json")
@requires(Permission.PUBLIC)
def describe() -> Response:
    return jsonify(
        openapi="3.1.0",
        info={"title": "SIM Daring: the exam client's API", "version": "1"},
        paths=_paths(),
        components={
            "schemas": _schemas(),
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "simexam"},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
            },
        },
    )
