"""One sitting live: its picture, what happened so far, and the prepared messages."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from examapp.domain.errors import Conflict
from examapp.domain.roles import Permission
from examapp.services.sitting import notices
from examapp.services.watching import live_wall
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import local_time
from examapp.web.notice_texts import NOTICES
from examapp.web.proctor import words
from examapp.web.proctor.blueprint import blueprint
from examapp.web.proctor.wall import tile

_MOST_REMEMBERED = 10_000


class _Noted:
    """Which viewings were written down already, so that a picture every two seconds asks the database once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: OrderedDict[tuple[str, UUID], None] = OrderedDict()

    def first_time(self, session: str, attempt_id: UUID) -> bool:
        with self._lock:
            if (session, attempt_id) in self._seen:
                return False
            self._seen[session, attempt_id] = None
            while len(self._seen) > _MOST_REMEMBERED:
                self._seen.popitem(last=False)
            return True


_noted = _Noted()


@blueprint.get("/sittings/<uuid:attempt_id>")
@requires(Permission.WATCH_SITTINGS)
def live(attempt_id: UUID) -> str | AnyResponse:
    try:
        sitting = live_wall.live_sitting(platform(), actor(), attempt_id)
    except Conflict:
        flash(_("This sitting is over."), "info")
        return redirect(url_for("proctor.wall"))
    with platform().reading() as db:
        sent = live_wall.sent_notices(db, attempt_id)
    now = platform().clock.now()
    return render_template(
        "proctor/live.html",
        sitting=sitting,
        tile=tile(sitting, now),
        sent=sent,
        messages=NOTICES,
        codes=notices.CODES,
        words=words,
    )


@blueprint.get("/sittings/<uuid:attempt_id>/live.json")
@requires(Permission.WATCH_SITTINGS)
def live_data(attempt_id: UUID) -> Response:
    sitting = live_wall.live_sitting(platform(), actor(), attempt_id)
    with platform().reading() as db:
        seen = {
            str(each.id): local_time(each.seen_at, "seconds")
            for each in live_wall.sent_notices(db, attempt_id)
            if each.seen_at
        }
    episodes = [
        {
            "kind": str(words.EPISODES[each.kind]),
            "tone": words.TONES[each.severity],
            "at": local_time(each.onset, "seconds"),
            "lasted": words.duration((each.offset - each.onset).total_seconds()),
            "ongoing": each.ongoing,
        }
        for each in reversed(sitting.episodes)
    ]
    return jsonify(tile=tile(sitting, platform().clock.now()), episodes=episodes, seen=seen)


@blueprint.get("/sittings/<uuid:attempt_id>/frame")
@requires(Permission.WATCH_SITTINGS)
def live_frame(attempt_id: UUID) -> Response:
    """The newest picture. It stays in no cache, and that somebody looked is written down once a session."""
    jpeg, number = live_wall.live_picture(platform(), actor(), attempt_id)
    if _noted.first_time(current_user.get_id(), attempt_id):
        live_wall.note_viewing(platform(), actor(), attempt_id, live_wall.LIVE_VIEWED)
    response = Response(jpeg, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Frame-Number"] = str(number)
    return response


@blueprint.post("/sittings/<uuid:attempt_id>/notices")
@requires(Permission.WATCH_SITTINGS)
def send_notice(attempt_id: UUID) -> AnyResponse:
    notices.send(platform(), actor(), attempt_id, request.form.get("code", ""))
    flash(_("The message is on its way."), "success")
    return redirect(url_for("proctor.live", attempt_id=attempt_id))
