"""Holding a key against the text of its article a second time: by somebody else, and by the authority itself."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, NotAllowed
from examapp.domain.roles import Permission
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.bank import ItemVersionRecord
from examapp.persistence.records.law import KeyCheck
from examapp.services.bank.writing import lock_item
from examapp.services.people.hands import tied_to
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.canonical import content_digest
from question_bank.item import ItemVersion
from question_bank.key_checks import ShippedCheck

TEXT_LIMIT = 500


class CheckKind(StrEnum):
    """`second`: another author; `official`: the authority that answers for the exam."""

    SECOND = "second"
    OFFICIAL = "official"


class Outcome(StrEnum):
    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNSURE = "unsure"


def record_check(
    platform: Platform,
    actor: Actor,
    item_id: str,
    version: int,
    kind: CheckKind,
    outcome: Outcome,
    source: str,
    note: str = "",
) -> None:
    """Write down a check of the version an editor looks at. Its author, or who may be they, can't check it.

    Raises `Conflict("item_moved")` when that version is no longer the present one, `NotAllowed("check_own_work")`,
    `Invalid("source_missing")` without where the text was read, `Invalid("reason_missing")` for a doubt without words.
    """
    actor.must(Permission.EDIT_BANK)
    source, note = " ".join(source.split())[:TEXT_LIMIT], " ".join(note.split())[:TEXT_LIMIT]
    if not source:
        raise Invalid("source_missing", field="source")
    if outcome is not Outcome.AGREES and not note:
        raise Invalid("reason_missing", field="note")
    with platform.writing(actor) as tx:
        item = lock_item(tx.session, item_id)
        if version != item.current_version:
            raise Conflict("item_moved")
        record = tx.session.get_one(ItemVersionRecord, (item_id, version))
        author = str(record.created_by)
        if author == str(actor.account_id) or tied_to(tx.session, actor.account_id, {author}):
            raise NotAllowed("check_own_work")
        name = tx.session.get_one(Account, actor.account_id).display_name
        tx.session.add(
            KeyCheck(
                id=uuid4(),
                item_id=item_id,
                version=version,
                kind=kind.value,
                outcome=outcome.value,
                source=source,
                note=note,
                checked_by=name,
                account_id=actor.account_id,
                checked_at=tx.now,
            )
        )
        tx.audit(
            f"item:{item_id}", "item.key_checked", version=version, kind=kind.value, outcome=outcome.value
        )


def checks_of(session: Session, item_id: str) -> list[KeyCheck]:
    """Every check of an item's versions, the latest first."""
    query = select(KeyCheck).where(KeyCheck.item_id == item_id).order_by(KeyCheck.checked_at.desc())
    return list(session.scalars(query))


def needs_official_review(checks: Iterable[KeyCheck], version: int) -> bool:
    """Whether the authority has not yet agreed to this very version, or its last word was a doubt."""
    official = [each for each in checks if each.version == version and each.kind == CheckKind.OFFICIAL]
    return not official or official[0].outcome != Outcome.AGREES


def seed_checks(tx: Transaction, items: Iterable[ItemVersion], shipped: Iterable[ShippedCheck]) -> None:
    """Store the checks that ship with `items`; one of another wording than the item now has says nothing about it."""
    by_item = {item.item_id: item for item in items}
    for check in shipped:
        item = by_item.get(check.item_id)
        if item is None or content_digest(item) != check.digest:
            continue
        tx.session.add(
            KeyCheck(
                id=uuid4(),
                item_id=item.item_id,
                version=item.version,
                kind=CheckKind.SECOND.value,
                outcome=check.outcome,
                source=check.source[:TEXT_LIMIT],
                note=check.note[:TEXT_LIMIT],
                checked_by=check.checked_by,
                account_id=None,
                checked_at=datetime.combine(check.checked_on, time(), UTC),
            )
        )
