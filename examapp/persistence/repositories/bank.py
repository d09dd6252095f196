"""Reading items out of the bank as `question_bank`'s values."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.persistence.records.attempts import FormItem
from examapp.persistence.records.bank import Item, ItemStep, ItemVersionRecord, Media
from examapp.persistence.records.forms import ItemCalibration
from question_bank.item import ItemVersion
from question_bank.parameters import ItemParameters
from question_bank.parse import parse_item

# States whose approved version may enter a new form.
USABLE = ("active", "pilot")
# A step to one of these takes a version into use or out of it.
_IN_OR_OUT = (*USABLE, "suspended", "retired")


def usable_revision(session: Session) -> tuple[int, int]:
    """A pair that changes whenever the set of usable versions may have changed; cheap to ask before every form."""
    count, revisions = session.execute(
        select(func.count(), func.coalesce(func.sum(Item.revision), 0)).select_from(Item)
    ).one()
    return int(count), int(revisions)


def bank_stamp(session: Session) -> str:
    """A word that changes whenever the items a form may be made of changed; cheap to ask before every form.

    Work on drafts does not change it: only a step into use or out of it does, and a calibration.
    """
    steps = select(func.count()).select_from(ItemStep).where(ItemStep.to_state.in_(_IN_OR_OUT))
    usable = select(func.count()).select_from(Item).where(Item.state.in_(USABLE))
    calibrations = select(func.count()).select_from(ItemCalibration)
    row = session.execute(
        select(steps.scalar_subquery(), usable.scalar_subquery(), calibrations.scalar_subquery())
    ).one()
    return ".".join(map(str, row))


def usable_items(session: Session) -> list[ItemVersion]:
    """The approved version of every item that may be asked and counts."""
    return _approved(session, "active")


def pilot_items(session: Session) -> list[ItemVersion]:
    """The approved version of every trial item: it may be asked, and never counts."""
    return _approved(session, "pilot")


def _approved(session: Session, state: str) -> list[ItemVersion]:
    query = (
        select(ItemVersionRecord.content)
        .join(
            Item,
            (Item.id == ItemVersionRecord.item_id) & (Item.approved_version == ItemVersionRecord.version),
        )
        .where(Item.state == state)
        .order_by(Item.id)
    )
    return [parse_item(content) for content in session.scalars(query)]


def calibration(session: Session, at: datetime | None = None) -> dict[tuple[str, int], ItemParameters]:
    """The newest parameters of every calibrated version, as they stood at a moment (now by default)."""
    query = select(ItemCalibration).order_by(ItemCalibration.set_at, ItemCalibration.id)
    if at is not None:
        query = query.where(ItemCalibration.set_at <= at)
    return {
        (row.item_id, row.version): ItemParameters.of(row.difficulty, row.discrimination)
        for row in session.scalars(query)
    }


def items_in_use_at(session: Session, at: datetime) -> tuple[list[ItemVersion], list[ItemVersion]]:
    """The items that counted, and the trial items, as they stood at a moment: their steps, taken again up to it."""
    state: dict[str, tuple[str, int]] = {}
    rows = session.execute(
        select(ItemStep.item_id, ItemStep.version, ItemStep.to_state)
        .where(ItemStep.at <= at, ItemStep.to_state.in_(_IN_OR_OUT))
        .order_by(ItemStep.item_id, ItemStep.number)
    )
    for item_id, version, to_state in rows:
        # Giving up a newer draft is a step too; it leaves the version in use as it was.
        if to_state in USABLE or state.get(item_id, ("", version))[1] == version:
            state[item_id] = (to_state, version)
    found: dict[str, list[ItemVersion]] = {name: [] for name in USABLE}
    ids = [item_id for item_id, (name, _) in state.items() if name in found]
    for some in batches(ids):
        wanted = [(item_id, state[item_id][1]) for item_id in some]
        for item_id, item in versions(session, wanted).items():
            found[state[item_id][0]].append(item)
    return found["active"], found["pilot"]


def versions(session: Session, wanted: Iterable[tuple[str, int]]) -> dict[str, ItemVersion]:
    """Exactly the asked-for versions, by item id: what a form was made of, whatever happened to the items since."""
    pairs = set(wanted)
    query = select(ItemVersionRecord).where(ItemVersionRecord.item_id.in_({item for item, _ in pairs}))
    return {
        row.item_id: parse_item(row.content)
        for row in session.scalars(query)
        if (row.item_id, row.version) in pairs
    }


def current_items(session: Session, ids: Iterable[str] | None = None) -> dict[str, ItemVersion]:
    """The version that editors go on from, of every item or of `ids`, by item id."""
    query = (
        select(ItemVersionRecord)
        .join(
            Item, (Item.id == ItemVersionRecord.item_id) & (Item.current_version == ItemVersionRecord.version)
        )
        .order_by(Item.id)
    )
    if ids is None:
        return {row.item_id: parse_item(row.content) for row in session.scalars(query)}
    found: dict[str, ItemVersion] = {}
    for some in batches(sorted(set(ids))):
        rows = session.scalars(query.where(Item.id.in_(some)))
        found |= {row.item_id: parse_item(row.content) for row in rows}
    return found


def known_ids(session: Session, ids: Iterable[str]) -> set[str]:
    """Which of `ids` the bank holds."""
    found: set[str] = set()
    for some in batches(sorted(set(ids))):
        found |= set(session.scalars(select(Item.id).where(Item.id.in_(some))))
    return found


def known_media(session: Session, digests: Iterable[str]) -> dict[str, str]:
    """Which of the uploads `digests` are there, and what each is: picture, audio or video."""
    found: dict[str, str] = {}
    for some in batches(sorted(set(digests))):
        rows = session.execute(select(Media.digest, Media.kind).where(Media.digest.in_(some)))
        found.update((row.digest, row.kind) for row in rows)
    return found


def steps(session: Session, item_id: str) -> list[ItemStep]:
    """The life of an item, oldest first."""
    query = select(ItemStep).where(ItemStep.item_id == item_id).order_by(ItemStep.number)
    return list(session.scalars(query))


def forms_by_version(session: Session, item_id: str) -> dict[int, int]:
    """How many sittings were given each version of an item."""
    query = (
        select(FormItem.version, func.count()).where(FormItem.item_id == item_id).group_by(FormItem.version)
    )
    return {version: int(count) for version, count in session.execute(query)}


def batches(values: list[str], size: int = 500) -> Iterable[list[str]]:
    """`values` in pieces: a statement may carry only so many parameters."""
    return (values[start : start + size] for start in range(0, len(values), size))
