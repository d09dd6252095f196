"""An applicant's home: what to do next, what was, and when a retake is possible."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from examapp.domain.attempt import AttemptState, Part
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.results import VerdictRecord
from examapp.services.outcome import retakes
from examapp.services.outcome.theory_standing import StandingTheory, awaits_settling, standing_theory
from examapp.services.sitting import blueprints, sittings
from examapp.web.applicant import flow
from examapp.web.applicant.blueprint import blueprint
from examapp.web.guard import requires
from examapp.web.identity import actor, platform
from examapp.web.language import reader_language
from scoring.policy.register import rules_on
from scoring.policy.retake import Retake
from scoring.policy.values import ApplicationKind
from scoring.verdict import Outcome

KIND_NAMES = {
    ApplicationKind.NEW: _l("New licence"),
    ApplicationKind.UPGRADE: _l("Class upgrade"),
    ApplicationKind.AFTER_REVOCATION: _l("After revocation"),
    ApplicationKind.RENEWAL: _l("Renewal"),
}
OUTCOME_NAMES: dict[str, tuple[Any, str]] = {
    Outcome.IN_PROGRESS: (_l("Not finished"), "blue"),
    Outcome.PASSED: (_l("Passed"), "green"),
    Outcome.FAILED: (_l("Not passed yet"), "quiet"),
    Outcome.AWAITING_SIGNATURE: (_l("Waiting for the psychologist"), "blue"),
    Outcome.HELD_FOR_REVIEW: (_l("Being looked at"), "blue"),
    Outcome.VOIDED: (_l("Voided"), "red"),
}


@dataclass(frozen=True, slots=True)
class SittingCard:
    """One sitting on the home page."""

    id: UUID
    reference: str
    created_at: datetime
    finished_at: datetime | None
    abandoned: bool
    outcome: str | None


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """One application: its sittings, and what can be done about it now."""

    id: UUID
    licence_class: str
    kind: str
    sittings: tuple[SittingCard, ...]
    available: bool
    theory: bool
    retake: Retake | None
    # Whether a new sitting may be begun today.
    may_begin: bool
    settled: bool
    # A passed theory that makes psychology the only part, and one that first has to be looked at.
    standing: StandingTheory | None
    being_checked: bool


@dataclass(frozen=True, slots=True)
class OpenSitting:
    """The sitting that waits to go on, and where."""

    attempt: Attempt
    address: str
    step: Any
    part: Any


def _outcomes(db: Session, attempts: list[Attempt]) -> dict[UUID, str]:
    query = select(VerdictRecord.attempt_id, VerdictRecord.outcome)
    rows = db.execute(query.where(VerdictRecord.attempt_id.in_([a.id for a in attempts]))).all()
    return {row.attempt_id: row.outcome for row in rows}


def _card(
    db: Session, application: Application, attempts: list[Attempt], outcomes: dict[UUID, str], now: datetime
) -> ApplicationCard:
    own = [a for a in attempts if a.application_id == application.id]
    standing = standing_theory(db, application.id, now)
    parts = rules_on(office_day(now)).parts.parts[ApplicationKind(application.kind)]
    theory = "theory" in parts and standing is None
    available = not theory or blueprints.for_class(db, application.licence_class) is not None
    retake = retakes.retake_for(db, application, now)
    today: date = office_day(now)
    settled = retakes.settled(db, application.id)
    being_checked = awaits_settling(db, application.id)
    due = retake is None or (retake.earliest is not None and retake.earliest <= today)
    return ApplicationCard(
        id=application.id,
        licence_class=application.licence_class,
        kind=application.kind,
        sittings=tuple(_sitting(a, outcomes.get(a.id)) for a in own if a.state not in sittings.OPEN_STATES),
        available=available,
        theory=theory,
        retake=retake,
        may_begin=available and due and not settled and not being_checked and application.closed_at is None,
        settled=settled,
        standing=standing,
        being_checked=being_checked,
    )


def _sitting(attempt: Attempt, outcome: str | None) -> SittingCard:
    return SittingCard(
        id=attempt.id,
        reference=attempt.reference,
        created_at=attempt.created_at,
        finished_at=attempt.finished_at,
        abandoned=attempt.state == AttemptState.ABANDONED,
        outcome=outcome,
    )


def _open_sitting(attempts: list[Attempt]) -> OpenSitting | None:
    attempt = next((a for a in attempts if a.state in sittings.OPEN_STATES), None)
    if attempt is None:
        return None
    step = flow.next_step(attempt)
    part = sittings.running_part(attempt) or sittings.next_part(attempt)
    return OpenSitting(
        attempt,
        flow.next_place(attempt),
        flow.STEP_NAMES[step] if step else None,
        flow.PART_NAMES[Part(part.part)] if part else None,
    )


@blueprint.get("/home")
@requires(Permission.SIT_EXAM)
def home() -> str:
    now = platform().clock.now()
    with platform().reading() as db:
        query = select(Application).where(Application.applicant_id == current_user.account_id)
        applications = list(db.scalars(query.order_by(Application.created_at.desc())))
        attempts = sittings.current_for(db, current_user.account_id)
        outcomes = _outcomes(db, attempts)
        cards = [_card(db, each, attempts, outcomes, now) for each in applications]
        return render_template(
            "applicant/home.html",
            open_sitting=_open_sitting(attempts),
            cards=cards,
            kind_names=KIND_NAMES,
            outcome_names=OUTCOME_NAMES,
            help_contact=current_app.config["SIMEXAM"].help_contact,
        )


@blueprint.post("/applications/<uuid:application_id>/sittings")
@requires(Permission.SIT_EXAM)
def new_sitting(application_id: UUID) -> Response:
    attempt_id = sittings.prepare(platform(), actor(), application_id, reader_language())
    return redirect(url_for("applicant.sitting", attempt_id=attempt_id))
