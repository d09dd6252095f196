"""A sitting without a line: its service worker, and the page it shows where nothing else is kept."""

from uuid import UUID

from flask import Response, render_template, send_file

from examapp.domain.roles import Permission
from examapp.web.applicant import access
from examapp.web.applicant.blueprint import blueprint
from examapp.web.assets import DIST, manifest
from examapp.web.guard import requires
from examapp.web.identity import platform

_SOURCE = "examapp/client/shelter/main.ts"


@blueprint.get("/sittings/<uuid:attempt_id>/worker.js")
@requires(Permission.SIT_EXAM)
def worker(attempt_id: UUID) -> Response:
    """The script itself: served inside the sitting, so that no browser gives it a wider scope."""
    with platform().reading() as db:
        access.load(db, attempt_id)
    response = send_file(DIST / manifest()[_SOURCE]["file"], mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/sittings/<uuid:attempt_id>/waiting")
@requires(Permission.SIT_EXAM)
def waiting(attempt_id: UUID) -> str:
    with platform().reading() as db:
        attempt = access.load(db, attempt_id)
        return render_template(
            "applicant/waiting.html", attempt=attempt, help_contact=platform().config.help_contact
        )
