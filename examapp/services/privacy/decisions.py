"""An administrator answers a person's request about their data; what asks for erasure waits for the last legal hold."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.data_request import ERASING, RequestKind, RequestState, move_request
from examapp.domain.errors import Invalid, NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account, Applicant
from examapp.persistence.records.privacy import DataRequest
from examapp.services.messaging.messages import queue_message
from examapp.services.people.registration import normal_name
from examapp.services.platform import SYSTEM, Actor, Platform, Transaction
from examapp.services.privacy.erasure import erase_person
from examapp.services.privacy.holds import holds_on
from examapp.services.privacy.requests import Request, readable, seal_answer

SHORTEST_ANSWER = 10
LONGEST_ANSWER = 1000


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """A request as an administrator reads it: whose it is, and what still holds the person's data."""

    request: Request
    name: str
    holds: tuple[str, ...]
    decided_by: str | None

    @property
    def erases(self) -> bool:
        return self.request.kind in ERASING


def desk(platform: Platform, actor: Actor, *, answered: bool = False, limit: int = 100) -> list[DeskRequest]:
    """Requests that wait for an officer, the most urgent first; or those answered, the newest first."""
    actor.must(Permission.HELP_APPLICANTS)
    waiting = [RequestState.OPEN.value]
    query = select(DataRequest).limit(limit)
    if answered:
        query = query.where(DataRequest.state.not_in(waiting)).order_by(DataRequest.decided_at.desc())
    else:
        query = query.where(DataRequest.state.in_(waiting)).order_by(DataRequest.due_at)
    with platform.reading() as session:
        return [_line(platform, session, row) for row in session.scalars(query).all()]


def one(platform: Platform, actor: Actor, request_id: UUID) -> DeskRequest:
    """Raises `NotFound`."""
    actor.must(Permission.HELP_APPLICANTS)
    with platform.reading() as session:
        row = session.get(DataRequest, request_id)
        if row is None:
            raise NotFound()
        return _line(platform, session, row)


def _line(platform: Platform, session: Session, row: DataRequest) -> DeskRequest:
    by = session.get(Account, row.decided_by) if row.decided_by else None
    return DeskRequest(
        readable(platform.vault, session, row),
        session.get_one(Account, row.account_id).display_name,
        holds_on(session, row.account_id),
        by.display_name if by else None,
    )


def decline(platform: Platform, actor: Actor, request_id: UUID, answer: str) -> None:
    """Say no, with the reason. Raises `Invalid("request_answer")`, `Conflict("request_state")`."""
    with platform.writing(actor) as tx:
        request = _held(tx, request_id)
        _answer(platform, tx, request, RequestState.DECLINED, answer)
        tx.audit(f"account:{request.account_id}", "data.declined", request=str(request.id), kind=request.kind)


def fulfil(platform: Platform, actor: Actor, request_id: UUID, answer: str, name: str = "") -> RequestState:
    """Do what was asked, or for an erasure agree to it; where it stands then.

    An erasure is done at once when nothing holds the data, otherwise by the worker when the last hold is gone. `name`
    is the corrected name, with a correction only. Raises as `decline` does, and `Invalid("name_invalid")`.
    """
    with platform.writing(actor) as tx:
        request = _held(tx, request_id)
        if request.kind in ERASING:
            return _agree(platform, tx, request, answer)
        if request.kind == RequestKind.CORRECTION and name.strip():
            account = tx.session.get_one(Account, request.account_id, with_for_update=True)
            account.display_name = normal_name(name)
            tx.audit(f"account:{account.id}", "account.name_corrected", request=str(request.id))
        _answer(platform, tx, request, RequestState.DONE, answer)
        tx.audit(f"account:{request.account_id}", "data.done", request=str(request.id), kind=request.kind)
        return RequestState.DONE


def _agree(platform: Platform, tx: Transaction, request: DataRequest, answer: str) -> RequestState:
    _answer(platform, tx, request, RequestState.ACCEPTED, answer)
    tx.audit(f"account:{request.account_id}", "data.accepted", request=str(request.id), kind=request.kind)
    if holds_on(tx.session, request.account_id):
        return RequestState.ACCEPTED
    _erase(platform, tx, request.account_id)
    return RequestState.DONE


def finish_erasure(platform: Platform, account_id: UUID) -> bool:
    """Erase a person whose request was agreed to, if by now nothing holds their data; whether it was done."""
    with platform.writing(SYSTEM) as tx:
        tx.session.get_one(Applicant, account_id, with_for_update=True)
        still = select(DataRequest.id).where(
            DataRequest.account_id == account_id,
            DataRequest.state == RequestState.ACCEPTED,
            DataRequest.kind.in_([kind.value for kind in ERASING]),
        )
        if tx.session.scalars(still).first() is None or holds_on(tx.session, account_id):
            return False
        _erase(platform, tx, account_id)
        return True


def _erase(platform: Platform, tx: Transaction, account_id: UUID) -> None:
    _tell(platform, tx, account_id, "data_erased")
    tx.session.flush()
    erase_person(platform, tx, account_id, "requested")


def _held(tx: Transaction, request_id: UUID) -> DataRequest:
    """The request and its person's row, held: no sitting begins while an erasure is decided."""
    tx.actor.must(Permission.HELP_APPLICANTS)
    request = tx.session.get(DataRequest, request_id)
    if request is None:
        raise NotFound()
    tx.session.get_one(Applicant, request.account_id, with_for_update=True)
    return tx.session.get_one(DataRequest, request_id, with_for_update=True, populate_existing=True)


def _answer(platform: Platform, tx: Transaction, request: DataRequest, to: RequestState, answer: str) -> None:
    request.state = move_request(RequestState(request.state), to)
    answer = answer.strip()
    if not SHORTEST_ANSWER <= len(answer) <= LONGEST_ANSWER:
        raise Invalid("request_answer", field="answer", minimum=SHORTEST_ANSWER, maximum=LONGEST_ANSWER)
    seal_answer(platform.vault, tx.session, request, answer)
    request.decided_at, request.decided_by = tx.now, tx.actor.account_id
    _tell(platform, tx, request.account_id, "data_answered")


def _tell(platform: Platform, tx: Transaction, account_id: UUID, kind: str) -> None:
    applicant = tx.session.get_one(Applicant, account_id)
    phone = platform.vault.open_for(tx.session, account_id, applicant.phone_cipher, "phone")
    language = tx.session.get_one(Account, account_id).language
    queue_message(tx, platform.vault, kind, phone, language)


def overdue(platform: Platform) -> int:
    """How many requests are past their time without an answer."""
    now = platform.clock.now()
    query = select(DataRequest.id).where(DataRequest.state == RequestState.OPEN, DataRequest.due_at < now)
    with platform.reading() as session:
        return len(session.scalars(query).all())
