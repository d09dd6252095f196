"""The page of the psychology parts: instructions, the three tasks, and the rests between them."""

from uuid import UUID

from flask import current_app, redirect, render_template, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from examapp.domain.attempt import PSYCHOLOGY_PARTS, AttemptState
from examapp.domain.roles import Permission
from examapp.services.sitting.sittings import next_part, running_part
from examapp.web.applicant import access, flow, texts
from examapp.web.applicant.blueprint import blueprint
from examapp.web.applicant.psychology_texts import TEXTS
from examapp.web.guard import requires
from examapp.web.identity import platform
from examapp.web.language import LANGUAGES, reader_language


@blueprint.get("/sittings/<uuid:attempt_id>/psychology")
@requires(Permission.SIT_EXAM)
def psychology(attempt_id: UUID) -> str | Response:
    """Wherever the psychology parts stand; a sitting that is elsewhere goes on there."""
    with platform().reading() as db:
        attempt = access.load(db, attempt_id)
        part = running_part(attempt) or next_part(attempt)
        preparing = attempt.state == AttemptState.PREPARING and flow.next_step(attempt) is not None
        if preparing or part is None or part.part not in PSYCHOLOGY_PARTS:
            return redirect(flow.next_place(attempt))
        return render_template(
            "applicant/psychology.html",
            attempt=attempt,
            words=_words(),
            texts=_both_languages(),
            result=url_for("applicant.result", attempt_id=attempt_id),
            help_contact=current_app.config["SIMEXAM"].help_contact,
        )


def _words() -> dict[str, str]:
    return texts.words() | {key: str(text) for key, text in TEXTS.items()}


def _both_languages() -> dict[str, dict[str, str]]:
    """Every text in both languages, the reader's first."""
    found = {}
    for language in sorted(LANGUAGES, key=lambda each: each != reader_language()):
        with force_locale(language):
            found[language] = _words()
    return found
