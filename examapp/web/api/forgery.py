"""The API's own check against forged requests: the page's token in a header, which no other site can send.

Flask-WTF looks for its token in the form first, and so parses a form out of every body; here there are no forms.
"""

from functools import lru_cache

from flask import current_app, g, request, session
from flask_wtf.csrf import CSRFError, validate_csrf
from itsdangerous import BadData

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@lru_cache(maxsize=8192)
def _is_valid(_token: str, _of_session: str) -> bool:
    """Whether a token belongs to a session's secret. Its signature never changes its mind, so it is checked once."""
    try:
        validate_csrf(_token)
    except (BadData, ValueError):
        # validate_csrf raises wtforms' ValidationError, a ValueError.
        return False
    return True


def check_token() -> None:
    """Refuse a request that changes something without its session's token."""
    if request.method not in UNSAFE or not current_app.config["WTF_CSRF_ENABLED"]:
        return
    token, secret = request.headers.get("X-CSRFToken"), session.get("csrf_token")
    if not token or not secret or not _is_valid(token, secret):
        raise CSRFError("the token is missing or of another session")
    g.csrf_valid = True
