"""The result page: every part in plain words, what is still open, and what comes next."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from examapp.domain.attempt import AttemptState, Part
from examapp.domain.roles import Permission
from examapp.services.outcome.result_view import ResultShown, result_for_applicant
from examapp.services.sitting.sittings import next_part, running_part
from examapp.web.applicant import access, flow
from examapp.web.applicant.aspects import shown_aspects
from examapp.web.applicant.blueprint import blueprint
from examapp.web.applicant.texts import words
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from examapp.web.proctor.words import REASONS
from scoring.verdict import Outcome, PsychologyState

HEADLINES: dict[str, tuple[Any, str]] = {
    Outcome.IN_PROGRESS: (_l("Your sitting is not finished yet"), "blue"),
    Outcome.PASSED: (_l("Theory and psychology passed"), "green"),
    Outcome.FAILED: (_l("Not passed this time"), "quiet"),
    Outcome.AWAITING_SIGNATURE: (_l("Waiting for the psychologist"), "blue"),
    Outcome.HELD_FOR_REVIEW: (_l("An officer looks at your sitting"), "blue"),
    Outcome.VOIDED: (_l("This sitting was voided"), "red"),
}
PSYCHOLOGY_STATES: dict[str, tuple[Any, str]] = {
    PsychologyState.INCOMPLETE: (_l("Not finished"), "quiet"),
    PsychologyState.AWAITING_SIGNATURE: (_l("Awaits signature"), "blue"),
    PsychologyState.SIGNED_FIT: (_l("Meets the requirement"), "green"),
    PsychologyState.SIGNED_UNFIT: (_l("Does not meet it yet"), "amber"),
    PsychologyState.DECLINED: (_l("Not signed"), "amber"),
}


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands in the coloured field: the outcome and its colour; what to do is the service's sentence."""

    title: Any
    tone: str


def _headline(attempt_state: str, found: ResultShown) -> Headline:
    if attempt_state == AttemptState.ABANDONED:
        return Headline(_l("This sitting was never begun"), "quiet")
    outcome = found.verdict.outcome if found.verdict else Outcome.IN_PROGRESS.value
    title, tone = HEADLINES[outcome]
    if outcome == Outcome.IN_PROGRESS and found.theory and found.theory.passed:
        title = _l("Theory passed. Psychology comes next")
    if outcome == Outcome.HELD_FOR_REVIEW and found.integrity.state == "unchecked":
        # Nobody was asked to look yet: the program still goes through the pictures.
        title = _l("Your pictures are still being checked")
    if outcome == Outcome.PASSED and found.psychology is None:
        title = _l("Theory passed")
    if outcome == Outcome.PASSED and found.theory is None:
        title = _l("Psychology passed")
    return Headline(title, tone)


def _by_topic(to_review: tuple[tuple[str, str], ...]) -> list[tuple[str, list[str]]]:
    """Each topic once, with its articles in the order they came."""
    found: dict[str, dict[str, None]] = {}
    for topic, article in to_review:
        found.setdefault(topic, {}).update({article: None} if article else {})
    return [(topic, list(articles)) for topic, articles in found.items()]


@blueprint.get("/sittings/<uuid:attempt_id>/result")
@requires(Permission.SIT_EXAM)
def result(attempt_id: UUID) -> str | Response:
    with platform().reading() as db:
        attempt = access.load(db, attempt_id)
        if attempt.state == AttemptState.PREPARING:
            return redirect(flow.next_place(attempt))
        going_on = attempt.state == AttemptState.RUNNING
        part = (running_part(attempt) or next_part(attempt)) if going_on else None
        place = flow.next_place(attempt)
    language = reader_language()
    found = result_for_applicant(platform(), actor(), attempt_id, language)  # type: ignore[arg-type]
    here = url_for("applicant.result", attempt_id=attempt_id)
    return render_template(
        "applicant/result.html",
        attempt=attempt,
        found=found,
        headline=_headline(attempt.state, found),
        to_review=_by_topic(found.theory.to_review) if found.theory else [],
        psychology_states=PSYCHOLOGY_STATES,
        aspects=shown_aspects(found.psychology.aspects if found.psychology else ()),
        next_part=flow.PART_NAMES[Part(part.part)] if part else None,
        next_place=place if place != here else None,
        words=words(),
        decided_because=[REASONS[code] for code in found.integrity.reasons if code in REASONS],
        help_contact=current_app.config["SIMEXAM"].help_contact,
    )
