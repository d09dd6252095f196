"""Sounds and films for items: what was uploaded, and a place to upload more."""

from typing import Any

from flask import Response, jsonify, request

from examapp.domain.errors import Refusal
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.bank import pictures
from examapp.services.bank.recordings import MAX_BYTES, upload_recording
from examapp.web import limits
from examapp.web.admin.blueprint import blueprint
from examapp.web.errors import status_of
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence

# The form around the file.
_AROUND = 100_000


@blueprint.url_value_preprocessor
def take_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A film is larger than anything else that is sent; only here, and before anybody reads the form."""
    if endpoint == "admin.add_recording":
        request.max_content_length = max(MAX_BYTES.values()) + _AROUND


@blueprint.post("/recordings")
@requires(Permission.EDIT_BANK)
@limiter.limit(limits.UPLOADS)
def add_recording() -> Any:
    """Keep an uploaded sound or film; the reply names it, or says what is wrong with it."""
    sent, kind = request.files.get("recording"), request.form.get("kind", "")
    data = sent.stream.read(MAX_BYTES.get(kind, 0) + 1) if sent else b""
    try:
        reference = upload_recording(platform(), actor(), kind, (sent.filename or "") if sent else "", data)
    except Refusal as error:
        refused: Response = jsonify(error=error.code, message=sentence(error.code, error.params))
        refused.status_code = status_of(error)
        return refused
    return jsonify(reference=reference, url=pictures.address(reference)), 201
