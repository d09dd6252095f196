"""A sitting as its own applicant's device needs it: where it stands, what is shown, what was saved."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examapp.domain.attempt import Part, PartState
from examapp.persistence import event_log
from examapp.persistence.records.attempts import Attempt, AttemptPart
from examapp.services.platform import Actor, Platform
from examapp.services.psychology import instruments
from examapp.services.sitting import forms, notices
from examapp.services.sitting.sittings import next_part, own_attempt, running_part
from scoring.responses import answer_sheet


def attempt_view(
    platform: Platform, actor: Actor, attempt_id: UUID, language: str | None = None, device: str | None = None
) -> dict[str, Any]:
    """Everything a device needs to show or to resume a sitting; never a key. Raises `NotFound`."""
    with platform.reading() as db:
        attempt = own_attempt(db, actor, attempt_id)
        running = running_part(attempt)
        shown = language or attempt.language
        following = next_part(attempt)
        return {
            **context(db, attempt),
            "attempt": _attempt(platform, attempt, device),
            "part": running.part if running else None,
            "next_part": following.part if following else None,
            "parts": [_part(part) for part in attempt.parts],
            **(_content(db, attempt, running, shown) if running else {"items": [], "setup": None}),
            **_answers(db, attempt, running),
        }


def context(session: Session, attempt: Attempt) -> dict[str, Any]:
    """What every reply carries of a sitting: state, deadline, waiting notices (their codes; the web adds the words)."""
    running = running_part(attempt)
    return {
        "state": attempt.state,
        "deadline": running.deadline if running else None,
        "notices": notices.waiting(session, attempt.id),
    }


def _attempt(platform: Platform, attempt: Attempt, device: str | None) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "reference": attempt.reference,
        "licence_class": attempt.licence_class,
        "language": attempt.language,
        "epoch": attempt.epoch,
        "device_active": attempt.device is None or attempt.device == device,
        "timezone": attempt.timezone,
        "camera": attempt.camera,
        "steps": list(attempt.steps),
        "frame_interval_ms": platform.config.frame_interval_ms,
    }


def _part(part: AttemptPart) -> dict[str, Any]:
    return {
        "part": part.part,
        "state": part.state,
        "limit_seconds": part.limit_seconds,
        "started_at": part.started_at,
        "deadline": part.deadline,
    }


def _content(session: Session, attempt: Attempt, part: AttemptPart, language: str) -> dict[str, Any]:
    if part.state != PartState.RUNNING:
        return {"items": [], "setup": None}
    if part.part == Part.THEORY:
        return {"items": forms.public_items(session, attempt.id, language), "setup": None}
    return {"items": [], "setup": instruments.public_setup(Part(part.part), part.setup, language)}


def _answers(session: Session, attempt: Attempt, part: AttemptPart | None) -> dict[str, Any]:
    """What stands of the running part's answers, so that a reload shows what the server has."""
    if part is None:
        return {"answers": {}, "marks": []}
    sheet = answer_sheet(event_log.responses(session, attempt.id))
    answers = {
        item: {"value": answer.value, "received_at": answer.received_at, "late": False}
        for (owner, item), answer in sheet.answers.items()
        if owner == part.part
    }
    return {"answers": answers, "marks": sorted(item for owner, item in sheet.marked if owner == part.part)}
