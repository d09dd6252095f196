"""The theory exam's page: the start card and the room the exam client fills."""

from uuid import UUID

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from examapp.domain.attempt import AttemptState, Part
from examapp.domain.roles import Permission
from examapp.services.people import accounts
from examapp.services.sitting import blueprints
from examapp.services.sitting.sittings import next_part, running_part
from examapp.web.applicant import access, flow
from examapp.web.applicant.blueprint import blueprint
from examapp.web.applicant.texts import both_languages, words
from examapp.web.guard import requires
from examapp.web.identity import platform
from scoring.policy.register import rules_on
from scoring.theory import pass_mark


@blueprint.get("/sittings/<uuid:attempt_id>/exam")
@requires(Permission.SIT_EXAM)
def exam(attempt_id: UUID) -> str | Response:
    with platform().reading() as db:
        attempt = access.load(db, attempt_id)
        part = running_part(attempt) or next_part(attempt)
        preparing = attempt.state == AttemptState.PREPARING and flow.next_step(attempt) is not None
        if preparing or part is None or part.part != Part.THEORY:
            return redirect(flow.next_place(attempt))
        used = blueprints.version_of(db, attempt.blueprint or "", attempt.blueprint_version)
        items = used.items + used.pilots
        return render_template(
            "applicant/exam.html",
            attempt=attempt,
            parts=attempt.parts,
            part_names=flow.PART_NAMES,
            items=items,
            pass_mark=pass_mark(items, rules_on(accounts.today(platform().clock.now())).theory),
            texts=both_languages(),
            words=words(),
            help_contact=current_app.config["SIMEXAM"].help_contact,
        )
