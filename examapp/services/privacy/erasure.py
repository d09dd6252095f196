"""Erasing: answers and what was seen of a sitting, a psychology report, a whole person. The chains still verify.

Pictures, NIK, telephone and guardian are sealed with the person's key: without it nobody reads them, in no backup of
the store either. What is kept afterwards names nobody: class, dates, score, outcome, and who did what when.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, update

from examapp.domain import chain as chains
from examapp.domain.data_request import WAITING, RequestState
from examapp.persistence.event_log import chain_name
from examapp.persistence.records.accounts import (
    Account,
    Applicant,
    Application,
    HelpRequest,
    PersonKey,
    ResetCode,
)
from examapp.persistence.records.attempts import Attempt, AttemptEvent
from examapp.persistence.records.privacy import DataRequest
from examapp.persistence.records.proctoring import (
    Decision,
    EpisodeRecord,
    ObservationRecord,
    ReviewCase,
)
from examapp.persistence.records.results import PsychologyReport
from examapp.services.people.help_desk import blank_contact
from examapp.services.people.staff import NO_PASSWORD
from examapp.services.platform import Platform, Transaction
from examapp.services.watching.tally import hold_tally

ERASED_NAME = "–"
# No birth date: the column must hold one.
NO_BIRTH_DATE = date(1900, 1, 1)
_NO_REPORT: dict[str, list[object]] = {"aspects": [], "observations": [], "validity": [], "domains_open": []}


def erase_answers(platform: Platform, tx: Transaction, attempt_id: UUID) -> None:
    """Delete a sitting's events, observations and episodes, and what people noted of it.

    Its event chain begins anew, empty and signed; what it held before stands on the sitting's audit chain.
    """
    attempt = tx.session.get_one(Attempt, attempt_id, with_for_update=True, populate_existing=True)
    hold_tally(tx.session, attempt_id)
    count, head = attempt.event_count, attempt.event_head
    for kind in (AttemptEvent, ObservationRecord, EpisodeRecord):
        tx.session.execute(delete(kind).where(kind.attempt_id == attempt_id))
    cases = select(ReviewCase.id).where(ReviewCase.attempt_id == attempt_id)
    tx.session.execute(update(Decision).where(Decision.case_id.in_(cases)).values(note=""))
    key = bytes.fromhex(platform.secrets.audit_key)
    attempt.event_count, attempt.event_head = 0, chains.GENESIS
    attempt.event_signature = chains.sign_checkpoint(key, chain_name(attempt_id), 0, chains.GENESIS)
    attempt.answers_erased_at = tx.now
    tx.audit(f"attempt:{attempt_id}", "answers_erased", events=count, head=head)


def erase_psychology(tx: Transaction, attempt_id: UUID) -> None:
    """Empty a report: figures and reason go; that it was signed, by whom and how, stays."""
    report = tx.session.get_one(PsychologyReport, attempt_id, with_for_update=True, populate_existing=True)
    report.data, report.reason, report.erased_at = dict(_NO_REPORT), None, tx.now
    tx.audit(f"attempt:{attempt_id}", "psychology_erased")


def erase_person(platform: Platform, tx: Transaction, account_id: UUID, why: str) -> None:
    """Erase the key and everything that names this person; the caller has seen that no hold stands.

    `why` is `requested` or `registration_abandoned`. The files of pictures follow in the next round of retention.
    """
    tx.session.get_one(Applicant, account_id, with_for_update=True).birth_date = NO_BIRTH_DATE
    key = tx.session.get_one(PersonKey, account_id, with_for_update=True)
    key.wrapped, key.erased_at = None, tx.now
    account = tx.session.get_one(Account, account_id, with_for_update=True)
    account.login, account.display_name = f"erased:{account_id}", ERASED_NAME
    account.password_hash, account.disabled_at = NO_PASSWORD, tx.now
    account.session_epoch += 1
    closing = update(Application).where(
        Application.applicant_id == account_id, Application.closed_at.is_(None)
    )
    tx.session.execute(closing.values(closed_at=tx.now))
    tx.session.execute(delete(ResetCode).where(ResetCode.account_id == account_id))
    for request in tx.session.scalars(select(HelpRequest).where(HelpRequest.account_id == account_id)):
        blank_contact(platform.vault, request)
    for attempt in tx.session.scalars(select(Attempt).where(Attempt.applicant_id == account_id)).all():
        if attempt.answers_erased_at is None:
            erase_answers(platform, tx, attempt.id)
        report = tx.session.get(PsychologyReport, attempt.id)
        if report is not None and report.erased_at is None:
            erase_psychology(tx, attempt.id)
    open_ones = [state.value for state in WAITING]
    tx.session.execute(
        update(DataRequest)
        .where(DataRequest.account_id == account_id, DataRequest.state.in_(open_ones))
        .values(state=RequestState.DONE.value, decided_at=tx.now)
    )
    tx.audit(f"account:{account_id}", "account.erased", why=why)
