"""The law register: where an article's text stands, when it holds, and what must be read again when it changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from examapp.domain.errors import Conflict, Invalid, NotFound
from examapp.domain.office_time import office_day
from examapp.domain.roles import Permission
from examapp.persistence.queries import law as queries
from examapp.persistence.queries.law import Place, Resting
from examapp.persistence.records.bank import ItemVersionRecord
from examapp.persistence.records.law import LawArticle
from examapp.services.platform import Actor, Platform, Transaction
from question_bank.item import ItemVersion
from question_bank.law.acts import shipped_acts
from question_bank.law.citation import Citation, read_citations
from question_bank.lint import Finding


@dataclass(frozen=True, slots=True)
class Entry:
    """What an administrator writes down of an article. Days are inclusive; None is unknown or open."""

    title_id: str
    title_en: str
    reference: str
    valid_from: date | None = None
    valid_until: date | None = None
    amended_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An article with the items that rest on it."""

    place: Place
    resting: tuple[Resting, ...]
    revision: int

    def must_be_read_again(self, item: Resting) -> bool:
        """Whether the article changed after the item was written, and nobody has held the key against it since."""
        amended = self.place.entry.amended_on if self.place.entry else None
        seen = max(item.written_at, item.checked_at) if item.checked_at else item.written_at
        return amended is not None and office_day(seen) < amended


def register(platform: Platform, actor: Actor) -> list[Place]:
    actor.must(Permission.EDIT_BANK)
    with platform.reading() as session:
        return queries.places(session)


def read_article(platform: Platform, actor: Actor, key: str) -> Page:
    """Raises `NotFound("article_missing")` for what is neither registered nor cited."""
    actor.must(Permission.EDIT_BANK)
    with platform.reading() as session:
        place = _place(session, key)
        resting = queries.resting_on(session, place.act, place.article)
        return Page(place, tuple(resting), place.entry.revision if place.entry else 0)


def save_article(platform: Platform, actor: Actor, key: str, revision: int, entry: Entry) -> int:
    """Write an article down, and return how many items rest on it.

    Raises `Conflict("article_changed")` when somebody saved since `revision` (0: it was not registered yet),
    `Invalid("days_reversed")` when it would end before it begins, `NotFound`.
    """
    actor.must(Permission.EDIT_BANK)
    if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
        raise Invalid("days_reversed", field="valid_until")
    with platform.writing(actor) as tx:
        place = _place(tx.session, key)
        record = tx.session.get(LawArticle, key, with_for_update=True, populate_existing=True)
        if (record.revision if record else 0) != revision:
            raise Conflict("article_changed")
        if record is None:
            record = _new(tx, Citation(place.act, place.article), entry)
        else:
            _fill(tx, record, entry)
        resting = len(queries.resting_on(tx.session, place.act, place.article))
        amended = entry.amended_on.isoformat() if entry.amended_on else None
        until = entry.valid_until.isoformat() if entry.valid_until else None
        tx.audit(f"law:{key}", "law.saved", amended_on=amended, valid_until=until, items=resting)
    return resting


def seed_acts(tx: Transaction) -> None:
    """Register the acts that ship with the platform; what people wrote down stays."""
    for act in shipped_acts():
        citation = Citation(act.act)
        if tx.session.get(LawArticle, citation.key) is None:
            titles = act.title.as_dict()
            days = {"valid_from": act.valid_from, "valid_until": act.valid_until}
            _new(tx, citation, Entry(titles["id"], titles["en"], act.reference, note=act.note, **days))


def remarks(session: Session, item: ItemVersion, today: date) -> Iterator[Finding]:
    """What the register says against what `item` cites: unreadable, no longer in force, or amended since."""
    citations = read_citations(item.article)
    if item.article and not citations:
        yield _finding(
            item,
            "unreadable_article",
            "the line names no act of law that can be read",
            "tidak ada peraturan yang dapat dibaca pada baris pasal",
        )
    stored = session.get(ItemVersionRecord, (item.item_id, item.version))
    seen = office_day(stored.created_at) if stored else today
    check = queries.last_checks(session, [(item.item_id, item.version)]).get(item.item_id)
    if check:
        seen = max(seen, office_day(check.checked_at))
    for citation, amended_on, valid_until in queries.changed_law(session, citations):
        if valid_until and valid_until < today:
            words = (
                f"{citation} ended on {valid_until}",
                f"{citation} tidak berlaku lagi sejak {valid_until}",
            )
            yield _finding(item, "ended_article", *words)
        elif amended_on and seen < amended_on <= today:
            words = (f"{citation} was amended on {amended_on}", f"{citation} diubah pada {amended_on}")
            yield _finding(item, "amended_article", *words)


def _finding(item: ItemVersion, rule: str, english: str, indonesian: str) -> Finding:
    return Finding(item.item_id, rule, english, indonesian)


def _place(session: Session, key: str) -> Place:
    for place in queries.places(session):
        if place.key == key:
            return place
    raise NotFound("article_missing")


def _new(tx: Transaction, citation: Citation, entry: Entry) -> LawArticle:
    record = LawArticle(id=citation.key, act=citation.act, article=citation.article, revision=0)
    _fill(tx, record, entry)
    tx.session.add(record)
    return record


def _fill(tx: Transaction, record: LawArticle, entry: Entry) -> None:
    record.title_id, record.title_en, record.reference = entry.title_id, entry.title_en, entry.reference
    record.valid_from, record.valid_until = entry.valid_from, entry.valid_until
    record.amended_on, record.note = entry.amended_on, entry.note
    record.revision += 1
    record.changed_at, record.changed_by = tx.now, tx.actor.account_id
