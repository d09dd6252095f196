"""Finding items: by words and by facets, with a count beside each facet's value."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from examapp.persistence.queries.official_review import agreed, checks_made
from examapp.persistence.records.bank import Item, ItemVersionRecord, ItemWord
from examapp.persistence.records.law import KeyCheck
from examapp.persistence.repositories.bank import usable_revision
from question_bank.search_words import asked_words

_Columns = TypeVarTuple("_Columns")

PER_PAGE = 50
_FACETS = ("state", "part", "topic", "difficulty", "licence", "review")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for. Each word must begin a word of the number, the article or any text; empty means all."""

    words: str = ""
    state: str = ""
    part: str = ""
    topic: str = ""
    licence: str = ""
    difficulty: str = ""
    article: str = ""
    # "needed" or "done": whether the authority has agreed to the current version.
    review: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An item in a list: its current version, and where it stands."""

    id: str
    state: str
    working_state: str | None
    version: int
    approved_version: int | None
    topic: str
    part: str
    difficulty: str
    classes: tuple[str, ...]
    stem: dict[str, str]
    picture: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    lines: tuple[Line, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def find_items(session: Session, wanted: Filter, page: int = 1) -> Found:
    """A page (from 1) of the items that match, by number."""
    total = session.scalar(_joined(select(func.count()), wanted)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    query = _joined(select(Item, ItemVersionRecord), wanted).order_by(Item.id)
    rows = session.execute(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return Found(tuple(_line(item, version) for item, version in rows), int(total), page)


def matching_ids(session: Session, wanted: Filter) -> list[str]:
    """The numbers of all items that match, sorted."""
    return list(session.scalars(_joined(select(Item.id), wanted).order_by(Item.id)))


def ids_under(session: Session, prefix: str) -> set[str]:
    """The numbers of all items that begin with `prefix`, as in `IMP`."""
    return set(session.scalars(select(Item.id).where(Item.id.startswith(f"{prefix}-", autoescape=True))))


def neighbours(session: Session, wanted: Filter, item_id: str) -> tuple[str | None, str | None]:
    """The numbers before and after `item_id` among those that match."""
    before = session.scalar(_joined(select(func.max(Item.id)), wanted).where(Item.id < item_id))
    after = session.scalar(_joined(select(func.min(Item.id)), wanted).where(Item.id > item_id))
    return before, after


def facet_counts(session: Session, wanted: Filter) -> dict[str, dict[str, int]]:
    """Items by facet and value, each facet counted as if it alone were not chosen.

    The items that match the words are grouped once by all facets; the few hundred groups are then added up here,
    which is far quicker than asking the database again for each facet.
    """
    rows = _groups(session, Filter(words=wanted.words, article=wanted.article))
    counts: dict[str, dict[str, int]] = {facet: {} for facet in _FACETS}
    for part, topic, difficulty, classes, state, working, reviewed, count in rows:
        # An item in use that is being changed counts under both states: both are true of it.
        values = {
            "part": {part},
            "topic": {topic},
            "difficulty": {difficulty},
            "licence": set(classes.strip("|").split("|")),
            "state": {state, working or state},
            "review": {"done" if reviewed else "needed"},
        }
        missed = {
            facet for facet in _FACETS if (chosen := getattr(wanted, facet)) and chosen not in values[facet]
        }
        for facet in _FACETS:
            for value in values[facet] if missed <= {facet} else ():
                counts[facet][value] = counts[facet].get(value, 0) + int(count)
    return counts


# The groups of the whole bank, which every visit begins with, good until an item is saved.
_WHOLE: dict[str, tuple[tuple[int, ...], list[Any]]] = {}


def _groups(session: Session, by_words: Filter) -> list[Any]:
    """Part, topic, difficulty, classes, state, working state, whether reviewed, and how many items share them."""
    address, revision = str(session.get_bind().engine.url), (*usable_revision(session), checks_made(session))
    kept = _WHOLE.get(address)
    if by_words == Filter() and kept and kept[0] == revision:
        return kept[1]
    version = ItemVersionRecord
    columns: list[Any] = [version.part, version.topic, version.difficulty, version.classes]
    reviewed = agreed().subquery()
    columns += [Item.state, Item.working_state, reviewed.c.item_id.is_not(None)]
    query = _joined(select(*columns, func.count()), by_words).outerjoin(
        reviewed, (reviewed.c.item_id == version.item_id) & (reviewed.c.version == version.version)
    )
    rows: Any = session.execute(query.group_by(*columns)).all()
    if by_words == Filter():
        _WHOLE[address] = (revision, rows)
    return list(rows)


def _joined(query: Select[*_Columns], wanted: Filter) -> Select[*_Columns]:
    """`query` over items and their current versions, narrowed to `wanted`."""
    return (
        query.select_from(Item)
        .join(
            ItemVersionRecord,
            (Item.id == ItemVersionRecord.item_id) & (Item.current_version == ItemVersionRecord.version),
        )
        .where(*_conditions(wanted))
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in asked_words(wanted.words):
        # Everything that begins so: U+10FFFF sorts behind every letter.
        begins = select(ItemWord.item_id).where(ItemWord.word >= word, ItemWord.word < word + "\U0010ffff")
        found.append(Item.id.in_(begins))
    if wanted.state:
        found.append(or_(Item.state == wanted.state, Item.working_state == wanted.state))
    for facet in ("part", "topic", "difficulty"):
        if value := getattr(wanted, facet):
            found.append(getattr(ItemVersionRecord, facet) == value)
    if wanted.licence:
        found.append(ItemVersionRecord.classes.contains(f"|{wanted.licence}|", autoescape=True))
    if wanted.review:
        done = agreed().where(
            KeyCheck.item_id == ItemVersionRecord.item_id, KeyCheck.version == ItemVersionRecord.version
        )
        found.append(done.exists() if wanted.review == "done" else ~done.exists())
    if wanted.article:
        found.append(ItemVersionRecord.article.icontains(wanted.article, autoescape=True))
    return found


def _line(item: Item, version: ItemVersionRecord) -> Line:
    return Line(
        id=item.id,
        state=item.state,
        working_state=item.working_state,
        version=version.version,
        approved_version=item.approved_version,
        topic=version.topic,
        part=version.part,
        difficulty=version.difficulty,
        classes=tuple(version.classes.strip("|").split("|")),
        stem=version.content["stem"],
        picture=version.content.get("picture"),
        changed_at=item.changed_at,
    )
