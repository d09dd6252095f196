"""The live wall: every sitting that runs, as a tile with its newest picture."""

from datetime import datetime, timedelta
from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.services.demo.people import APPLICANTS, PASSWORD, Story
from examapp.services.watching.live_wall import LiveSitting, live_sittings
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import local_time
from examapp.web.proctor import words
from examapp.web.proctor.blueprint import blueprint

# A picture is asked for every two seconds: older than this something is wrong, and the tile says so.
FRESH = timedelta(seconds=6)


@blueprint.get("/")
@requires(Permission.WATCH_SITTINGS)
def wall() -> str:
    now = platform().clock.now()
    tiles = [tile(sitting, now) for sitting in live_sittings(platform(), actor())]
    return render_template("proctor/wall.html", tiles=ordered(tiles), words=words, **_demonstration())


def _demonstration() -> dict[str, str]:
    """On a demonstration, who can be signed in as to see a tile appear; their password is public."""
    with platform().reading() as db:
        demo = db.scalar(select(Account.demo).where(Account.id == actor().account_id))
    if not (demo and platform().config.loopback):
        return {}
    fresh = next(each for each in APPLICANTS if each.story is Story.FRESH)
    return {"demo_nik": fresh.nik, "demo_password": PASSWORD}


@blueprint.get("/wall.json")
@requires(Permission.WATCH_SITTINGS)
def wall_data() -> Response:
    """The tiles as they stand; an unchanged wall costs an empty reply."""
    now = platform().clock.now()
    tiles = ordered([tile(sitting, now) for sitting in live_sittings(platform(), actor())])
    response = jsonify(tiles=tiles)
    response.add_etag()
    # Not to be kept by anybody, only compared: `no-store` would forbid even that.
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


def ordered(tiles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that need somebody first; otherwise in the order in which they began."""
    rank = {"red": 0, "amber": 1}
    return sorted(tiles, key=lambda each: rank.get(each["tone"], 2))


def tile(sitting: LiveSitting, now: datetime) -> dict[str, Any]:
    """A sitting as words for one tile; ages are counted by the page, from `seen_at` (milliseconds)."""
    text, tone = condition(sitting, now)
    past = [episode for episode in sitting.episodes if not episode.ongoing]
    return {
        "id": str(sitting.attempt_id),
        "reference": sitting.reference,
        "licence_class": sitting.licence_class,
        "part": str(words.PARTS.get(sitting.part or "", _("Before the start"))),
        "until": local_time(sitting.deadline, "time") if sitting.deadline else "",
        "camera": str(words.CAMERAS.get(sitting.camera, sitting.camera)),
        "condition": text,
        "tone": tone,
        "episodes": len(past),
        "frame": sitting.frame,
        "seen_at": round(sitting.frame_at.timestamp() * 1000) if sitting.frame_at else None,
        "picture": url_for("proctor.live_frame", attempt_id=sitting.attempt_id) if sitting.frame else None,
        "url": url_for("proctor.live", attempt_id=sitting.attempt_id),
    }


def condition(sitting: LiveSitting, now: datetime) -> tuple[str, str]:
    """What goes on now, and in which colour: the gravest ongoing episode, else the camera, else that all is well."""
    going_on = sitting.now_going_on
    if going_on:
        worst = max(going_on, key=lambda each: ("low", "medium", "high").index(each.severity))
        lasted = words.duration((worst.offset - worst.onset).total_seconds())
        return f"{words.EPISODES[worst.kind]} · {lasted}", words.TONES[worst.severity]
    if sitting.part and sitting.frame_at is None:
        return _("No picture yet"), "amber"
    if sitting.part and sitting.frame_at and now - sitting.frame_at > FRESH:
        return _("No new picture"), "amber"
    if sitting.part is None:
        return _("Between two parts") if sitting.state == "running" else _("Preparing"), "quiet"
    return _("All quiet"), "green"
