"""Where people go after the door: their role's first page, or the page of ours they wanted."""

from urllib.parse import urlsplit

from flask import current_app, url_for

from examapp.domain.roles import Role

_HOMES: dict[Role, tuple[str, ...]] = {
    Role.APPLICANT: ("applicant.home",),
    Role.PROCTOR: ("proctor.wall",),
    Role.PSYCHOLOGIST: ("psychologist.queue",),
    Role.ADMINISTRATOR: ("admin.bank", "admin.items", "admin.staff"),
    Role.AUDITOR: ("auditor.overview",),
}


def home_of(role: Role) -> str:
    """The address of a role's first page."""
    for endpoint in _HOMES[role]:
        if endpoint in current_app.view_functions:
            return url_for(endpoint)
    return url_for("auth.account")


def own_path(wanted: str | None) -> str | None:
    """`wanted` when it is a path on this server, else None: a sign-in must not lead anybody elsewhere."""
    if not wanted or not wanted.isprintable() or "\\" in wanted or not wanted.startswith("/"):
        return None
    parts = urlsplit(wanted)
    return None if parts.scheme or parts.netloc or wanted.startswith("//") else wanted
