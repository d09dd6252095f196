"""The reader's language and the time where they are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, Response, g, redirect, request, session
from flask_login import current_user

from examapp.domain.roles import Permission
from examapp.extensions import babel
from examapp.web.guard import requires

LANGUAGES = ("id", "en")
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DEFAULT_ZONE = "Asia/Jakarta"


def reader_language() -> str:
    """What the reader chose, else what their account says, else Indonesian: this is an Indonesian exam."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return "id"


def reader_zone() -> str:
    zone = session.get("zone")
    return zone if zone in ZONES else DEFAULT_ZONE


def local_time(at: datetime | None, style: str = "full") -> str:
    """A moment in the reader's zone: "10.41 WIB", "10.41.07 WIB" (`seconds`), "23 November 2026, 10.41 WIB"."""
    if at is None:
        return "–"
    zone = reader_zone()
    there = at.astimezone(ZoneInfo(zone))
    if style == "date":
        return format_date(there, "d MMMM y", locale=reader_language())
    clock = there.strftime("%H.%M.%S" if style == "seconds" else "%H.%M")
    if style in {"time", "seconds"}:
        return f"{clock} {ZONES[zone]}"
    return f"{format_date(there, 'd MMMM y', locale=reader_language())}, {clock} {ZONES[zone]}"


def local_date(day: object) -> str:
    return format_date(day, "d MMMM y", locale=reader_language())  # type: ignore[arg-type]


def install(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    babel.init_app(app, locale_selector=reader_language)
    app.jinja_env.filters.update(local_time=local_time, local_date=local_date)

    @app.before_request
    def remember() -> None:
        g.language = reader_language()

    @app.post("/language/<code>")
    @requires(Permission.PUBLIC)
    def choose_language(code: str) -> Response:
        if code in LANGUAGES:
            session["language"] = code
        back = request.form.get("back", "/")
        # Only a path of ours: "//elsewhere" and "\\elsewhere" would lead away, and a tab between is dropped on the way.
        safe = back.isprintable() and back.startswith("/") and not back.startswith(("//", "/\\"))
        return redirect(back if safe else "/")  # type: ignore[return-value]

    @app.context_processor
    def words() -> dict[str, object]:
        return {"language": reader_language(), "languages": LANGUAGES, "zone_label": ZONES[reader_zone()]}
