"""Requests of applicants about their own data, at the help desk: read, do or decline, with an answer they read."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import Optional

from examapp.domain.data_request import RequestState
from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.services.privacy import decisions
from examapp.web.admin.blueprint import blueprint
from examapp.web.applicant.privacy import KIND_NAMES, STATES
from examapp.web.auth.fields import at_most, required, show_refusal
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.refusals import sentence

HOLD_NAMES = {
    "hold_sitting_open": _l("a sitting is still open"),
    "hold_pictures_unchecked": _l("the pictures of a sitting are still being checked"),
    "hold_case_open": _l("a review case is undecided"),
    "hold_report_open": _l("a psychology report waits for its signature"),
    "hold_objection_open": _l("an objection is unanswered"),
}


class DataAnswerForm(FlaskForm):  # type: ignore[misc]
    answer = TextAreaField(_l("Your answer"), [required, at_most(decisions.LONGEST_ANSWER)])
    name = StringField(_l("Corrected full name"), [Optional(), at_most(120)])


def _page(request_id: UUID, form: DataAnswerForm) -> str:
    found = decisions.one(platform(), actor(), request_id)
    return render_template(
        "admin_staff/data_request.html",
        found=found,
        holds="; ".join(str(HOLD_NAMES[code]) for code in found.holds),
        kinds=KIND_NAMES,
        states=STATES,
        now=platform().clock.now(),
        form=form,
    )


@blueprint.get("/data-requests/<uuid:request_id>")
@requires(Permission.HELP_APPLICANTS)
def data_request(request_id: UUID) -> str:
    return _page(request_id, DataAnswerForm(formdata=None))


@blueprint.post("/data-requests/<uuid:request_id>")
@requires(Permission.HELP_APPLICANTS)
def answer_data_request(request_id: UUID) -> Response | tuple[str, int]:
    form = DataAnswerForm()
    decisions.one(platform(), actor(), request_id)
    if form.validate_on_submit():
        try:
            if request.form.get("do") == "decline":
                decisions.decline(platform(), actor(), request_id, form.answer.data)
                flash(_("Declined. The applicant reads your reason."), "success")
            else:
                to = decisions.fulfil(platform(), actor(), request_id, form.answer.data, form.name.data or "")
                flash(_said(to), "success")
            return redirect(url_for("admin.help_requests"))
        except Invalid as refusal:
            show_refusal(form, refusal)
        except Conflict as refusal:
            flash(sentence(refusal.code, refusal.params), "error")
            return redirect(url_for("admin.help_requests"))
    return _page(request_id, form), 422


def _said(to: RequestState) -> str:
    if to is RequestState.ACCEPTED:
        return _("Agreed. The data is erased by itself when the last hold is gone.")
    return _("Done. The applicant reads your answer.")
