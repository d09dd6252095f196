"""A case as people look at it: the queue by what a minute is worth, and one sitting's facts beside its frames."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.domain.roles import Role
from examapp.persistence import event_log
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.proctoring import (
    AnalysisGap,
    EpisodeRecord,
    EvidenceRecord,
    FrameTally,
    ReviewCase,
)
from examapp.persistence.records.results import VerdictRecord
from examapp.services.cases import review
from examapp.services.platform import Actor
from examapp.services.watching import analysis
from proctoring.kinds import EpisodeKind
from proctoring.policy import load_policy
from proctoring.signals import is_dark
from scoring.review import FINAL, CaseState
from scoring.verdict import Outcome

_SEVERITIES = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One case of the list. `blocked` is why the reader can't claim it now, None when they can or hold it."""

    case_id: UUID
    reference: str
    licence_class: str
    state: CaseState
    risk: float
    worst: str
    reasons: tuple[dict[str, Any], ...]
    holds_a_pass: bool
    mine: bool
    blocked: str | None
    opened_at: datetime
    ended_at: datetime | None


def queue(session: Session, actor: Actor, now: datetime) -> list[QueueLine]:
    """The open cases this person may see: first those that hold back a pass, by risk; those of others come last."""
    query = (
        select(ReviewCase, Attempt, VerdictRecord.outcome)
        .join(Attempt, Attempt.id == ReviewCase.attempt_id)
        .outerjoin(VerdictRecord, VerdictRecord.attempt_id == Attempt.id)
        .where(ReviewCase.state.not_in([state.value for state in FINAL]))
        .options(selectinload(ReviewCase.decisions))
    )
    third = (CaseState.ESCALATED.value, CaseState.CLAIMED_THIRD.value)
    if actor.role is Role.ADMINISTRATOR:
        query = query.where(ReviewCase.state.in_(third))
    else:
        query = query.where(ReviewCase.state.not_in(third))
    lines = [
        _line(session, case, attempt, outcome, actor, now)
        for case, attempt, outcome in session.execute(query)
    ]
    return sorted(
        lines,
        key=lambda each: (each.blocked is not None, not each.holds_a_pass, -each.risk, each.opened_at),
    )


def _line(
    session: Session, case: ReviewCase, attempt: Attempt, outcome: str | None, actor: Actor, now: datetime
) -> QueueLine:
    return QueueLine(
        case_id=case.id,
        reference=attempt.reference,
        licence_class=attempt.licence_class,
        state=CaseState(case.state),
        risk=case.risk,
        worst=worst_of(case.reasons),
        reasons=tuple(case.reasons),
        holds_a_pass=outcome == Outcome.HELD_FOR_REVIEW,
        mine=review.holds(case, actor, now),
        blocked=review.why_not_mine(session, case, actor, now),
        opened_at=case.opened_at,
        ended_at=attempt.finished_at,
    )


def worst_of(reasons: list[dict[str, Any]]) -> str:
    """The gravest severity among a case's reasons; a reason without one counts as medium."""
    found = [reason.get("worst", "medium") for reason in reasons]
    return max(found, key=_SEVERITIES.index, default="low")


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the review page shows of one case."""

    case: ReviewCase
    attempt: Attempt
    outcome: str | None
    episodes: tuple[EpisodeRecord, ...]
    frames: tuple[EvidenceRecord, ...]
    references: tuple[EvidenceRecord, ...]
    gaps: tuple[AnalysisGap, ...]
    tally: FrameTally | None

    def episodes_at(self, frame: EvidenceRecord) -> list[int]:
        """Places (in `episodes`) of those that a kept frame belongs to: before, during or after."""
        rule = load_policy().evidence
        return [
            place
            for place, episode in enumerate(self.episodes)
            if -rule.before <= (frame.captured_at - episode.onset).total_seconds()
            and (frame.captured_at - episode.offset).total_seconds() <= rule.after
        ]

    def severity_at(self, frame: EvidenceRecord) -> str | None:
        """The gravest severity of the episodes during which a frame was taken, None outside of all."""
        found = [e.severity for e in self.episodes if e.onset <= frame.captured_at < e.offset]
        return max(found, key=_SEVERITIES.index, default=None)


def case_view(session: Session, actor: Actor, case_id: UUID) -> CaseView:
    """One case with its sitting's episodes, frames and gaps. Raises `NotFound`."""
    case = review.get_case(session, actor, case_id)
    query = select(Attempt).where(Attempt.id == case.attempt_id).options(selectinload(Attempt.parts))
    attempt = session.scalars(query).one()
    episodes = select(EpisodeRecord).where(EpisodeRecord.attempt_id == attempt.id)
    evidence = select(EvidenceRecord).where(EvidenceRecord.attempt_id == attempt.id)
    kept = list(session.scalars(evidence.order_by(EvidenceRecord.captured_at)))
    verdict = session.get(VerdictRecord, attempt.id)
    began, ended = span_of(attempt)
    return CaseView(
        case=case,
        attempt=attempt,
        outcome=verdict.outcome if verdict else None,
        episodes=tuple(session.scalars(episodes.order_by(EpisodeRecord.onset))),
        frames=tuple(each for each in kept if not each.reason.startswith("reference")),
        references=tuple(each for each in kept if each.reason.startswith("reference")),
        gaps=tuple(analysis.gaps_of(session, attempt.id, began, ended)),
        tally=session.get(FrameTally, attempt.id),
    )


def span_of(attempt: Attempt) -> tuple[datetime, datetime]:
    """From the first part's beginning to the last one's end."""
    begun = [part for part in attempt.parts if part.started_at is not None]
    began = min((p.started_at for p in begun if p.started_at), default=attempt.created_at)
    ended = max((p.finished_at for p in begun if p.finished_at), default=attempt.finished_at or began)
    return began, ended


@dataclass(frozen=True, slots=True)
class Sight:
    """One analysed frame as the timeline draws it; angles in degrees, None where unknown."""

    at: datetime
    faces: int
    dark: bool
    yaw: float | None
    pitch: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A sitting over time: what was seen, what the page told, when answers came.

    `hold` and `silence` are the policy's seconds: how long a frame speaks, and from when on a silence counts.
    """

    began: datetime
    ended: datetime
    sights: tuple[Sight, ...]
    page_events: tuple[tuple[str, datetime], ...]
    answers: tuple[datetime, ...]
    hold: float
    silence: float


def timeline(session: Session, view: CaseView) -> Timeline:
    """The facts of a case's sitting in order of time."""
    policy = load_policy()
    began, ended = span_of(view.attempt)
    sights = []
    for _, seen in analysis.observations(session, view.attempt.id, began):
        at = began.timestamp() + seen.t
        moment = datetime.fromtimestamp(at, tz=began.tzinfo)
        if began <= moment <= ended:
            sights.append(Sight(moment, seen.faces, is_dark(seen, policy), seen.yaw, seen.pitch))
    answers = select(AttemptEvent.received_at).where(
        AttemptEvent.attempt_id == view.attempt.id, AttemptEvent.kind == "answer"
    )
    return Timeline(
        began=began,
        ended=ended,
        sights=tuple(sights),
        page_events=tuple((kind, at) for kind, at, _ in event_log.page_events(session, view.attempt.id)),
        answers=tuple(session.scalars(answers.order_by(AttemptEvent.received_at))),
        hold=policy.hold,
        silence=policy.rules[EpisodeKind.NO_FRAMES].minimum,
    )
