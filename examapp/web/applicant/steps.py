"""The steps before the exam, one page each: consent, briefing, camera and line, photo, practice."""

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, jsonify, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from examapp.domain.attempt import Step
from examapp.domain.errors import Invalid, TooMuch
from examapp.domain.roles import Permission
from examapp.extensions import limiter
from examapp.services.sitting import sittings
from examapp.web import limits
from examapp.web.applicant import access, cost, flow
from examapp.web.applicant.blueprint import blueprint
from examapp.web.applicant.forms import ConsentForm
from examapp.web.applicant.practice_item import practice_items
from examapp.web.applicant.texts import both_languages, words
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import LANGUAGES, reader_language

BRIEFING_PAGES = ("law", "vehicle", "driving", "procedure", "accidents")
UPLOAD_CHECK_BYTES = 100_000


def _page(name: str, step: Step, attempt: Any, **more: Any) -> str:
    order = list(Step)
    return render_template(
        f"applicant/{name}.html",
        attempt=attempt,
        step=step,
        step_number=order.index(step) + 1,
        step_count=len(order),
        step_names=flow.STEP_NAMES,
        help_contact=current_app.config["SIMEXAM"].help_contact,
        **more,
    )


@blueprint.get("/sittings/<uuid:attempt_id>")
@requires(Permission.SIT_EXAM)
def sitting(attempt_id: UUID) -> Response:
    """Wherever this sitting stands, go on there."""
    with platform().reading() as db:
        return redirect(flow.next_place(access.load(db, attempt_id)))


@blueprint.route("/sittings/<uuid:attempt_id>/consent", methods=["GET", "POST"])
@requires(Permission.SIT_EXAM)
def consent(attempt_id: UUID) -> str | Response:
    form = ConsentForm()
    with platform().reading() as db:
        attempt = access.at_step(db, attempt_id, Step.CONSENT)
        guardian = sittings.guardian_needed(platform(), db, attempt)
        if not guardian:
            del form.guardian_name
            del form.guardian_phone
        if form.validate_on_submit() and _agreed(form, attempt_id, guardian):
            return redirect(url_for("applicant.sitting", attempt_id=attempt_id))
        return _page(
            "consent",
            Step.CONSENT,
            attempt,
            form=form,
            guardian=guardian,
            retention_days=current_app.config["SIMEXAM"].retention_days,
        )


def _agreed(form: ConsentForm, attempt_id: UUID, guardian: bool) -> bool:
    """Keep the consent; a guardian's field that the rules refuse is said beside it."""
    given: dict[str, Any] = {"language": reader_language()}
    if guardian:
        given |= {"guardian_name": form.guardian_name.data, "guardian_phone": form.guardian_phone.data}
    try:
        sittings.complete_step(platform(), actor(), attempt_id, Step.CONSENT, **given)
    except Invalid as refusal:
        field = form[refusal.params["field"]]
        field.errors = [*field.errors, form.explain(refusal.code)]
        return False
    return True


@blueprint.get("/sittings/<uuid:attempt_id>/briefing")
@requires(Permission.SIT_EXAM)
def briefing(attempt_id: UUID) -> Response:
    return redirect(url_for("applicant.briefing_page", attempt_id=attempt_id, number=_seen(attempt_id) + 1))


@blueprint.route("/sittings/<uuid:attempt_id>/briefing/<int:number>", methods=["GET", "POST"])
@requires(Permission.SIT_EXAM)
def briefing_page(attempt_id: UUID, number: int) -> str | Response:
    """One page of the briefing. They come one after another: the law wants each applicant briefed before the exam."""
    with platform().reading() as db:
        attempt = access.at_step(db, attempt_id, Step.BRIEFING)
        done = Step.BRIEFING.value in attempt.steps
        last = len(BRIEFING_PAGES)
        if not 1 <= number <= (last if done else min(last, _seen(attempt_id) + 1)):
            return redirect(url_for("applicant.briefing", attempt_id=attempt_id))
        if request.method == "GET":
            return _page(
                "briefing",
                Step.BRIEFING,
                attempt,
                topic=BRIEFING_PAGES[number - 1],
                number=number,
                pages=last,
            )
    session[_seen_key(attempt_id)] = max(number, _seen(attempt_id))
    if number < last:
        return redirect(url_for("applicant.briefing_page", attempt_id=attempt_id, number=number + 1))
    sittings.complete_step(platform(), actor(), attempt_id, Step.BRIEFING)
    session.pop(_seen_key(attempt_id), None)
    return redirect(url_for("applicant.camera", attempt_id=attempt_id))


def _seen_key(attempt_id: UUID) -> str:
    return f"briefing:{attempt_id}"


def _seen(attempt_id: UUID) -> int:
    return min(int(session.get(_seen_key(attempt_id), 0)), len(BRIEFING_PAGES) - 1)


@blueprint.get("/sittings/<uuid:attempt_id>/camera")
@requires(Permission.SIT_EXAM)
def camera(attempt_id: UUID) -> str:
    with platform().reading() as db:
        attempt = access.at_step(db, attempt_id, Step.CAMERA)
        interval = current_app.config["SIMEXAM"].frame_interval_ms
        data = cost.megabytes((part.limit_seconds for part in attempt.parts), interval)
        return _page("camera", Step.CAMERA, attempt, megabytes=data, texts=both_languages(), words=words())


@blueprint.post("/sittings/<uuid:attempt_id>/upload-check")
@limiter.limit(limits.UPLOADS)
@requires(Permission.SIT_EXAM)
def upload_check(attempt_id: UUID) -> FlaskResponse:
    """Take some bytes and forget them: the page measures how long they travelled."""
    with platform().reading() as db:
        access.load(db, attempt_id)
    if (request.content_length or 0) > UPLOAD_CHECK_BYTES:
        raise TooMuch("upload_too_large")
    return jsonify(received=len(request.get_data(cache=False)))


@blueprint.get("/sittings/<uuid:attempt_id>/photo")
@requires(Permission.SIT_EXAM)
def photo(attempt_id: UUID) -> str:
    with platform().reading() as db:
        attempt = access.at_step(db, attempt_id, Step.PHOTO)
        return _page("photo", Step.PHOTO, attempt, texts=both_languages(), words=words())


@blueprint.get("/sittings/<uuid:attempt_id>/practice")
@requires(Permission.SIT_EXAM)
def practice(attempt_id: UUID) -> str:
    with platform().reading() as db:
        attempt = access.at_step(db, attempt_id, Step.PRACTICE)
        items = {language: practice_items(language) for language in LANGUAGES}
        return _page("practice", Step.PRACTICE, attempt, items=items, texts=both_languages(), words=words())
