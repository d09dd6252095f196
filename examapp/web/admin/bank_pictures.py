"""The picker of pictures: our signs and scenes by name, what was uploaded, and a place to upload more."""

from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, render_template, request

from examapp.domain.errors import Refusal
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.bank import pictures, signs
from examapp.services.bank.media import list_uploads, upload_picture
from examapp.web import limits
from examapp.web.admin.blueprint import blueprint
from examapp.web.errors import status_of
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.refusals import sentence
from question_bank.scenes import catalogue as scenes

# As many as a dialog shows without anybody losing their way; the search narrows.
MOST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    reference: str
    name: str
    shows: str
    url: str


def _drawn(language: str) -> list[Choice]:
    references = [f"sign:{name}" for name in signs.catalogue()]
    references += [f"scene:{name}" for name in scenes.names()]
    return [
        Choice(
            reference,
            reference.partition(":")[2],
            pictures.alt_text(reference, language),
            pictures.address(reference, language),
        )
        for reference in references
    ]


def _uploaded(words: str) -> list[Choice]:
    found = []
    for media in list_uploads(platform(), words, MOST):
        ending = "jpg" if media.media_type == "image/jpeg" else "png"
        reference = f"media:{media.digest}.{ending}"
        found.append(
            Choice(
                reference,
                media.original_name,
                f"{media.width} × {media.height}",
                pictures.address(reference),
            )
        )
    return found


@blueprint.get("/pictures")
@requires(Permission.EDIT_BANK)
def choose_picture() -> str:
    """The pictures whose name or description holds every word asked for, as a part of the editor's dialog."""
    words = request.args.get("words", "")[:100].lower()
    kind = request.args.get("kind", "")
    found = [] if kind == "media" else _drawn(reader_language())
    if kind in {"sign", "scene"}:
        found = [choice for choice in found if choice.reference.startswith(f"{kind}:")]
    found = [
        choice
        for choice in found
        if all(word in f"{choice.name} {choice.shows}".lower() for word in words.split())
    ]
    if kind in {"", "media"}:
        found = _uploaded(words) + found
    return render_template("admin_bank/_pictures.html", choices=found[:MOST], more=max(0, len(found) - MOST))


@blueprint.post("/pictures")
@requires(Permission.EDIT_BANK)
@limiter.limit(limits.UPLOADS)
def add_picture() -> Any:
    """Keep an uploaded picture; the reply names it, or says what is wrong with it."""
    sent = request.files.get("picture")
    try:
        reference = upload_picture(
            platform(), actor(), sent.filename or "" if sent else "", sent.read() if sent else b""
        )
    except Refusal as error:
        refused: Response = jsonify(error=error.code, message=sentence(error.code, error.params))
        refused.status_code = status_of(error)
        return refused
    return jsonify(reference=reference, url=pictures.address(reference)), 201
