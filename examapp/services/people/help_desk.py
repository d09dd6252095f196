"""A way to a person: somebody asks for help and leaves a number, an administrator answers by message."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select

from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account, HelpRequest
from examapp.persistence.vault import Vault
from examapp.services.messaging.messages import queue_message
from examapp.services.people.registration import normal_name, normal_phone
from examapp.services.platform import Actor, Platform

MAXIMUM_WORDS = 500
MAXIMUM_ANSWER = 500
_CONTACT = "help:contact"


class HelpKind(StrEnum):
    REGISTRATION = "registration"
    SIGN_IN = "sign_in"
    PHONE_LOST = "phone_lost"
    CAMERA = "camera"
    RESULT = "result"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contact:
    """Who asks, how to reach them, and what they say. Kept encrypted."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    words: str = field(repr=False)
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as an administrator reads it; `account_id` only when the asker was signed in."""

    id: UUID
    kind: str
    contact: Contact
    account_id: UUID | None
    created_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    answer: str | None


def ask_for_help(platform: Platform, actor: Actor, kind: str, contact: Contact) -> UUID:
    """Leave a request. Raises `Invalid` for a name, number or text that can't be used."""
    if kind not in set(HelpKind):
        raise Invalid("help_kind_unknown", field="kind")
    words = contact.words.strip()
    if not words or len(words) > MAXIMUM_WORDS:
        raise Invalid("help_words", field="words", maximum=MAXIMUM_WORDS)
    kept = {
        "name": normal_name(contact.name),
        "phone": normal_phone(contact.phone),
        "words": words,
        "language": contact.language,
    }
    with platform.writing(actor) as tx:
        request = HelpRequest(
            id=uuid4(),
            kind=kind,
            contact_cipher=platform.vault.seal_for_instance(json.dumps(kept), _CONTACT),
            account_id=actor.account_id,
            created_at=tx.now,
        )
        tx.session.add(request)
        tx.audit(f"help:{request.id}", "help.asked", kind=kind)
        return request.id


def help_requests(platform: Platform, *, answered: bool = False, limit: int = 100) -> list[Request]:
    """Requests that wait (oldest first), or those answered (newest first)."""
    query = select(HelpRequest, Account.display_name).outerjoin(
        Account, Account.id == HelpRequest.answered_by
    )
    if answered:
        query = query.where(HelpRequest.answered_at.is_not(None)).order_by(HelpRequest.answered_at.desc())
    else:
        query = query.where(HelpRequest.answered_at.is_(None)).order_by(HelpRequest.created_at)
    with platform.reading() as session:
        return [_request(platform.vault, row, name) for row, name in session.execute(query.limit(limit))]


def get_request(platform: Platform, request_id: UUID) -> Request:
    """Raises `NotFound`."""
    with platform.reading() as session:
        row = session.get(HelpRequest, request_id)
        if row is None:
            raise NotFound()
        by = session.get(Account, row.answered_by) if row.answered_by else None
        return _request(platform.vault, row, by.display_name if by else None)


def answer_request(platform: Platform, actor: Actor, request_id: UUID, answer: str) -> None:
    """Answer by message to the number that was left. Raises `Conflict` when somebody answered before."""
    actor.must(Permission.HELP_APPLICANTS)
    answer = " ".join(answer.split())
    if not answer or len(answer) > MAXIMUM_ANSWER:
        raise Invalid("help_answer", field="answer", maximum=MAXIMUM_ANSWER)
    with platform.writing(actor) as tx:
        row = tx.session.get(HelpRequest, request_id, with_for_update=True)
        if row is None:
            raise NotFound()
        if row.answered_at is not None:
            raise Conflict("help_answered")
        row.answered_at, row.answered_by, row.answer = tx.now, actor.account_id, answer
        contact = _contact(platform.vault, row)
        queue_message(tx, platform.vault, "help_answer", contact.phone, contact.language, answer=answer)
        tx.audit(f"help:{row.id}", "help.answered")


def blank_contact(vault: Vault, row: HelpRequest) -> None:
    """Put nothing in the place of who asked and what they said, and of the answer."""
    row.contact_cipher = vault.seal_for_instance(
        json.dumps({"name": "–", "phone": "–", "words": "–"}), _CONTACT
    )
    row.answer = "–" if row.answer is not None else None


def _contact(vault: Vault, row: HelpRequest) -> Contact:
    return Contact(**json.loads(vault.open_for_instance(row.contact_cipher, _CONTACT)))


def _request(vault: Vault, row: HelpRequest, answered_by: str | None) -> Request:
    return Request(
        row.id,
        row.kind,
        _contact(vault, row),
        row.account_id,
        row.created_at,
        row.answered_at,
        answered_by,
        row.answer,
    )
