"""Requests of applicants about their own data: filed by themselves, due in 3 × 24 hours, answered by an administrator.

What a person writes, and what they are answered, is sealed with their key: it goes when they go.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.data_request import WAITING, RequestKind, RequestState, move_request
from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Applicant, PersonKey
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.privacy import DataRequest
from examapp.persistence.vault import Vault
from examapp.services.platform import Actor, Platform, Transaction
from examapp.services.sitting.sittings import own_attempt
from scoring.policy.register import rules_on

MAXIMUM_WORDS = 1000
# What these ask for can't be guessed: they need words.
NEEDS_WORDS = frozenset({RequestKind.CORRECTION, RequestKind.OBJECTION})
_WORDS, _ANSWER = "request:words", "request:answer"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its own applicant reads it. `sitting` is the reference of the one an objection is about."""

    id: UUID
    kind: str
    state: str
    words: str = field(repr=False)
    answer: str = field(repr=False)
    sitting: str | None
    created_at: datetime
    due_at: datetime
    decided_at: datetime | None

    @property
    def waits(self) -> bool:
        return self.state in WAITING


def ask(platform: Platform, actor: Actor, kind: str, words: str, attempt_id: UUID | None = None) -> UUID:
    """File a request. Raises `Invalid` for what can't be used, `Conflict("request_waits")` for one that waits already.

    An objection names the finished sitting it is about.
    """
    actor.must(Permission.SIT_EXAM)
    if kind not in set(RequestKind):
        raise Invalid("request_kind", field="kind")
    words = words.strip()
    if len(words) > MAXIMUM_WORDS or (kind in NEEDS_WORDS and not words):
        raise Invalid("request_words", field="words", maximum=MAXIMUM_WORDS)
    with platform.writing(actor) as tx:
        person = _own_row(tx)
        about = _sitting(tx, actor, attempt_id) if kind == RequestKind.OBJECTION else None
        _must_be_new(tx.session, person, kind, about)
        hours = rules_on(office_day(tx.now)).retention.access_request_hours
        request = DataRequest(
            id=uuid4(),
            account_id=person,
            attempt_id=about.id if about else None,
            kind=kind,
            state=RequestState.OPEN.value,
            words_cipher=platform.vault.seal_for(tx.session, person, words, _WORDS),
            created_at=tx.now,
            due_at=tx.now + timedelta(hours=hours),
        )
        tx.session.add(request)
        tx.audit(f"account:{person}", "data.asked", request=str(request.id), kind=kind)
        if about is not None:
            tx.audit(f"attempt:{about.id}", "objection_filed", request=str(request.id))
        return request.id


def _own_row(tx: Transaction) -> UUID:
    """The asker's own row, held: two requests at once are looked at one after the other."""
    person = tx.session.get(Applicant, tx.actor.account_id, with_for_update=True)
    if person is None:
        raise NotFound("account_missing")
    return person.account_id


def _sitting(tx: Transaction, actor: Actor, attempt_id: UUID | None) -> Attempt:
    if attempt_id is None:
        raise Invalid("request_sitting", field="attempt_id")
    attempt = own_attempt(tx.session, actor, attempt_id)
    if attempt.state != AttemptState.FINISHED:
        raise Invalid("request_sitting", field="attempt_id")
    return attempt


def _must_be_new(session: Session, person: UUID, kind: str, about: Attempt | None) -> None:
    query = select(DataRequest.id).where(
        DataRequest.account_id == person,
        DataRequest.kind == kind,
        DataRequest.state.in_([state.value for state in WAITING]),
    )
    if about is not None:
        query = query.where(DataRequest.attempt_id == about.id)
    if session.scalars(query).first() is not None:
        raise Conflict("request_waits")


def cancel(platform: Platform, actor: Actor, request_id: UUID) -> None:
    """Take one's own request back. Raises `NotFound` for another's, `Conflict("request_state")` when it is answered."""
    actor.must(Permission.SIT_EXAM)
    with platform.writing(actor) as tx:
        _own_row(tx)
        request = tx.session.get(DataRequest, request_id, with_for_update=True)
        if request is None or request.account_id != actor.account_id:
            raise NotFound()
        request.state = move_request(RequestState(request.state), RequestState.CANCELLED)
        tx.audit(f"account:{request.account_id}", "data.cancelled", request=str(request.id))


def own_requests(platform: Platform, actor: Actor) -> list[Request]:
    """The actor's own requests, newest first."""
    actor.must(Permission.SIT_EXAM)
    query = select(DataRequest).where(DataRequest.account_id == actor.account_id)
    with platform.reading() as session:
        found = session.scalars(query.order_by(DataRequest.created_at.desc())).all()
        return [readable(platform.vault, session, each) for each in found]


def finished_sittings(platform: Platform, actor: Actor) -> list[Attempt]:
    """The sittings one may object to, newest first."""
    query = select(Attempt).where(
        Attempt.applicant_id == actor.account_id, Attempt.state == AttemptState.FINISHED
    )
    with platform.reading() as session:
        return list(session.scalars(query.order_by(Attempt.finished_at.desc())))


def readable(vault: Vault, session: Session, row: DataRequest) -> Request:
    """A stored request in the clear; words and answer are empty once the person was erased."""
    sitting = session.get(Attempt, row.attempt_id) if row.attempt_id else None
    return Request(
        row.id,
        row.kind,
        row.state,
        _opened(vault, session, row.account_id, row.words_cipher, _WORDS),
        _opened(vault, session, row.account_id, row.answer_cipher, _ANSWER),
        sitting.reference if sitting else None,
        row.created_at,
        row.due_at,
        row.decided_at,
    )


def seal_answer(vault: Vault, session: Session, row: DataRequest, answer: str) -> None:
    row.answer_cipher = vault.seal_for(session, row.account_id, answer, _ANSWER)


def _opened(vault: Vault, session: Session, person: UUID, sealed: bytes | None, purpose: str) -> str:
    key = session.get(PersonKey, person)
    if sealed is None or key is None or key.wrapped is None:
        return ""
    return vault.open_for(session, person, sealed, purpose)
