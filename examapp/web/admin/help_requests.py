"""Requests for help: those that wait, those answered, and the answer itself."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.roles import Permission
from examapp.services.people import help_desk
from examapp.services.privacy import decisions
from examapp.web.admin.blueprint import blueprint
from examapp.web.admin.staff_forms import AnswerForm
from examapp.web.applicant.privacy import KIND_NAMES, STATES
from examapp.web.auth.fields import show_refusal
from examapp.web.auth.forms import HELP_NAMES
from examapp.web.guard import requires
from examapp.web.identity import actor, platform


def _page(request_id: UUID, form: AnswerForm) -> str:
    return render_template(
        "admin_staff/help_request.html",
        request_=help_desk.get_request(platform(), request_id),
        kinds=HELP_NAMES,
        form=form,
    )


@blueprint.get("/help")
@requires(Permission.HELP_APPLICANTS)
def help_requests() -> str:
    answered = request.args.get("answered") == "1"
    return render_template(
        "admin_staff/help_requests.html",
        requests=help_desk.help_requests(platform(), answered=answered),
        data_requests=decisions.desk(platform(), actor(), answered=answered),
        data_kinds=KIND_NAMES,
        data_states=STATES,
        now=platform().clock.now(),
        answered=answered,
        kinds=HELP_NAMES,
    )


@blueprint.get("/help/<uuid:request_id>")
@requires(Permission.HELP_APPLICANTS)
def help_request(request_id: UUID) -> str:
    return _page(request_id, AnswerForm(formdata=None))


@blueprint.post("/help/<uuid:request_id>")
@requires(Permission.HELP_APPLICANTS)
def answer_help(request_id: UUID) -> Response | tuple[str, int]:
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            help_desk.answer_request(platform(), actor(), request_id, form.answer.data)
            flash(_("Your answer is on its way."), "success")
            return redirect(url_for("admin.help_requests"))
        except Invalid as refusal:
            show_refusal(form, refusal)
    return _page(request_id, form), 422
