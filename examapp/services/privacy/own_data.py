"""A copy of everything the platform holds about its applicant, for that applicant alone, as plain JSON.

Keys of items, validity hints for psychologists and names of staff are not theirs; pictures are listed, not enclosed.
"""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account, Applicant, Application, Consent
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.proctoring import EvidenceRecord, ObservationRecord
from examapp.services.outcome.result_view import result_for_applicant
from examapp.services.outcome.results import plain
from examapp.services.platform import Actor, Platform
from examapp.services.privacy.requests import own_requests
from scoring.reasons import Language

# Of an observation, what it says of a person; the rest is how it was measured.
_SEEN = ("captured_at", "faces", "yaw", "pitch", "roll", "gaze_yaw", "gaze_pitch", "attention", "quality")


def own_data(platform: Platform, actor: Actor, language: Language = "id") -> dict[str, Any]:
    """The copy, and the deed of taking it on the account's chain. Raises `NotAllowed` for whoever is no applicant."""
    actor.must(Permission.SIT_EXAM)
    with platform.writing(actor) as tx:
        tx.audit(f"account:{actor.account_id}", "data.copy_taken")
    with platform.reading() as session:
        person = session.get_one(Applicant, actor.account_id)
        query = select(Attempt).where(Attempt.applicant_id == person.account_id)
        attempts = session.scalars(query.options(selectinload(Attempt.parts)).order_by(Attempt.created_at))
        sittings = [_sitting(platform, session, each) for each in attempts.all()]
        found: dict[str, Any] = {"person": _person(platform, session, person), "sittings": sittings}
    for sitting in sittings:
        shown = result_for_applicant(platform, actor, UUID(sitting["id"]), language)
        sitting["result"] = asdict(shown)
    found["requests"] = [asdict(each) for each in own_requests(platform, actor)]
    copied: dict[str, Any] = json.loads(json.dumps(plain(found), default=str))
    return copied


def _person(platform: Platform, session: Session, person: Applicant) -> dict[str, Any]:
    account = session.get_one(Account, person.account_id)
    opened = platform.vault.open_for
    applications = session.scalars(select(Application).where(Application.applicant_id == account.id))
    return {
        "name": account.display_name,
        "birth_date": person.birth_date,
        "nik": opened(session, account.id, person.nik_cipher, "nik"),
        "phone": opened(session, account.id, person.phone_cipher, "phone"),
        "language": account.language,
        "registered_at": account.created_at,
        "applications": [
            {
                "class": each.licence_class,
                "kind": each.kind,
                "held_class": each.held_class,
                "held_since": each.held_since,
                "made_at": each.created_at,
                "closed_at": each.closed_at,
            }
            for each in applications
        ],
    }


def _sitting(platform: Platform, session: Session, attempt: Attempt) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "reference": attempt.reference,
        "class": attempt.licence_class,
        "state": attempt.state,
        "camera": attempt.camera,
        "timezone": attempt.timezone,
        "steps": list(attempt.steps),
        "prepared_at": attempt.created_at,
        "started_at": attempt.started_at,
        "finished_at": attempt.finished_at,
        "consent": _consent(platform, session, attempt),
        "parts": [
            {"part": each.part, "state": each.state, "from": each.started_at, "to": each.finished_at}
            for each in attempt.parts
        ],
        "events": [
            {
                "part": each.part,
                "kind": each.kind,
                "item": each.item_id,
                "value": json.loads(each.value),
                "received_at": each.received_at,
                "late": each.late,
            }
            for each in session.scalars(
                select(AttemptEvent)
                .where(AttemptEvent.attempt_id == attempt.id)
                .order_by(AttemptEvent.sequence)
            )
        ],
        "observations": [
            {name: getattr(each, name) for name in _SEEN}
            for each in session.scalars(
                select(ObservationRecord)
                .where(ObservationRecord.attempt_id == attempt.id)
                .order_by(ObservationRecord.captured_at)
            )
        ],
        "kept_pictures": [
            {"taken_at": each.captured_at, "why": each.reason, "deleted_at": each.erased_at}
            for each in session.scalars(
                select(EvidenceRecord)
                .where(EvidenceRecord.attempt_id == attempt.id)
                .order_by(EvidenceRecord.position)
            )
        ],
    }


def _consent(platform: Platform, session: Session, attempt: Attempt) -> dict[str, Any] | None:
    given = session.scalars(select(Consent).where(Consent.attempt_id == attempt.id)).one_or_none()
    if given is None:
        return None
    guardian = None
    if given.guardian_cipher is not None:
        guardian = platform.vault.open_for(session, attempt.applicant_id, given.guardian_cipher, "guardian")
    return {
        "wording": given.wording,
        "language": given.language,
        "agreed_at": given.agreed_at,
        "guardian": guardian,
    }
