"""The first page: what this is, what one needs, and the two doors."""

from flask import redirect, render_template
from werkzeug.wrappers import Response

from examapp.domain.attempt import PSYCHOLOGY_PARTS
from examapp.domain.roles import Permission
from examapp.services.psychology import instruments
from examapp.services.sitting import blueprints
from examapp.web.applicant import cost
from examapp.web.auth.blueprint import blueprint
from examapp.web.auth.paths import home_of
from examapp.web.guard import current_role, requires
from examapp.web.identity import platform
from scoring.policy import LICENCE_CLASSES


@blueprint.get("/")
@requires(Permission.PUBLIC)
def welcome() -> Response | str:
    """Who is signed in goes straight to their own first page."""
    role = current_role()
    if role is not None:
        return redirect(home_of(role))
    config = platform().config
    with platform().reading() as db:
        in_force = blueprints.blueprints(db).values()
    examined = {each.licence_class.value for each in in_force}
    longest = max((each.minutes * 60 for each in in_force), default=0)
    limits = [longest, *(instruments.limit_seconds(part) for part in PSYCHOLOGY_PARTS)]
    return render_template(
        "auth/welcome.html",
        megabytes=cost.megabytes(limits, config.frame_interval_ms),
        contact=config.help_contact,
        ready=[name for name in LICENCE_CLASSES if name in examined],
    )
