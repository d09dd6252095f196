"""A way to a person, for everybody, signed in or not."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.people import help_desk
from examapp.web import identity
from examapp.web.auth.blueprint import blueprint
from examapp.web.auth.fields import show_refusal
from examapp.web.auth.forms import HelpForm
from examapp.web.guard import requires
from examapp.web.language import reader_language

_LIMIT = "20 per hour"


def _page(form: HelpForm) -> str:
    return render_template("auth/help.html", form=form, contact=identity.platform().config.help_contact)


@blueprint.get("/help")
@requires(Permission.PUBLIC)
def help_page() -> str:
    kind = request.args.get("kind")
    return _page(HelpForm(formdata=None, kind=kind if kind in set(help_desk.HelpKind) else "other"))


@blueprint.post("/help")
@limiter.limit(_LIMIT)
@requires(Permission.PUBLIC)
def ask() -> Response | tuple[str, int]:
    form = HelpForm()
    if form.validate_on_submit():
        contact = help_desk.Contact(
            name=form.name.data, phone=form.phone.data, words=form.words.data, language=reader_language()
        )
        try:
            help_desk.ask_for_help(identity.platform(), identity.actor(), form.kind.data, contact)
            return redirect(url_for("auth.help_sent"))
        except Invalid as refusal:
            show_refusal(form, refusal)
    return _page(form), 422


@blueprint.get("/help/sent")
@requires(Permission.PUBLIC)
def help_sent() -> str:
    return render_template("auth/help_sent.html", contact=identity.platform().config.help_contact)
