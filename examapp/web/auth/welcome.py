"""The first page: what this is, what one needs, and the two doors."""

from flask import redirect, render_template
from werkzeug.wrappers import Response

from examapp.domain.roles import Permission
from examapp.services.sitting import blueprints
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
        examined = {each.licence_class.value for each in blueprints.blueprints(db).values()}
    return render_template(
        "auth/welcome.html",
        megabytes=config.sitting_megabytes,
        contact=config.help_contact,
        ready=[name for name in LICENCE_CLASSES if name in examined],
    )
