"""A psychologist takes a report, reads it, and signs it or declines to. Once signed, nobody changes it.

The claim keeps two people from working on one report; the report's row is locked while anything is decided.
"""

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.office_time import OFFICE_ZONE, office_day
from examapp.domain.roles import Permission
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.results import PsychologyReport
from examapp.services.outcome import results
from examapp.services.platform import Actor, Platform, Transaction
from scoring.policy.register import rules_on
from scoring.policy.validity import last_day
from scoring.verdict import Outcome, PsychologyState

CLAIM_LASTS = timedelta(minutes=30)
SHORTEST_REASON = 20
LONGEST_REASON = 1000
# Numbers of the profession look different by issuer and year (SIPP, STRPK, SIK); only what can't be one is refused.
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{3,38}[A-Za-z0-9]")


class Decision(StrEnum):
    FIT = "fit"
    UNFIT = "unfit"


class Declined(StrEnum):
    """Why a report can't be signed either way: parts are missing, or the answers can't be trusted."""

    INCOMPLETE = "incomplete"
    INVALID = "invalid"


def claim(platform: Platform, actor: Actor, attempt_id: UUID) -> datetime:
    """Take a report, or keep it for longer; returns until when it is held.

    Raises `NotFound`; `Conflict`: `report_signed` when it is decided, `report_claimed_by_other` when somebody holds it.
    """
    actor.must(Permission.SIGN_PSYCHOLOGY)
    with platform.writing(actor) as tx:
        _, report = _open_report(tx, attempt_id)
        if _held_by_other(report, actor, tx.now):
            raise Conflict("report_claimed_by_other")
        report.claimed_by, report.claimed_until = actor.account_id, tx.now + CLAIM_LASTS
        tx.audit(f"attempt:{attempt_id}", "psychology_claimed")
        return report.claimed_until


def release(platform: Platform, actor: Actor, attempt_id: UUID) -> None:
    """Give a report back to the queue; one that the actor does not hold stays as it is."""
    actor.must(Permission.SIGN_PSYCHOLOGY)
    with platform.writing(actor) as tx:
        _, report = _open_report(tx, attempt_id)
        if report.claimed_by == actor.account_id:
            report.claimed_by = report.claimed_until = None
            tx.audit(f"attempt:{attempt_id}", "psychology_released")


def sign(
    platform: Platform, actor: Actor, attempt_id: UUID, decision: Decision, number: str, reason: str = ""
) -> Outcome:
    """Sign a report that the actor holds, with their registration `number`; returns the sitting's new outcome.

    Unfit needs a `reason` of 20 characters that the applicant can read. Raises `Invalid` (`registration_number`,
    `reason`), and `Conflict`: `report_signed`, `report_claimed_by_other`, `report_not_claimed`, `report_claim_expired`.
    """
    actor.must(Permission.SIGN_PSYCHOLOGY)
    number, reason = _number(number), _reason(reason, needed=decision is Decision.UNFIT)
    with platform.writing(actor) as tx:
        attempt, report = _held_report(tx, actor, attempt_id)
        fit = decision is Decision.FIT
        _close(
            tx, report, PsychologyState.SIGNED_FIT if fit else PsychologyState.SIGNED_UNFIT, number, reason
        )
        if fit:
            report.valid_until = end_of_validity(tx.now)
        tx.audit(
            f"attempt:{attempt_id}", "psychology_signed", decision=decision.value, registration_number=number
        )
        return results.derive_verdict(tx, attempt)


def decline(
    platform: Platform, actor: Actor, attempt_id: UUID, why: Declined, number: str, reason: str
) -> Outcome:
    """Close a report without a finding, saying `why`; raises as `sign` does."""
    actor.must(Permission.SIGN_PSYCHOLOGY)
    number, reason = _number(number), _reason(reason, needed=True)
    with platform.writing(actor) as tx:
        attempt, report = _held_report(tx, actor, attempt_id)
        _close(tx, report, PsychologyState.DECLINED, number, reason)
        report.data = {**report.data, "declined": why.value}
        tx.audit(f"attempt:{attempt_id}", "psychology_declined", why=why.value, registration_number=number)
        return results.derive_verdict(tx, attempt)


def last_registration_number(session: Session, account_id: UUID | None) -> str:
    """The number this psychologist signed with last; empty before their first signature."""
    query = select(PsychologyReport.registration_number).where(PsychologyReport.signed_by == account_id)
    return session.scalars(query.order_by(PsychologyReport.signed_at.desc()).limit(1)).first() or ""


def end_of_validity(signed_at: datetime) -> datetime:
    """The last moment on which a fit signature counts: the end of the day before it gets too old, by office time."""
    signed_on = office_day(signed_at)
    months = rules_on(signed_on).psychology.certificate_valid_months
    return datetime.combine(last_day(signed_on, months), time(23, 59, 59), OFFICE_ZONE)


def _open_report(tx: Transaction, attempt_id: UUID) -> tuple[Attempt, PsychologyReport]:
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update(of=Attempt)
    attempt = tx.session.scalars(query.options(selectinload(Attempt.parts))).one_or_none()
    report = tx.session.get(PsychologyReport, attempt_id, with_for_update=True)
    if attempt is None or report is None:
        raise NotFound()
    if report.state != PsychologyState.AWAITING_SIGNATURE:
        raise Conflict("report_signed")
    return attempt, report


def _held_report(tx: Transaction, actor: Actor, attempt_id: UUID) -> tuple[Attempt, PsychologyReport]:
    attempt, report = _open_report(tx, attempt_id)
    if _held_by_other(report, actor, tx.now):
        raise Conflict("report_claimed_by_other")
    if report.claimed_by != actor.account_id or report.claimed_until is None:
        raise Conflict("report_not_claimed")
    if report.claimed_until < tx.now:
        raise Conflict("report_claim_expired")
    return attempt, report


def _held_by_other(report: PsychologyReport, actor: Actor, now: datetime) -> bool:
    if report.claimed_by in (None, actor.account_id) or report.claimed_until is None:
        return False
    return report.claimed_until >= now


def _close(
    tx: Transaction, report: PsychologyReport, state: PsychologyState, number: str, reason: str
) -> None:
    report.state, report.registration_number, report.reason = state, number, reason or None
    report.signed_by, report.signed_at = tx.actor.account_id, tx.now
    report.claimed_by = report.claimed_until = None


def _number(text: str) -> str:
    number = " ".join(text.split())
    if not _NUMBER.fullmatch(number) or sum(character.isdigit() for character in number) < 4:
        raise Invalid("registration_number_invalid", field="registration_number")
    return number


def _reason(text: str, *, needed: bool) -> str:
    reason = text.strip()
    if (needed and len(reason) < SHORTEST_REASON) or len(reason) > LONGEST_REASON:
        raise Invalid(
            "signing_reason_length", field="reason", minimum=SHORTEST_REASON, maximum=LONGEST_REASON
        )
    return reason
