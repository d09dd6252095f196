"""A sitting from its preparation to its parts: who may begin it, which steps come first, which device is active."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.domain import chain as chains
from examapp.domain.attempt import (
    PREPARING_WINDOW,
    PSYCHOLOGY_PARTS,
    SITTING_WINDOW,
    AttemptState,
    Part,
    PartState,
    Step,
    move_attempt,
    move_part,
    part_deadline,
)
from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.roles import Permission
from examapp.persistence.event_log import chain_name
from examapp.persistence.records.accounts import Applicant, Application, Consent
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.services.outcome import retakes
from examapp.services.outcome.theory_standing import standing_theory
from examapp.services.people.accounts import today
from examapp.services.platform import Actor, Platform, Transaction
from examapp.services.psychology import instruments
from examapp.services.sitting import blueprints, forms
from scoring.policy.eligibility import full_years
from scoring.policy.register import rules_on

OPEN_STATES = (AttemptState.PREPARING.value, AttemptState.RUNNING.value)
CAMERA_STATES = frozenset({"unknown", "ok", "refused", "missing", "in_use", "lost", "unsupported"})
CONSENT_WORDING = "2026-11-2"
# No 0/O, 1/I: people read it out over the phone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def own_attempt(session: Session, actor: Actor, attempt_id: UUID, *, lock: bool = False) -> Attempt:
    """The actor's own attempt with its parts. Somebody else's is `NotFound`, as one that does not exist."""
    query = select(Attempt).where(Attempt.id == attempt_id, Attempt.applicant_id == actor.account_id)
    if lock:
        query = query.with_for_update(of=Attempt)
    attempt = session.scalars(query.options(selectinload(Attempt.parts))).one_or_none()
    if attempt is None:
        raise NotFound()
    return attempt


def part_of(attempt: Attempt, part: str) -> AttemptPart:
    """The named part of an attempt. Raises `NotFound("part_unknown")`."""
    found = next((p for p in attempt.parts if p.part == part), None)
    if found is None:
        raise NotFound("part_unknown", part=part)
    return found


def running_part(attempt: Attempt) -> AttemptPart | None:
    return next((p for p in attempt.parts if p.state == PartState.RUNNING), None)


def next_part(attempt: Attempt) -> AttemptPart | None:
    """The part that comes next, or None when all are over."""
    return next((p for p in attempt.parts if p.state == PartState.PENDING), None)


def current_for(session: Session, applicant_id: UUID) -> list[Attempt]:
    """All attempts of an applicant, newest first."""
    query = select(Attempt).where(Attempt.applicant_id == applicant_id).options(selectinload(Attempt.parts))
    return list(session.scalars(query.order_by(Attempt.created_at.desc())))


def prepare(platform: Platform, actor: Actor, application_id: UUID, language: str = "id") -> UUID:
    """A new attempt for an application, or the open one there is already. Returns its id.

    Raises `NotFound`, `Conflict` when the application is closed, its class can't be examined here yet, or a
    retake is not due (`retake_…` with the dates and the article).
    """
    actor.must(Permission.SIT_EXAM)
    with platform.writing(actor) as tx:
        # The person's row, not the application's alone: two applications at once must not give two open sittings.
        tx.session.get(Applicant, actor.account_id, with_for_update=True)
        query = select(Application).where(
            Application.id == application_id, Application.applicant_id == actor.account_id
        )
        application = tx.session.scalars(query.with_for_update()).one_or_none()
        if application is None:
            raise NotFound()
        open_one = tx.session.scalars(
            select(Attempt.id).where(Attempt.applicant_id == actor.account_id, Attempt.state.in_(OPEN_STATES))
        ).first()
        if open_one:
            return open_one
        if application.closed_at is not None:
            raise Conflict("application_closed")
        retakes.must_be_due(tx.session, application, tx.now)
        attempt = _new_attempt(tx, application, language)
        tx.session.add(attempt)
        tx.session.flush()
        # Signed while still empty: otherwise a chain could be emptied and pass for one that never began.
        attempt.event_signature = chains.sign_checkpoint(
            bytes.fromhex(platform.secrets.audit_key), chain_name(attempt.id), 0, chains.GENESIS
        )
        tx.audit(
            f"attempt:{attempt.id}", "prepared", reference=attempt.reference, application=str(application_id)
        )
        return attempt.id


def _new_attempt(tx: Transaction, application: Application, language: str) -> Attempt:
    in_force = blueprints.for_class(tx.session, application.licence_class)
    blueprint = in_force.blueprint if in_force else None
    parts = set(rules_on(today(tx.now)).parts.parts[application.kind])  # type: ignore[index]
    if "psychology" in parts and standing_theory(tx.session, application.id, tx.now):
        parts.discard("theory")
    if "theory" in parts and blueprint is None:
        raise Conflict("class_not_available", licence_class=application.licence_class)
    blueprints.store_shipped(tx)
    attempt = Attempt(
        reference="".join(secrets.choice(_ALPHABET) for _ in range(6)),
        applicant_id=application.applicant_id,
        application_id=application.id,
        licence_class=application.licence_class,
        blueprint=blueprint.name if blueprint and "theory" in parts else None,
        blueprint_version=in_force.version if in_force and "theory" in parts else None,
        state=AttemptState.PREPARING,
        language=language,
        steps=[],
        event_head=chains.GENESIS,
        event_signature="",
        created_at=tx.now,
        closes_at=tx.now + PREPARING_WINDOW,
    )
    sat: list[tuple[Part, int]] = []
    if blueprint and "theory" in parts:
        sat.append((Part.THEORY, blueprint.minutes * 60))
    if "psychology" in parts:
        sat += [(part, instruments.limit_seconds(part)) for part in PSYCHOLOGY_PARTS]
    attempt.parts = [
        AttemptPart(part=part, position=position, state=PartState.PENDING, limit_seconds=limit, setup={})
        for position, (part, limit) in enumerate(sat, 1)
    ]
    return attempt


def complete_step(platform: Platform, actor: Actor, attempt_id: UUID, step: Step, **given: Any) -> None:
    """Mark a step of the preparation as done; doing one again changes nothing but what was `given`.

    `consent` takes `language` and, under 18, `guardian_name` and `guardian_phone`; `camera` takes `camera` and
    `timezone`. Raises `Conflict`: `step_order` when an earlier step is missing, `step_closed` when something would
    change although the exam runs; `Invalid` for what is given.
    """
    with platform.writing(actor) as tx:
        attempt = own_attempt(tx.session, actor, attempt_id, lock=True)
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        missing = [
            s.value for s in Step if list(Step).index(s) < list(Step).index(step) and s not in attempt.steps
        ]
        if missing:
            raise Conflict("step_order", step=missing[0])
        if step is Step.CONSENT and Step.CONSENT not in attempt.steps:
            _consent(platform, tx, attempt, given)
        fresh = step not in attempt.steps
        if fresh:
            attempt.steps = [*attempt.steps, step.value]
        changed = step is Step.CAMERA and _camera(attempt, given)
        if fresh or changed:
            if attempt.state != AttemptState.PREPARING:
                raise Conflict("step_closed")
            tx.audit(f"attempt:{attempt_id}", f"step_{step.value}", camera=attempt.camera)


def guardian_needed(platform: Platform, session: Session, attempt: Attempt) -> bool:
    """Whether the applicant is a child in the sense of the rule, so that a guardian must agree too."""
    birth_date = session.get_one(Application, attempt.application_id).applicant.birth_date
    day = today(platform.clock.now())
    return full_years(birth_date, day) < rules_on(day).guardian.below_years


def _consent(platform: Platform, tx: Transaction, attempt: Attempt, given: dict[str, Any]) -> None:
    sealed = None
    if guardian_needed(platform, tx.session, attempt):
        name, phone = (str(given.get(key) or "").strip() for key in ("guardian_name", "guardian_phone"))
        if len(name) < 2:
            raise Invalid("guardian_name_missing", field="guardian_name")
        if sum(character.isdigit() for character in phone) < 8:
            raise Invalid("guardian_phone_missing", field="guardian_phone")
        sealed = platform.vault.seal_for(tx.session, attempt.applicant_id, f"{name}\n{phone}", "guardian")
    tx.session.add(
        Consent(
            attempt_id=attempt.id,
            wording=CONSENT_WORDING,
            language=str(given.get("language") or attempt.language)[:5],
            agreed_at=tx.now,
            guardian_cipher=sealed,
        )
    )


def _camera(attempt: Attempt, given: dict[str, Any]) -> bool:
    """Keep what the device says of its camera and its zone; whether either differs from what was kept."""
    before = attempt.camera, attempt.timezone
    camera = given.get("camera", "unknown")
    if camera not in CAMERA_STATES:
        raise Invalid("camera_state_unknown", field="camera")
    attempt.camera = camera
    zone = given.get("timezone")
    if zone:
        try:
            attempt.timezone = ZoneInfo(zone).key[:40]
        except (ZoneInfoNotFoundError, ValueError):
            raise Invalid("timezone_unknown", field="timezone") from None
    return before != (attempt.camera, attempt.timezone)


def take_device(platform: Platform, actor: Actor, attempt_id: UUID, device: str, take_over: bool) -> Attempt:
    """Make `device` the active one. The first simply is; a later one must `take_over`, which raises the epoch.

    Raises `Conflict("other_device")` when another device is active and `take_over` is not said.
    """
    with platform.reading() as db:
        attempt = own_attempt(db, actor, attempt_id)
        # The active device asks again and again whether it still is: that must not queue among the writers.
        if attempt.device == device and attempt.state in OPEN_STATES:
            return attempt
    with platform.writing(actor) as tx:
        attempt = own_attempt(tx.session, actor, attempt_id, lock=True)
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        if attempt.device == device:
            return attempt
        if attempt.device is not None and not take_over:
            raise Conflict("other_device")
        attempt.device = device
        attempt.epoch += 1
        tx.audit(f"attempt:{attempt_id}", "device_taken", epoch=attempt.epoch)
        return attempt


def start_part(platform: Platform, actor: Actor, attempt_id: UUID, part: str) -> None:
    """Begin a part: its form or sheet is made, its deadline set. Beginning it again changes nothing.

    Raises `Conflict`: `step_order` when the preparation is not complete, `part_order` when another part comes
    first or runs, `part_state` when it is over.
    """
    if part == Part.THEORY:
        with platform.reading() as db:
            attempt = own_attempt(db, actor, attempt_id)
        if attempt.blueprint is not None:
            forms.warm(platform, attempt.blueprint, attempt.blueprint_version)
    with platform.writing(actor) as tx:
        attempt = own_attempt(tx.session, actor, attempt_id, lock=True)
        wanted = part_of(attempt, part)
        if wanted.state == PartState.RUNNING:
            return
        if attempt.state not in OPEN_STATES:
            raise Conflict("attempt_over")
        missing = [step.value for step in Step if step not in attempt.steps]
        if missing:
            raise Conflict("step_order", step=missing[0])
        wanted_state = move_part(PartState(wanted.state), PartState.RUNNING)
        if running_part(attempt) or next_part(attempt) is not wanted:
            raise Conflict("part_order", part=part)
        _begin_sitting(tx, attempt)
        wanted.setup = _make_part(tx, attempt, wanted)
        wanted.state, wanted.started_at = wanted_state, tx.now
        limit = timedelta(seconds=wanted.limit_seconds)
        wanted.deadline = part_deadline(tx.now, limit, attempt.extra_time_percent)
        tx.audit(f"attempt:{attempt_id}", "part_started", part=part, deadline=wanted.deadline.isoformat())


def _begin_sitting(tx: Transaction, attempt: Attempt) -> None:
    if attempt.state == AttemptState.PREPARING:
        attempt.state = move_attempt(AttemptState.PREPARING, AttemptState.RUNNING)
        attempt.started_at = tx.now
        attempt.closes_at = tx.now + SITTING_WINDOW * (100 + attempt.extra_time_percent) / 100


def _make_part(tx: Transaction, attempt: Attempt, part: AttemptPart) -> dict[str, Any]:
    if part.part == Part.THEORY:
        if attempt.blueprint is None:
            raise Conflict("class_not_available", licence_class=attempt.licence_class)
        forms.give_form(tx, attempt.id, attempt.blueprint, attempt.blueprint_version)
        return {}
    return instruments.make_setup(Part(part.part), secrets.randbits(62))
