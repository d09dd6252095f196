"""Looking at the bank: an item with all its versions and steps, what changed between two of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.bank import Item, ItemVersionRecord
from examapp.persistence.repositories import bank
from examapp.services.bank.lifecycle import Offer, offers
from examapp.services.bank.writing import open_work
from examapp.services.platform import Actor, Platform
from question_bank.item import ItemVersion
from question_bank.lifecycle import ItemState
from question_bank.parse import parse_item


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the history: who wrote it when and why, and how many sittings were given it."""

    item: ItemVersion
    at: datetime
    by: str | None
    note: str | None
    sittings: int


@dataclass(frozen=True, slots=True)
class StepLine:
    version: int
    before: str | None
    after: str
    at: datetime
    by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything an administrator is shown of one item. `state` is that of the version in use, `working` the newer
    version's while one is being worked on."""

    id: str
    state: ItemState
    working: ItemState | None
    revision: int
    current: ItemVersion
    approved_version: int | None
    versions: tuple[VersionLine, ...]
    steps: tuple[StepLine, ...]
    offers: tuple[Offer, ...]

    @property
    def sittings_in_use(self) -> int:
        return sum(line.sittings for line in self.versions if line.item.version == self.approved_version)

    def version(self, number: int) -> ItemVersion:
        """Raises `NotFound`."""
        for line in self.versions:
            if line.item.version == number:
                return line.item
        raise NotFound("version_missing")


def read_dossier(platform: Platform, actor: Actor, item_id: str) -> Dossier:
    """Raises `NotFound("item_missing")`."""
    with platform.reading() as session:
        record = session.get(Item, item_id)
        if record is None:
            raise NotFound("item_missing", item=item_id)
        versions = tuple(_versions(session, item_id))
        current = next(line.item for line in versions if line.item.version == record.current_version)
        return Dossier(
            id=record.id,
            state=ItemState(record.state),
            working=open_work(record),
            revision=record.revision,
            current=current,
            approved_version=record.approved_version,
            versions=versions,
            steps=tuple(_steps(session, item_id)),
            offers=tuple(offers(session, record, actor)),
        )


def _versions(session: Session, item_id: str) -> Iterator[VersionLine]:
    rows = session.scalars(
        select(ItemVersionRecord)
        .where(ItemVersionRecord.item_id == item_id)
        .order_by(ItemVersionRecord.version.desc())
    ).all()
    names = _names(session, {row.created_by for row in rows})
    sittings = bank.forms_by_version(session, item_id)
    for row in rows:
        by = names.get(row.created_by) if row.created_by else None
        yield VersionLine(parse_item(row.content), row.created_at, by, row.note, sittings.get(row.version, 0))


def _steps(session: Session, item_id: str) -> Iterator[StepLine]:
    steps = bank.steps(session, item_id)
    names = _names(session, {step.actor_id for step in steps})
    for step in steps:
        by = names.get(step.actor_id) if step.actor_id else None
        yield StepLine(step.version, step.from_state, step.to_state, step.at, by, step.reason)


def _names(session: Session, ids: set[UUID | None]) -> dict[UUID, str]:
    wanted = [each for each in ids if each is not None]
    rows = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}
