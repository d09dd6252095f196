"""The sentence for each refusal: what is wrong and what to do, in the reader's language.

Codes come from the domain, which knows no language. A code without a sentence gets the general one, and the
architecture tests name it.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, Any] = {
    "not_found": _l("This page does not exist, or it is not yours to open. Go back to the start page."),
    "not_allowed": _l("Your account may not do this. Ask an administrator if you need it for your work."),
    "undeclared_route": _l("This page is closed. Tell the administrator which page you wanted."),
    "sign_in_needed": _l("Please sign in again. What you have saved is kept."),
    "bad_request": _l("The request could not be understood. Go back and try again."),
    "form_expired": _l(
        "This form was open too long, or was sent from elsewhere. Reload the page and send it again."
    ),
    "upload_too_large": _l("This file is too large. Choose a smaller one and try again."),
    "rate_limited": _l("Too many tries in a short time. Wait a minute, then try again."),
    "server_error": _l("Something failed on our side. What was saved is kept. Try again, or call us."),
    "database_busy": _l("The server is busy. What was saved is kept. Try again in a moment."),
    "disk_full": _l(
        "The server cannot store anything at the moment. Nothing you saved is lost. Try again shortly."
    ),
    "store_full": _l("The server cannot keep more pictures at the moment. Your answers are not affected."),
    "store_failed": _l(
        "The picture store does not answer. Your answers are not affected. Try again shortly."
    ),
    "attempt_state": _l("This sitting has moved on, so this is no longer possible. Reload the page."),
    "part_state": _l("This part has not begun or is already over. Reload the page to see where you are."),
    "password_short": _l("The password is too short: use at least %(minimum)s characters."),
    "password_long": _l("The password is too long: use at most %(maximum)s characters."),
    "password_guessed": _l(
        "This password is easy to guess. Choose another one, a short sentence for example."
    ),
    "password_personal": _l("The password contains your name, NIK or phone number. Choose another one."),
}
GENERAL = _l("This is not possible. Go back and try again, or call us.")


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for `code`, its gaps filled from `params`."""
    text = str(SENTENCES.get(code, GENERAL))
    try:
        return text % dict(params)
    except (KeyError, ValueError):
        return text
