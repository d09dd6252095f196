"""Pictures of items under opaque addresses, kept by browsers for ever: what an address shows never changes."""

from flask import Blueprint, Response

from examapp.domain.errors import NotFound
from examapp.domain.roles import Permission
from examapp.services.bank import pictures
from examapp.web.guard import requires
from examapp.web.identity import platform

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")


def _serve(picture: pictures.Picture) -> Response:
    response = Response(picture.data, content_type=picture.media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # A drawing opened by itself runs nothing and loads nothing, whoever described it.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@blueprint.get("/<name>")
@requires(Permission.PUBLIC)
def picture(name: str) -> Response:
    stem, _, ending = name.rpartition(".")
    language, dash, token = stem.partition("-")
    if ending == "svg" and dash and language in {"id", "en"}:
        return _serve(pictures.drawn(platform(), language, token))
    if not stem.isalnum():
        raise NotFound("picture_missing")
    return _serve(pictures.uploaded(platform(), name))
