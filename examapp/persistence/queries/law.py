"""The law register beside the items that cite it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from examapp.persistence.records.bank import Item, ItemVersionRecord
from examapp.persistence.records.law import ItemCitation, KeyCheck, LawArticle
from question_bank.law.citation import Citation

# Retired items rest on nothing any more.
_LIVING = ("draft", "in_review", "approved", "pilot", "active", "suspended")


@dataclass(frozen=True, slots=True)
class Place:
    """An article that is registered, cited, or both; `items` counts the living items whose present wording cites it."""

    key: str
    act: str
    article: str
    items: int
    entry: LawArticle | None


@dataclass(frozen=True, slots=True)
class Resting:
    """An item that rests on an article: its present version, the clauses it cites, when its key was last checked."""

    id: str
    state: str
    version: int
    stem: dict[str, str]
    clauses: tuple[str, ...]
    written_at: datetime
    checked_at: datetime | None


def places(session: Session) -> list[Place]:
    """Every registered or cited article, act by act, articles in the order of their numbers."""
    entries = {entry.id: entry for entry in session.scalars(select(LawArticle))}
    cited = {Citation(act, article).key: (act, article, count) for act, article, count in _counts(session)}
    found = [
        Place(key, act, article, count, entries.get(key)) for key, (act, article, count) in cited.items()
    ]
    found += [
        Place(entry.id, entry.act, entry.article, 0, entry)
        for entry in entries.values()
        if entry.id not in cited
    ]
    return sorted(found, key=lambda place: (place.act, _number(place.article), place.article))


def resting_on(session: Session, act: str, article: str) -> list[Resting]:
    """The living items whose present wording cites an article; for a whole act (`article` empty) all that cite it."""
    query = (
        select(Item, ItemVersionRecord, ItemCitation.clause)
        .join(ItemVersionRecord, _present())
        .join(
            ItemCitation,
            (ItemCitation.item_id == Item.id) & (ItemCitation.version == ItemVersionRecord.version),
        )
        .where(ItemCitation.act == act, Item.state.in_(_LIVING))
        .order_by(Item.id, ItemCitation.clause)
    )
    if article:
        query = query.where(ItemCitation.article == article)
    grouped: dict[str, tuple[Item, ItemVersionRecord, list[str]]] = {}
    for item, version, clause in session.execute(query):
        grouped.setdefault(item.id, (item, version, []))[2].append(clause)
    checked = last_checks(session, [(item.id, version.version) for item, version, _ in grouped.values()])
    return [
        Resting(
            id=item.id,
            state=item.state,
            version=version.version,
            stem=version.content["stem"],
            clauses=tuple(dict.fromkeys(clause for clause in clauses if clause)),
            written_at=version.created_at,
            checked_at=checked[item.id].checked_at if item.id in checked else None,
        )
        for item, version, clauses in grouped.values()
    ]


def last_checks(session: Session, versions: Iterable[tuple[str, int]]) -> dict[str, KeyCheck]:
    """The latest check of each of these versions, by item."""
    wanted = dict(versions)
    found: dict[str, KeyCheck] = {}
    ids = sorted(wanted)
    for start in range(0, len(ids), 500):
        query = select(KeyCheck).where(KeyCheck.item_id.in_(ids[start : start + 500]))
        for check in session.scalars(query.order_by(KeyCheck.checked_at)):
            if wanted[check.item_id] == check.version:
                found[check.item_id] = check
    return found


def changed_law(
    session: Session, citations: Iterable[Citation]
) -> list[tuple[Citation, date | None, date | None]]:
    """Of `citations` those whose article (or act) was amended or ends: with the days `amended_on`, `valid_until`."""
    wanted = list(citations)
    keys = {key for each in wanted for key in (each.key, Citation(each.act).key)}
    query = select(LawArticle).where(LawArticle.id.in_(keys))
    entries = {entry.id: entry for entry in session.scalars(query)}
    found = []
    for citation in dict.fromkeys(Citation(each.act, each.article) for each in wanted):
        for key in dict.fromkeys((citation.key, Citation(citation.act).key)):
            entry = entries.get(key)
            if entry and (entry.amended_on or entry.valid_until):
                found.append((citation, entry.amended_on, entry.valid_until))
    return found


def _counts(session: Session) -> list[tuple[str, str, int]]:
    query = (
        select(ItemCitation.act, ItemCitation.article, func.count(ItemCitation.item_id.distinct()))
        .join(Item, (Item.id == ItemCitation.item_id) & (Item.current_version == ItemCitation.version))
        .where(Item.state.in_(_LIVING))
        .group_by(ItemCitation.act, ItemCitation.article)
    )
    return [(act, article, int(count)) for act, article, count in session.execute(query)]


def _present() -> ColumnElement[bool]:
    return (Item.id == ItemVersionRecord.item_id) & (Item.current_version == ItemVersionRecord.version)


def _number(article: str) -> int:
    digits = "".join(letter for letter in article if letter.isdigit())
    return int(digits) if digits else 0
