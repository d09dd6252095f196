"""How often items and pairs were given: counted in the transaction that gives a form, faded by the pool's worker."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Integer, String, delete, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from examapp.persistence.records.attempts import FormItem
from examapp.persistence.records.forms import ExposureTotal, ItemExposure, PairExposure
from question_bank.eligibility import PAIR_SEEN, Exposure

# Halved after so many, so that the rates are those of late and a new item is not given in every form to catch up.
FADE_AT = 600


def read(session: Session, blueprint: str, ahead: Iterable[list[dict[str, Any]]] = ()) -> Exposure:
    """What was given by a blueprint of late; `ahead`, the items of forms that lie ready, count as given already."""
    forms = session.scalar(select(ExposureTotal.forms).where(ExposureTotal.blueprint == blueprint)) or 0
    rows = session.execute(
        select(ItemExposure.item_id, ItemExposure.given, ItemExposure.withheld).where(
            ItemExposure.blueprint == blueprint
        )
    ).all()
    given = {item_id: count for item_id, count, _ in rows}
    withheld = {item_id: count for item_id, _, count in rows}
    seen = select(PairExposure.one, PairExposure.other, PairExposure.given).where(
        # Of hundreds of thousands of pairs only those seen more than by chance matter.
        PairExposure.blueprint == blueprint,
        PairExposure.given >= PAIR_SEEN - 1,
    )
    pairs = {_sorted(one, other): count for one, other, count in session.execute(seen)}
    for items in ahead:
        forms += 1
        ids = sorted(item["item_id"] for item in items)
        for item_id in ids:
            given[item_id] = given.get(item_id, 0) + 1
        for pair in combinations(ids, 2):
            pairs[pair] = pairs.get(pair, 0) + 1
    return Exposure(forms, given, withheld, pairs)


def _sorted(one: str, other: str) -> tuple[str, str]:
    # The database's order of texts is not Python's.
    return (one, other) if one < other else (other, one)


def count(session: Session, blueprint: str, attempt_id: UUID, withheld: Iterable[str]) -> None:
    """Count the form that `attempt_id` was given, in its transaction; its items must be flushed.

    The total comes first: its row is locked, so two givers never wait for each other's items crosswise.
    """
    _add(session, ExposureTotal, [{"blueprint": blueprint, "forms": 1}], "forms")
    given = list(session.scalars(select(FormItem.item_id).where(FormItem.attempt_id == attempt_id)))
    rows = [{"blueprint": blueprint, "item_id": item_id, "given": 1, "withheld": 0} for item_id in given]
    _add(session, ItemExposure, rows, "given")
    rows = [{"blueprint": blueprint, "item_id": item_id, "given": 0, "withheld": 1} for item_id in withheld]
    if rows:
        _add(session, ItemExposure, rows, "withheld")
    _add_pairs(session, blueprint, attempt_id)


def _add(session: Session, record: Any, rows: list[dict[str, Any]], column: str) -> None:
    session.execute(_counting(session, record, column), rows)


def _counting(session: Session, record: Any, column: str) -> Insert:
    statement: Any = _kind(session).insert(record)
    return statement.on_conflict_do_update(  # type: ignore[no-any-return]
        index_elements=list(record.__table__.primary_key),
        set_={column: record.__table__.c[column] + statement.excluded[column]},
    )


def _kind(session: Session) -> Any:
    """The dialect whose `insert` knows what to do on a conflict."""
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite


def _add_pairs(session: Session, blueprint: str, attempt_id: UUID) -> None:
    """All pairs in one statement: sent one by one, 435 of them would keep an applicant waiting."""
    one, other = aliased(FormItem), aliased(FormItem)
    pairs = (
        select(literal(blueprint, String), one.item_id, other.item_id, literal(1, Integer))
        .join(other, (one.attempt_id == other.attempt_id) & (one.item_id < other.item_id))
        .where(one.attempt_id == attempt_id)
    )
    table = PairExposure.__table__
    statement: Any = (
        _kind(session).insert(PairExposure).from_select(["blueprint", "one", "other", "given"], pairs)
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={"given": table.c.given + 1}
        )
    )


def fade(session: Session, blueprint: str) -> bool:
    """Halve the counts once enough forms were given; whether it was time. Call it in a transaction of its own."""
    total = session.get(ExposureTotal, blueprint, with_for_update=True)
    if total is None or total.forms < FADE_AT:
        return False
    total.forms //= 2
    own = ItemExposure.blueprint == blueprint
    session.execute(
        update(ItemExposure)
        .where(own)
        .values(given=ItemExposure.given // 2, withheld=ItemExposure.withheld // 2)
    )
    session.execute(delete(PairExposure).where(PairExposure.blueprint == blueprint, PairExposure.given < 2))
    session.execute(
        update(PairExposure).where(PairExposure.blueprint == blueprint).values(given=PairExposure.given // 2)
    )
    return True
