"""Every reply carries the server's time, the deadline, the state and the waiting notices; bodies are read strictly."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, g, jsonify, request
from flask_login import current_user
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import SQLAlchemyError

from examapp.domain.errors import Invalid, Refusal, TooMuch
from examapp.services.platform import Actor
from examapp.services.sitting.attempt_view import context
from examapp.services.sitting.notices import Waiting
from examapp.services.sitting.sittings import own_attempt
from examapp.web.api.incoming import read_body
from examapp.web.identity import actor, platform
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


def attempt_context(who: Actor, attempt_id: UUID) -> dict[str, Any]:
    """A sitting's state, deadline and waiting notices, for a reply that has nothing else of it. Raises `NotFound`."""
    with platform().reading() as db:
        return context(db, own_attempt(db, who, attempt_id))


def offer_context() -> None:
    """Let a refusal later in this request say where its sitting stands; looked up only when there is one."""
    attempt_id = (request.view_args or {}).get("attempt_id")

    def look_up() -> dict[str, Any]:
        try:
            found: dict[str, Any] = _plain(attempt_context(actor(), attempt_id))
        except (Refusal, SQLAlchemyError):
            # Not this reader's sitting, or the database is what failed: the refusal itself must still get through.
            return {}
        return found

    if attempt_id is not None and current_user.is_authenticated:
        g.sitting_of_request = look_up


def body(model: type[Model]) -> Model:
    """The request's JSON as `model`. Raises `Invalid` naming the field, `TooMuch` above 256 KB."""
    data = read_body(LARGEST_BODY, TooMuch("body_too_large", maximum=LARGEST_BODY // 1024))
    try:
        return model.model_validate_json(data or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "body"
        raise Invalid("body_invalid", field=where, problem=first["msg"]) from error
