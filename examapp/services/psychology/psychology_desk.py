"""What a psychologist sees: the queue of reports, and one report with everything that speaks for or against it.

The theory result is left out on purpose: the finding must not lean on it. Faces are not shown either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from examapp.domain.attempt import PSYCHOLOGY_PARTS, Part, PartState
from examapp.domain.errors import NotFound
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.persistence import event_log
from examapp.persistence.records.accounts import Account, Applicant
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.persistence.records.results import PsychologyReport
from examapp.services.outcome.result_view import explained
from examapp.services.platform import Actor, Platform
from examapp.services.psychology import instruments, signing
from scoring.json_value import JsonValue
from scoring.policy.eligibility import full_years
from scoring.psychology.choice_reaction import Trial, TrialResponse
from scoring.psychology.missing_symbol import ColumnScore
from scoring.psychology.statements import inventory, presented
from scoring.reasons import Language, Reason, describe
from scoring.responses import answer_sheet
from scoring.verdict import IntegrityState, PsychologyState

SIGNED_SHOWN = 50


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A report in the list. `held_by` names who works on it now, `mine` whether that is the reader.

    `with_proctors` says that proctors have not yet settled the sitting; why they look at it is not told here.
    """

    attempt_id: UUID
    reference: str
    licence_class: str
    state: str
    opened_at: datetime
    signed_at: datetime | None
    flags: int
    held_by: str | None
    mine: bool
    with_proctors: bool


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """A statement as it was shown; `choice` and `label` None when it was left open; seconds it was looked at."""

    position: int
    text: str
    aspect: str | None
    reverse: bool
    choice: int | None
    label: str | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class ReactionPoint:
    """One scored arrow in order; `ms` None when nothing was pressed."""

    number: int
    ms: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class Timing:
    """How well the device kept time: medians in ms (None: not measured), and how often the work was paused."""

    frame_ms: float | None
    input_ms: float | None
    pauses: int
    paused_seconds: int
    hidden: int


@dataclass(frozen=True, slots=True)
class PartSat:
    """A part and what became of it."""

    part: str
    state: str
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report, ready to be read. Plain figures as `scoring.psychology.battery` derived them, with their words."""

    entry: QueueEntry
    name: str
    age: int
    held_until: datetime | None
    aspects: tuple[Mapping[str, Any], ...]
    observations: tuple[Mapping[str, Any], ...]
    validity: tuple[str, ...]
    domains_open: tuple[str, ...]
    parts: tuple[PartSat, ...]
    statements: tuple[StatementAnswer, ...]
    columns: tuple[ColumnScore, ...]
    reactions: tuple[ReactionPoint, ...]
    timing: Timing
    registration_number: str
    signed_by: str | None
    reason: str | None
    declined: str | None
    valid_until: datetime | None
    rule_version: str


def queue(platform: Platform, actor: Actor) -> tuple[tuple[QueueEntry, ...], tuple[QueueEntry, ...]]:
    """Reports that wait, the oldest first, and the newest decided ones."""
    actor.must(Permission.SIGN_PSYCHOLOGY)
    now = platform.clock.now()
    holder = aliased(Account)
    query = (
        select(PsychologyReport, Attempt, holder.display_name)
        .join(Attempt, Attempt.id == PsychologyReport.attempt_id)
        .outerjoin(holder, holder.id == PsychologyReport.claimed_by)
    )
    waiting = PsychologyReport.state == PsychologyState.AWAITING_SIGNATURE
    with platform.reading() as db:
        first = db.execute(query.where(waiting).order_by(PsychologyReport.opened_at)).all()
        decided = query.where(~waiting).order_by(PsychologyReport.signed_at.desc()).limit(SIGNED_SHOWN)
        rest = db.execute(decided).all()
        return (
            tuple(_entry(report, attempt, name, actor, now) for report, attempt, name in first),
            tuple(_entry(report, attempt, name, actor, now) for report, attempt, name in rest),
        )


def report(platform: Platform, actor: Actor, attempt_id: UUID, language: Language) -> Report:
    """One report in words of `language`. Raises `NotFound` where there is none."""
    actor.must(Permission.SIGN_PSYCHOLOGY)
    now = platform.clock.now()
    with platform.reading() as db:
        stored, attempt = db.get(PsychologyReport, attempt_id), db.get(Attempt, attempt_id)
        if stored is None or attempt is None:
            raise NotFound()
        applicant = db.get_one(Applicant, attempt.applicant_id)
        holder = db.get(Account, stored.claimed_by) if stored.claimed_by else None
        signer = db.get(Account, stored.signed_by) if stored.signed_by else None
        entry = _entry(stored, attempt, holder.display_name if holder else None, actor, now)
        answers = answer_sheet(event_log.responses(db, attempt_id))
        sat = {Part(p.part): p for p in attempt.parts if p.part in PSYCHOLOGY_PARTS and p.setup}
        return Report(
            entry=entry,
            name=applicant.account.display_name,
            age=full_years(applicant.birth_date, office_day(now)),
            held_until=stored.claimed_until if entry.held_by else None,
            aspects=tuple(explained(aspect, language) for aspect in stored.data["aspects"]),
            observations=tuple(
                {**each, "text": describe(each["code"], language)} for each in stored.data["observations"]
            ),
            validity=tuple(
                describe(Reason(each["code"], each["params"]), language) for each in stored.data["validity"]
            ),
            domains_open=tuple(
                describe(f"open_{domain}", language) for domain in stored.data["domains_open"]
            ),
            parts=tuple(_part(part) for part in attempt.parts if part.part in PSYCHOLOGY_PARTS),
            statements=_statements(sat.get(Part.STATEMENTS), answers.part(Part.STATEMENTS), language),
            columns=_columns(sat.get(Part.MISSING_SYMBOL), answers.part(Part.MISSING_SYMBOL)),
            reactions=_reactions(sat.get(Part.CHOICE_REACTION), answers.part(Part.CHOICE_REACTION)),
            timing=_timing(db, attempt_id),
            registration_number=stored.registration_number
            or signing.last_registration_number(db, actor.account_id),
            signed_by=signer.display_name if signer else None,
            reason=stored.reason,
            declined=stored.data.get("declined"),
            valid_until=stored.valid_until,
            rule_version=stored.rule_version,
        )


def _entry(
    stored: PsychologyReport, attempt: Attempt, holder: str | None, actor: Actor, now: datetime
) -> QueueEntry:
    held = stored.claimed_until is not None and stored.claimed_until >= now
    return QueueEntry(
        attempt_id=attempt.id,
        reference=attempt.reference,
        licence_class=attempt.licence_class,
        state=stored.state,
        opened_at=stored.opened_at,
        signed_at=stored.signed_at,
        flags=len(stored.data["validity"]),
        held_by=holder if held else None,
        mine=held and stored.claimed_by == actor.account_id,
        with_proctors=attempt.integrity == IntegrityState.HELD,
    )


def _part(part: AttemptPart) -> PartSat:
    minutes = None
    if part.started_at and part.finished_at:
        minutes = (part.finished_at - part.started_at).total_seconds() / 60
    # A part that was never begun expired with the sitting: what it lacks is not its time.
    state = "not_sat" if part.state == PartState.EXPIRED and part.started_at is None else part.state
    return PartSat(part.part, state, minutes)


def _statements(
    part: AttemptPart | None, values: Mapping[str, JsonValue], language: Language
) -> tuple[StatementAnswer, ...]:
    if part is None:
        return ()
    scale = inventory().scale[language]
    found = []
    for position, statement in enumerate(presented(int(part.setup["seed"])), start=1):
        value = values.get(statement.statement_id)
        given = value if isinstance(value, Mapping) else {}
        choice, rt = given.get("choice"), given.get("rt_ms")
        found.append(
            StatementAnswer(
                position=position,
                text=statement.text[language],
                aspect=statement.aspect.value if statement.aspect else None,
                reverse=statement.reverse,
                choice=choice if isinstance(choice, int) else None,
                label=scale[choice - 1] if isinstance(choice, int) else None,
                seconds=float(rt) / 1000 if isinstance(rt, int | float) else None,
            )
        )
    return tuple(found)


def _columns(part: AttemptPart | None, values: Mapping[str, JsonValue]) -> tuple[ColumnScore, ...]:
    return instruments.symbol_columns(part.setup, values) if part else ()


def _reactions(part: AttemptPart | None, values: Mapping[str, JsonValue]) -> tuple[ReactionPoint, ...]:
    if part is None:
        return ()
    scored = [pair for pair in instruments.reaction_trials(part.setup, values) if not pair[0].practice]
    return tuple(_point(number, *pair) for number, pair in enumerate(scored, start=1))


def _point(number: int, trial: Trial, response: TrialResponse | None) -> ReactionPoint:
    if response is None or response.response is None:
        return ReactionPoint(number, None, False)
    return ReactionPoint(number, response.rt_ms, response.response == trial.right_response)


def _timing(session: Session, attempt_id: UUID) -> Timing:
    told = event_log.page_events(session, attempt_id)
    values = [value for kind, _, value in told if kind == "device.timing" and isinstance(value, dict)]
    frames = [float(value["frame_ms"]) for value in values if _is_number(value.get("frame_ms"))]
    inputs = [float(value["delay_ms"]) for value in values if _is_number(value.get("delay_ms"))]
    pauses = [float(value["ms"]) for value in values if "paused" in value and _is_number(value.get("ms"))]
    return Timing(
        frame_ms=max(frames) if frames else None,
        input_ms=max(inputs) if inputs else None,
        pauses=len(pauses),
        paused_seconds=round(sum(pauses) / 1000),
        hidden=sum(kind == "page.hidden" for kind, _, _ in told),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
