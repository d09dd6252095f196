"""What goes when its time is over, by the periods of `scoring/policy/retention.toml`; a legal hold keeps it.

A step finds what is due and erases it one by one, each in its own transaction: what can't be erased is logged, holds
up nothing else, and is tried again in the next round.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from examapp.domain.attempt import AttemptState
from examapp.domain.data_request import ERASING, RequestState
from examapp.domain.office_time import office_day
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Account, Applicant, HelpRequest, PersonKey
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.operations import Message
from examapp.persistence.records.privacy import DataRequest
from examapp.persistence.records.results import PsychologyReport
from examapp.services.people.help_desk import blank_contact
from examapp.services.platform import SYSTEM, Platform, Transaction
from examapp.services.privacy.decisions import finish_erasure
from examapp.services.privacy.erasure import erase_answers, erase_person, erase_psychology
from examapp.services.privacy.holds import held_attempts, holds_on
from examapp.services.upkeep.rounds import Erased
from examapp.services.watching import evidence_erasure
from scoring.policy.register import rules_on
from scoring.policy.values import RetentionRule

log = structlog.get_logger("simexam.retention")
_YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Step:
    """`due` are the ids of what is to go at a moment; `erase` erases one of them, or raises."""

    due: Callable[[Platform, Session, datetime, RetentionRule], list[UUID]]
    erase: Callable[[Platform, UUID], Erased]


def _within(erase: Callable[[Platform, Transaction, UUID], None]) -> Callable[[Platform, UUID], Erased]:
    def one(platform: Platform, identity: UUID) -> Erased:
        with platform.writing(SYSTEM) as tx:
            erase(platform, tx, identity)
        return Erased(done=1)

    return one


def _pictures(platform: Platform, session: Session, now: datetime, _rule: RetentionRule) -> list[UUID]:
    return evidence_erasure.expired(
        session, now - timedelta(days=platform.config.retention_days), held_attempts()
    )


def _answers(_platform: Platform, session: Session, now: datetime, rule: RetentionRule) -> list[UUID]:
    query = select(Attempt.id).where(
        Attempt.state.in_((AttemptState.FINISHED, AttemptState.ABANDONED)),
        Attempt.finished_at < now - rule.answers_years * _YEAR,
        Attempt.answers_erased_at.is_(None),
        Attempt.id.not_in(held_attempts()),
    )
    return list(session.scalars(query.order_by(Attempt.finished_at)))


def _reports(_platform: Platform, session: Session, now: datetime, rule: RetentionRule) -> list[UUID]:
    query = select(PsychologyReport.attempt_id).where(
        PsychologyReport.opened_at < now - rule.psychology_years * _YEAR,
        PsychologyReport.erased_at.is_(None),
        PsychologyReport.attempt_id.not_in(held_attempts()),
    )
    return list(session.scalars(query.order_by(PsychologyReport.opened_at)))


def _registrations(_platform: Platform, session: Session, now: datetime, rule: RetentionRule) -> list[UUID]:
    """Applicants who never began a sitting, and on whose chain nothing was written for as long."""
    before = now - timedelta(days=rule.abandoned_registration_days)
    began = exists().where(Attempt.applicant_id == Account.id, Attempt.started_at.is_not(None))
    query = (
        select(Account.id)
        .join(PersonKey, PersonKey.account_id == Account.id)
        .where(Account.role == Role.APPLICANT.value, Account.demo.is_(False), Account.created_at < before)
        .where(PersonKey.erased_at.is_(None), ~began)
    )
    candidates = session.scalars(query.order_by(Account.created_at)).all()
    return [each for each in candidates if _quiet_since(session, each, before)]


def _quiet_since(session: Session, account_id: UUID, before: datetime) -> bool:
    last = session.scalar(select(func.max(AuditEntry.at)).where(AuditEntry.chain == f"account:{account_id}"))
    return (last is None or last < before) and not holds_on(session, account_id)


def _erase_registration(platform: Platform, tx: Transaction, account_id: UUID) -> None:
    """Looked at again under the lock: whoever came back meanwhile is no longer gone."""
    tx.session.get_one(Applicant, account_id, with_for_update=True)
    days = rules_on(office_day(tx.now)).retention.abandoned_registration_days
    if _quiet_since(tx.session, account_id, tx.now - timedelta(days=days)):
        erase_person(platform, tx, account_id, "registration_abandoned")


def _accepted(_platform: Platform, session: Session, _now: datetime, _rule: RetentionRule) -> list[UUID]:
    """Erasures that were agreed to while a hold stood, and whose hold is gone."""
    query = select(DataRequest.account_id).where(
        DataRequest.state == RequestState.ACCEPTED, DataRequest.kind.in_([kind.value for kind in ERASING])
    )
    return [each for each in dict.fromkeys(session.scalars(query)) if not holds_on(session, each)]


def _messages(_platform: Platform, session: Session, now: datetime, rule: RetentionRule) -> list[UUID]:
    query = select(Message.id).where(Message.created_at < now - timedelta(days=rule.messages_days))
    return list(session.scalars(query.order_by(Message.created_at)))


def _help(_platform: Platform, session: Session, now: datetime, rule: RetentionRule) -> list[UUID]:
    before = now - timedelta(days=rule.help_days)
    query = select(HelpRequest.id).where(HelpRequest.answered_at < before, HelpRequest.erased_at.is_(None))
    return list(session.scalars(query.order_by(HelpRequest.answered_at)))


def _erase_message(_platform: Platform, tx: Transaction, identity: UUID) -> None:
    tx.session.execute(delete(Message).where(Message.id == identity))


def _erase_help(platform: Platform, tx: Transaction, identity: UUID) -> None:
    request = tx.session.get_one(HelpRequest, identity, with_for_update=True)
    blank_contact(platform.vault, request)
    request.erased_at = tx.now
    tx.audit(f"help:{identity}", "help.erased")


STEPS: Mapping[str, Step] = {
    "accepted_erasures": Step(_accepted, lambda p, each: Erased(done=int(finish_erasure(p, each)))),
    "pictures": Step(_pictures, evidence_erasure.erase),
    "answers": Step(_answers, _within(erase_answers)),
    "psychology": Step(_reports, _within(lambda _p, tx, each: erase_psychology(tx, each))),
    "registrations": Step(_registrations, _within(_erase_registration)),
    "messages": Step(_messages, _within(_erase_message)),
    "help": Step(_help, _within(_erase_help)),
}


def due_now(platform: Platform) -> dict[str, list[UUID]]:
    """What each step would erase now: ids of sittings, accounts, messages or requests."""
    now = platform.clock.now()
    rule = rules_on(office_day(now)).retention
    with platform.reading() as session:
        return {name: step.due(platform, session, now, rule) for name, step in STEPS.items()}


def run(platform: Platform, limit: int | None = 20) -> dict[str, Erased]:
    """One round: up to `limit` of each step that succeed (None: all). What failed is logged and left to the next."""
    found = {name: _run_step(platform, name, ids, limit) for name, ids in due_now(platform).items()}
    if any(each.failed for each in found.values()):
        log.error(
            "retention_incomplete", **{name: each.failed for name, each in found.items() if each.failed}
        )
    return found


def _run_step(platform: Platform, name: str, ids: list[UUID], limit: int | None) -> Erased:
    total = Erased()
    for identity in ids:
        if limit is not None and total.done >= limit:
            break
        try:
            total += STEPS[name].erase(platform, identity)
        except Exception:  # whatever is wrong with this one, the others' time is over too
            log.exception("not_erased", step=name, what=str(identity))
            total += Erased(failed=1)
    return total
