"""The result page: every part in plain words, what is still open, and what comes next."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from examapp.domain.attempt import AttemptState
from examapp.domain.roles import Permission
from examapp.services import results
from examapp.services.sittings import next_part, running_part
from examapp.web.applicant import access, flow
from examapp.web.applicant.aspects import shown_aspects
from examapp.web.applicant.blueprint import blueprint
from examapp.web.applicant.texts import words
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from scoring.reasons import describe
from scoring.verdict import Outcome, PsychologyState

HEADLINES: dict[str, tuple[Any, str]] = {
    Outcome.IN_PROGRESS: (_l("Your sitting is not finished yet"), "blue"),
    Outcome.PASSED: (_l("Theory and psychology passed"), "green"),
    Outcome.FAILED: (_l("Not passed this time"), "quiet"),
    Outcome.AWAITING_SIGNATURE: (_l("Waiting for the psychologist"), "blue"),
    Outcome.HELD_FOR_REVIEW: (_l("An officer looks at your sitting"), "blue"),
    Outcome.VOIDED: (_l("This sitting was voided"), "red"),
}
NEXT_STEPS = {
    Outcome.IN_PROGRESS: _l("Go on with the next part."),
    Outcome.PASSED: _l("Next: the practical test at the Satpas of your choice."),
    Outcome.FAILED: _l("Look at what to learn again below, and come back rested."),
    Outcome.AWAITING_SIGNATURE: _l("You need not do anything. Come back here in a few days."),
    Outcome.HELD_FOR_REVIEW: _l(
        "This does not mean that you did something wrong. No machine decides: an officer looks at it, "
        "and the answer appears here."
    ),
    Outcome.VOIDED: _l("You may object. Call us, and have the number of this sitting ready."),
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
    """What stands in the coloured field: the outcome, its colour, and what to do."""

    title: Any
    tone: str
    next_step: Any


def _headline(outcome: str | None, abandoned: bool, psychology: bool) -> Headline:
    if abandoned:
        text = _l("No try was used up. You can begin a new sitting from your home page.")
        return Headline(_l("This sitting was never begun"), "quiet", text)
    known = outcome or Outcome.IN_PROGRESS.value
    title, tone = HEADLINES[known]
    if known == Outcome.PASSED and not psychology:
        title = _l("Theory passed")
    return Headline(title, tone, NEXT_STEPS[Outcome(known)])


def _sentence(code: str) -> str:
    try:
        return describe(code, reader_language())  # type: ignore[arg-type]
    except KeyError:
        # A rule newer than its words: the outcome still stands in the headline.
        return ""


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
    found = results.result_for_applicant(platform(), actor(), attempt_id)
    psychology = found["psychology"]
    outcome = (found["verdict"] or {}).get("outcome")
    here = url_for("applicant.result", attempt_id=attempt_id)
    return render_template(
        "applicant/result.html",
        attempt=attempt,
        found=found,
        headline=_headline(outcome, attempt.state == AttemptState.ABANDONED, psychology is not None),
        reasons=[text for code in (found["verdict"] or {}).get("reasons", []) if (text := _sentence(code))],
        psychology_states=PSYCHOLOGY_STATES,
        aspects=shown_aspects((psychology or {}).get("aspects") or [], reader_language()),
        next_part=flow.PART_NAMES.get(part.part) if part else None,  # type: ignore[call-overload]
        next_place=place if place != here else None,
        words=words(),
        help_contact=current_app.config["SIMEXAM"].help_contact,
    )
