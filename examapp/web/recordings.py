"""Sounds and films of items, opaquely named, a range of bytes at a time, for those who have them in their form."""

from flask import Blueprint, Response, request

from examapp.domain.roles import Permission
from examapp.services.bank.recordings import played
from examapp.web.guard import requires
from examapp.web.identity import actor, platform

blueprint = Blueprint("recordings", __name__, url_prefix="/recordings")


@blueprint.get("/<name>")
@requires(Permission.SIGNED_IN)
def recording(name: str) -> Response:
    stored = played(platform(), actor(), name)
    response = Response(stored.data, content_type=stored.media_type)
    # Kept on the device that may have it, in no cache between: what an address plays never changes.
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    response.set_etag(name)
    response.make_conditional(request, accept_ranges=True, complete_length=len(stored.data))
    return response
