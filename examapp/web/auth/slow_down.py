"""Guessing one account's password is slowed down without locking its owner out.

Failures are counted for the name that was typed, whether it exists or not. After a few, each further one closes the
name for a little longer, a minute at most. A device its owner has signed in on before carries a cookie and counts for
itself: a stranger's guesses never close the door to it, and a new password by telephone opens one on any device.
"""

import secrets

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from examapp.domain.errors import TooMuch
from examapp.extensions import limiter
from examapp.services.people.sign_in import login_key
from examapp.web.identity import platform

FREE_FAILURES = 5
LONGEST_HOLD_SECONDS = 60
FORGOTTEN_AFTER_SECONDS = 15 * 60
_COOKIE_DAYS = 180


def _cookie_name() -> str:
    return "__Host-simexam-known" if current_app.config["SESSION_COOKIE_SECURE"] else "simexam-known"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known-device")


def _bucket(typed: str) -> str:
    """Whose failures are counted: this known device's for this account, or the name's."""
    key = login_key(platform().vault, typed)
    try:
        known, device = _signer().loads(request.cookies.get(_cookie_name(), ""))
    except (BadData, TypeError, ValueError):
        return f"name:{key}"
    return f"device:{device}" if secrets.compare_digest(str(known), key) else f"name:{key}"


def check(typed: str) -> None:
    """Raise `TooMuch("rate_limited")` while this name is closed for this device."""
    if limiter.enabled and limiter.storage.get(f"hold:{_bucket(typed)}"):
        raise TooMuch("rate_limited")


def failed(typed: str) -> None:
    """Count a failure, and close the name for a moment when there were many."""
    if not limiter.enabled:
        return
    bucket = _bucket(typed)
    count = limiter.storage.incr(f"failures:{bucket}", FORGOTTEN_AFTER_SECONDS)
    if count >= FREE_FAILURES:
        hold = min(2 ** (count - FREE_FAILURES), LONGEST_HOLD_SECONDS)
        limiter.storage.incr(f"hold:{bucket}", hold)


def remember_device(response: Response, typed: str) -> None:
    """Mark this device as one the owner of `typed` has signed in on."""
    if limiter.enabled:
        limiter.storage.clear(f"failures:{_bucket(typed)}")
    remember_login(response, login_key(platform().vault, typed))


def remember_login(response: Response, key: str) -> None:
    """The same, for an account's stored `login`."""
    response.set_cookie(
        _cookie_name(),
        str(_signer().dumps([key, secrets.token_hex(8)])),
        max_age=_COOKIE_DAYS * 24 * 3600,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
