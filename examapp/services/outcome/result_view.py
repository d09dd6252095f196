"""What an applicant may know of a sitting's result: every part in words, what is open, what comes next.

Never an item or a key; never a validity flag, which is a hint for a psychologist and would read as an accusation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.office_time import office_day
from examapp.persistence.records.accounts import Account, Application
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.proctoring import Decision, EpisodeRecord, FrameTally, ReviewCase
from examapp.persistence.records.results import PsychologyReport, VerdictRecord
from examapp.services.outcome import results, retakes
from examapp.services.outcome.theory_standing import awaits_settling, standing_theory
from examapp.services.platform import Actor, Platform
from examapp.services.sitting.sittings import own_attempt
from scoring import review
from scoring.policy.retake import Retake
from scoring.reasons import Language, Reason, describe, reason_texts
from scoring.theory import GroupScore
from scoring.verdict import IntegrityState, Outcome, PsychologyState


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """`outcome` is `scoring.verdict.Outcome`; `sentences` say its `reasons` (codes), the deciding one first."""

    outcome: str
    reasons: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TheoryShown:
    """`percent` 0-100, cut to one decimal; `to_review` are (topic, article), never items."""

    right: int
    total: int
    percent: float
    pass_mark: int
    passed: bool
    to_review: tuple[tuple[str, str], ...]
    by_part: tuple[GroupScore, ...]


@dataclass(frozen=True, slots=True)
class PsychologyShown:
    """`aspects` are `scoring.psychology.battery.AspectResult` as plain JSON, with `explanation_text` and `norm_text`.

    What only a signature gives stays None until there is one; `valid_until` is the last day, with a fit signature.
    """

    state: str
    aspects: tuple[Mapping[str, Any], ...]
    signed_by_name: str | None = None
    registration_number: str | None = None
    signed_at: datetime | None = None
    reason: str | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class IntegrityShown:
    """`state` is `scoring.verdict.IntegrityState` or "unchecked"; `erased_on` None until the sitting is over."""

    state: str
    frames: int
    episodes: int
    erased_on: date | None
    # Why people warned or voided: codes of prepared sentences, and what they wrote. The applicant has a right to both.
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultShown:
    """The whole result page; a part that does not belong to the sitting, or is not scored yet, is None."""

    verdict: VerdictShown | None
    theory: TheoryShown | None
    psychology: PsychologyShown | None
    integrity: IntegrityShown
    retake: Retake | None
    next_step: str


def result_for_applicant(
    platform: Platform, actor: Actor, attempt_id: UUID, language: Language = "id"
) -> ResultShown:
    """The result of the actor's own attempt in words of `language`. Raises `NotFound` for anybody else's."""
    with platform.reading() as db:
        attempt = own_attempt(db, actor, attempt_id)
        verdict = _verdict(db, attempt, language)
        retake = _retake(db, attempt, verdict, platform.clock.now())
        return ResultShown(
            verdict=verdict,
            theory=_theory(db, attempt),
            psychology=_psychology(db, attempt, language),
            integrity=_integrity(db, attempt, platform.config.retention_days),
            retake=retake,
            next_step=_next_step(db, attempt, verdict, retake, platform.clock.now(), language),
        )


def said(code: str, language: Language) -> str:
    """The sentence for a reason's code; empty for a code newer than its words (the outcome still stands)."""
    return describe(code, language) if code in reason_texts() else ""


def explained(aspect: Mapping[str, Any], language: Language) -> Mapping[str, Any]:
    """A stored aspect with its words: what the figure means, and what it may be compared with."""
    norm = aspect.get("norm")
    if norm:
        named = {key: norm[key] for key in ("name", "population", "year", "n", "source", "provisional")}
        text = f"{norm['name']}, {norm['population']}, {norm['year']} (n = {norm['n']})"
    else:
        named, text = None, said("no_norm", language) if aspect["raw"] is not None else ""
    shown = {**aspect, "norm": named, "norm_text": text}
    return {**shown, "explanation_text": said(aspect["explanation"], language)}


def _verdict(session: Session, attempt: Attempt, language: Language) -> VerdictShown | None:
    record = session.get(VerdictRecord, attempt.id)
    if record is None:
        return None
    codes = tuple(str(code) for code in record.reasons)
    return VerdictShown(record.outcome, codes, tuple(filter(None, (said(code, language) for code in codes))))


def _theory(session: Session, attempt: Attempt) -> TheoryShown | None:
    found = results.stored_theory(session, attempt)
    if found is None:
        return None
    return TheoryShown(
        right=found.right,
        total=found.total,
        percent=found.percent,
        pass_mark=found.pass_mark,
        passed=found.passed,
        to_review=found.to_review,
        by_part=found.by_part,
    )


def _psychology(session: Session, attempt: Attempt, language: Language) -> PsychologyShown | None:
    state = results.psychology_state(session, attempt)
    if state is PsychologyState.NOT_REQUIRED:
        return None
    report = session.get(PsychologyReport, attempt.id)
    if report is None:
        return PsychologyShown(state.value, ())
    signer = session.get(Account, report.signed_by) if report.signed_by else None
    valid_until = report.valid_until
    return PsychologyShown(
        state=state.value,
        aspects=tuple(explained(aspect, language) for aspect in report.data["aspects"]),
        signed_by_name=signer.display_name if signer else None,
        registration_number=report.registration_number,
        signed_at=report.signed_at,
        reason=report.reason,
        valid_until=office_day(valid_until) if valid_until else None,
    )


def _integrity(session: Session, attempt: Attempt, retention_days: int) -> IntegrityShown:
    tally = session.get(FrameTally, attempt.id)
    count = select(func.count()).select_from(EpisodeRecord).where(EpisodeRecord.attempt_id == attempt.id)
    erased_on = None
    if attempt.finished_at:
        last = attempt.finished_at + timedelta(days=retention_days)
        erased_on = office_day(last)
    analysed = tally.analysed if tally else 0
    decided = _decided_against(session, attempt)
    return IntegrityShown(
        state=attempt.integrity,
        frames=analysed,
        episodes=session.scalar(count) or 0,
        erased_on=erased_on,
        reasons=tuple(dict.fromkeys(code for made in decided for code in made.reasons)),
        remarks=tuple(dict.fromkeys(made.note for made in decided if made.note)),
    )


def _decided_against(session: Session, attempt: Attempt) -> list[Decision]:
    """The decisions that warned or voided, once that is final; before that nothing is decided."""
    if attempt.integrity not in (IntegrityState.WARNED, IntegrityState.VOIDED):
        return []
    query = (
        select(Decision)
        .join(ReviewCase, ReviewCase.id == Decision.case_id)
        .where(ReviewCase.attempt_id == attempt.id, Decision.decision != review.Decision.CLEAR)
        .order_by(Decision.position)
    )
    return list(session.scalars(query))


def _retake(session: Session, attempt: Attempt, verdict: VerdictShown | None, now: datetime) -> Retake | None:
    if verdict is None or verdict.outcome not in retakes.USED_UP:
        return None
    return retakes.retake_for(session, session.get_one(Application, attempt.application_id), now)


def _next_step(
    session: Session,
    attempt: Attempt,
    verdict: VerdictShown | None,
    retake: Retake | None,
    now: datetime,
    language: Language,
) -> str:
    if attempt.state == AttemptState.ABANDONED:
        return said("next_begin_again", language)
    outcome = Outcome(verdict.outcome) if verdict else Outcome.IN_PROGRESS
    if outcome is Outcome.FAILED and retake is not None:
        return describe(retake.reason, language)
    if outcome is Outcome.IN_PROGRESS and attempt.state == AttemptState.FINISHED:
        return describe(_psychology_later(session, attempt, now), language)
    if outcome is Outcome.AWAITING_SIGNATURE and verdict and "psychology_declined" in verdict.reasons:
        return said("next_declined", language)
    if outcome is Outcome.HELD_FOR_REVIEW and verdict and "pictures_being_checked" in verdict.reasons:
        return said("next_being_checked", language)
    return said(f"next_{outcome.value}", language)


def _psychology_later(session: Session, attempt: Attempt, now: datetime) -> Reason:
    """Psychology was never begun until the window closed: whether the theory that was passed carries on."""
    if awaits_settling(session, attempt.application_id):
        return Reason("next_theory_checked")
    standing = standing_theory(session, attempt.application_id, now)
    return (
        Reason("next_psychology_later", {"until": standing.until})
        if standing
        else Reason("next_theory_lapsed")
    )
