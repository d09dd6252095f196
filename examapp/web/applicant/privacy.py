"""An applicant's own page about their data: a copy, requests with their state and due date, and a new request."""

import json
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from examapp.domain.data_request import RequestKind, RequestState
from examapp.domain.errors import Conflict, Invalid
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.privacy import own_data as copies
from examapp.services.privacy import requests
from examapp.web.applicant.blueprint import blueprint
from examapp.web.auth.fields import at_most, required, show_refusal
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import local_time, reader_language
from examapp.web.refusals import sentence

KIND_NAMES = {
    RequestKind.ACCESS: _l("See what is kept about me"),
    RequestKind.CORRECTION: _l("Correct something that is wrong"),
    RequestKind.ERASURE: _l("Delete my data"),
    RequestKind.WITHDRAWAL: _l("Withdraw my consent"),
    RequestKind.OBJECTION: _l("Object to a decision about a sitting"),
}
STATES = {
    RequestState.OPEN: (_l("Waits for an officer"), "blue"),
    RequestState.ACCEPTED: (_l("Agreed, waits for a decision"), "blue"),
    RequestState.DONE: (_l("Answered"), "green"),
    RequestState.DECLINED: (_l("Declined"), "amber"),
    RequestState.CANCELLED: (_l("Taken back"), "quiet"),
}


class DataRequestForm(FlaskForm):  # type: ignore[misc]
    kind = RadioField(
        _l("What do you ask for?"),
        [required],
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
    )
    attempt_id = SelectField(_l("Which sitting? (for an objection)"), [Optional()])
    words = TextAreaField(_l("In your own words"), [at_most(requests.MAXIMUM_WORDS)])


def _form(**given: object) -> DataRequestForm:
    form = DataRequestForm(**given)
    form.attempt_id.choices = [
        SelectChoice("", _("None")),
        *(
            SelectChoice(
                str(each.id),
                f"SIM {each.licence_class} · {local_time(each.finished_at, 'date')} · {each.reference}",
            )
            for each in requests.finished_sittings(platform(), actor())
        ),
    ]
    return form


def _page(form: DataRequestForm) -> str:
    return render_template(
        "applicant/privacy.html",
        form=form,
        requests=requests.own_requests(platform(), actor()),
        kind_names=KIND_NAMES,
        states=STATES,
        now=platform().clock.now(),
        help_contact=current_app.config["SIMEXAM"].help_contact,
    )


@blueprint.get("/your-data")
@requires(Permission.SIT_EXAM)
def privacy() -> str:
    form = _form(formdata=None, kind=request.args.get("kind"))
    form.attempt_id.data = request.args.get("sitting", "")
    return _page(form)


@blueprint.post("/your-data")
@limiter.limit("20 per hour")
@requires(Permission.SIT_EXAM)
def ask_about_data() -> Response | tuple[str, int]:
    form = _form()
    if form.validate_on_submit():
        sitting = UUID(form.attempt_id.data) if form.attempt_id.data else None
        try:
            requests.ask(platform(), actor(), form.kind.data, form.words.data or "", sitting)
            flash(_("Your request is filed. You see its state and when it is due on this page."), "success")
            return redirect(url_for("applicant.privacy"))
        except (Invalid, Conflict) as refusal:
            show_refusal(form, refusal)
    return _page(form), 422


@blueprint.post("/your-data/requests/<uuid:request_id>/cancel")
@requires(Permission.SIT_EXAM)
def cancel_request(request_id: UUID) -> Response:
    try:
        requests.cancel(platform(), actor(), request_id)
        flash(_("You have taken the request back."), "success")
    except Conflict as refusal:
        flash(sentence(refusal.code, refusal.params), "error")
    return redirect(url_for("applicant.privacy"))


@blueprint.post("/your-data/copy")
@limiter.limit("10 per hour")
@requires(Permission.SIT_EXAM)
def data_copy() -> FlaskResponse:
    """The copy as a file; a deed on the account's chain, hence no GET."""
    found = copies.own_data(platform(), actor(), reader_language())  # type: ignore[arg-type]
    text = json.dumps(found, ensure_ascii=False, indent=2)
    headers = {
        "Content-Disposition": 'attachment; filename="sim-daring-data.json"',
        "Cache-Control": "no-store",
    }
    return FlaskResponse(text, mimetype="application/json", headers=headers)
