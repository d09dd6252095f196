"""The places in the staff's header, by role. A place whose room is not there yet is left out."""

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from examapp.domain.roles import Role

_PLACES: dict[Role, tuple[tuple[str, LazyString], ...]] = {
    Role.PROCTOR: (
        ("proctor.wall", _l("Live wall")),
        ("proctor.queue", _l("Review")),
    ),
    Role.PSYCHOLOGIST: (("psychologist.queue", _l("Signatures")),),
    Role.ADMINISTRATOR: (
        ("admin.items", _l("Question bank")),
        ("admin.import_items", _l("Import")),
        ("admin.blueprints", _l("Blueprints")),
        ("admin.law", _l("Regulations")),
        ("admin.staff", _l("Staff")),
        ("admin.help_requests", _l("Requests for help")),
        ("admin.applicants", _l("Applicants")),
        ("proctor.queue", _l("Review")),
    ),
    Role.AUDITOR: (("auditor.overview", _l("Audit chains")), ("auditor.deeds", _l("Search deeds"))),
    Role.APPLICANT: (),
}


def places(role: str) -> list[tuple[str, LazyString]]:
    """Endpoint and name of each place that `role` may go to, in the order of the header."""
    return [
        (endpoint, name) for endpoint, name in _PLACES[Role(role)] if endpoint in current_app.view_functions
    ]
