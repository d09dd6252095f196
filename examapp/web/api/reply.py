"""Every reply carries the server's time, the deadline, the state and the waiting notices; bodies are read strictly."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, g, jsonify, request
from pydantic import BaseModel, ValidationError

from examapp.domain.errors import Invalid, TooMuch
from examapp.services.attempt_view import context
from examapp.services.notices import Waiting
from examapp.services.platform import Actor
from examapp.services.sittings import own_attempt
from examapp.web.identity import platform
from examapp.web.notice_texts import notice_text

Model = TypeVar("Model", bound=BaseModel)
LARGEST_BODY = 256 * 1024


def stamp(at: datetime | None) -> str | None:
    """A moment as the API writes it: ISO 8601, UTC, milliseconds."""
    return None if at is None else at.isoformat(timespec="milliseconds")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Waiting):
        return {
            "id": str(value.id),
            "code": value.code,
            "text": notice_text(value.code),
            "created_at": stamp(value.created_at),
        }
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, UUID) else value


def reply(body: Mapping[str, Any], status: int = 200, now: datetime | None = None) -> Response:
    """`body` with the server's time; `now` where it was already read inside a transaction."""
    response = jsonify({"now": stamp(now or platform().clock.now()), **_plain(body)})
    response.status_code = status
    return response


def remember_context(actor: Actor, attempt_id: UUID) -> dict[str, Any]:
    """Look up a sitting's state for this reply, and keep it so that a refusal later in the request carries it too."""
    with platform().reading() as db:
        found = context(db, own_attempt(db, actor, attempt_id))
    g.attempt_context = _plain(found)
    return found


def body(model: type[Model]) -> Model:
    """The request's JSON as `model`. Raises `Invalid` naming the field, `TooMuch` above 256 KB."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise TooMuch("body_too_large", maximum=LARGEST_BODY // 1024)
    try:
        return model.model_validate_json(request.get_data(cache=False) or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise Invalid("body_invalid", field=where, problem=first["msg"]) from error
