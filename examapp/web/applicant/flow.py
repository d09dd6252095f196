"""Where a sitting goes on: which step, part or page comes next."""

from uuid import UUID

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l

from examapp.domain.attempt import AttemptState, Part, Step
from examapp.persistence.records.attempts import Attempt
from examapp.services.sitting.sittings import next_part, running_part

STEP_NAMES = {
    Step.CONSENT: _l("Consent"),
    Step.BRIEFING: _l("Briefing"),
    Step.CAMERA: _l("Camera and connection"),
    Step.PHOTO: _l("Your photo"),
    Step.PRACTICE: _l("Practice"),
}
PART_NAMES = {
    Part.THEORY: _l("Theory"),
    Part.STATEMENTS: _l("Statements"),
    Part.MISSING_SYMBOL: _l("Missing symbol"),
    Part.CHOICE_REACTION: _l("Choice reaction"),
}
_STEP_PAGES = {
    Step.CONSENT: "applicant.consent",
    Step.BRIEFING: "applicant.briefing",
    Step.CAMERA: "applicant.camera",
    Step.PHOTO: "applicant.photo",
    Step.PRACTICE: "applicant.practice",
}


def next_step(attempt: Attempt) -> Step | None:
    """The first step that is not done yet; None when the preparation is complete."""
    return next((step for step in Step if step.value not in attempt.steps), None)


def step_page(step: Step, attempt_id: UUID) -> str:
    return url_for(_STEP_PAGES[step], attempt_id=attempt_id)


def next_place(attempt: Attempt) -> str:
    """The address of the page on which this sitting goes on."""
    if attempt.state in (AttemptState.FINISHED, AttemptState.ABANDONED):
        return url_for("applicant.result", attempt_id=attempt.id)
    step = next_step(attempt)
    if step is not None and attempt.state == AttemptState.PREPARING:
        return step_page(step, attempt.id)
    part = running_part(attempt) or next_part(attempt)
    if part is None:
        return url_for("applicant.result", attempt_id=attempt.id)
    if part.part == Part.THEORY:
        return url_for("applicant.exam", attempt_id=attempt.id)
    # The psychology room may not be built in; the result page then says what is still open.
    room = "applicant.psychology"
    return url_for(room if room in current_app.view_functions else "applicant.result", attempt_id=attempt.id)
