"""From a refusal to a page or a JSON problem: what happened, what is kept, what to do next."""

from datetime import datetime
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from examapp.domain import errors
from examapp.web.refusals import sentence

log = structlog.get_logger("simexam")

_STATUS: dict[type[errors.Refusal], int] = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.TooMuch: 413,
    errors.Unavailable: 503,
}


def status_of(refusal: errors.Refusal) -> int:
    if refusal.code == "rate_limited":
        return 429
    return next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 400)


def wants_json() -> bool:
    return request.path.startswith("/api/")


def problem(code: str, status: int, params: dict[str, Any] | None = None) -> Response:
    """A refusal as the JSON API gives it; like every reply there it carries the server's `now` and the context."""
    now: datetime = current_app.extensions["simexam"].clock.now()
    body = {
        "error": code,
        "message": sentence(code, params or {}),
        "now": now.isoformat(timespec="milliseconds"),
        "deadline": None,
        "state": None,
        "notices": [],
    }
    # A refusal inside a sitting says where the sitting stands too: the client's clock must not lose it.
    if sitting := g.get("sitting_of_request"):
        body.update(sitting())
    response = jsonify(body)
    response.status_code = status
    return response


def page(code: str, status: int, params: dict[str, Any] | None = None) -> tuple[str, int]:
    text = sentence(code, params or {})
    return render_template("error.html", message=text, status=status, request_id=g.get("request_id")), status


def answer(code: str, status: int, params: dict[str, Any] | None = None) -> Any:
    return problem(code, status, params) if wants_json() else page(code, status, params)


_HTTP_CODES = {
    400: "bad_request",
    404: "not_found",
    405: "bad_request",
    413: "upload_too_large",
    415: "bad_request",
    429: "rate_limited",
}


# SQLite's words for a full disk and for one that can't be written, and PostgreSQL's.
_CANNOT_STORE = ("disk is full", "disk i/o error", "no space left")


def _cannot_store(said: str) -> bool:
    return any(words in said for words in _CANNOT_STORE)


def install(app: Flask) -> None:
    @app.errorhandler(errors.Refusal)
    def refused(error: errors.Refusal) -> Any:
        return answer(error.code, status_of(error), error.params)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Any:
        return answer("form_expired", 400)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:
        status = error.code or 500
        if 300 <= status < 400:
            return error
        return answer(_HTTP_CODES.get(status, "server_error" if status >= 500 else "bad_request"), status)

    @app.errorhandler(OperationalError)
    def database_busy(error: OperationalError) -> Any:
        # The transaction was rolled back; nothing was acknowledged, so the client keeps it and sends it again.
        full = _cannot_store(str(error.orig).lower())
        log.error("database", full=full, error=str(error.orig))
        return answer("disk_full" if full else "database_busy", 503)

    @app.errorhandler(PoolTimeout)
    def no_connection_free(error: PoolTimeout) -> Any:
        log.error("database", full=False, error=str(error))
        return answer("database_busy", 503)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Any:
        log.error("unforeseen", exc_info=error)
        return answer("server_error", 500)
