"""The psychologist's queue, one report, and what is decided about it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from examapp.domain.errors import Invalid
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.services.psychology import psychology_desk, signing
from examapp.services.psychology.psychology_desk import Report
from examapp.services.psychology.signing import Decision, Declined
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.psychologist import explanations, words
from examapp.web.psychologist.blueprint import blueprint
from examapp.web.psychologist.forms import FIT, UNFIT, DecisionForm
from examapp.web.refusals import sentence


@blueprint.get("")
@requires(Permission.SIGN_PSYCHOLOGY)
def queue() -> str:
    waiting, decided = psychology_desk.queue(platform(), actor())
    return render_template("psychologist/queue.html", waiting=waiting, decided=decided, words=words)


@blueprint.get("/<uuid:attempt_id>")
@requires(Permission.SIGN_PSYCHOLOGY)
def report(attempt_id: UUID) -> str:
    found = _found(attempt_id)
    form = DecisionForm(registration_number=found.registration_number)
    return _page(found, form)


@blueprint.post("/<uuid:attempt_id>/claim")
@requires(Permission.SIGN_PSYCHOLOGY)
def claim(attempt_id: UUID) -> Response:
    signing.claim(platform(), actor(), attempt_id)
    return redirect(url_for("psychologist.report", attempt_id=attempt_id))


@blueprint.post("/<uuid:attempt_id>/release")
@requires(Permission.SIGN_PSYCHOLOGY)
def release(attempt_id: UUID) -> Response:
    signing.release(platform(), actor(), attempt_id)
    return redirect(url_for("psychologist.queue"))


@blueprint.post("/<uuid:attempt_id>/decision")
@requires(Permission.SIGN_PSYCHOLOGY)
def decide(attempt_id: UUID) -> tuple[str, int] | Response:
    """Sign or decline. What can't be used is said beside its field, and what was written stays."""
    form = DecisionForm()
    if form.validate_on_submit():
        try:
            _decide(attempt_id, form)
        except Invalid as refusal:
            field = form[refusal.params["field"]]
            field.errors = [*field.errors, sentence(refusal.code, refusal.params)]
        else:
            flash(_("The report is decided. The applicant sees it now."), "success")
            return redirect(url_for("psychologist.queue"))
    return _page(_found(attempt_id), form), 422


def _decide(attempt_id: UUID, form: DecisionForm) -> None:
    chosen, number, reason = form.decision.data, form.registration_number.data or "", form.reason.data or ""
    if chosen in (FIT, UNFIT):
        signing.sign(platform(), actor(), attempt_id, Decision(chosen), number, reason)
    else:
        signing.decline(platform(), actor(), attempt_id, Declined(chosen), number, reason)


def _found(attempt_id: UUID) -> Report:
    return psychology_desk.report(platform(), actor(), attempt_id, reader_language())  # type: ignore[arg-type]


def _page(found: Report, form: DecisionForm) -> str:
    waiting, _decided = psychology_desk.queue(platform(), actor())
    valid_until = office_day(found.valid_until) if found.valid_until else None
    return render_template(
        "psychologist/report.html",
        report=found,
        waiting=waiting,
        form=form,
        words=words,
        explanations=explanations,
        valid_until=valid_until,
    )
