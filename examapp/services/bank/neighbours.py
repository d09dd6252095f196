"""Which items of the bank ask nearly the same: an index kept for each database and brought up to date when asked."""

import threading
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.persistence.records.bank import Item
from examapp.persistence.repositories import bank
from question_bank.item import ItemVersion
from question_bank.lint import Finding
from question_bank.similarity import Likeness, SimilarityIndex

# More are no help to whoever reads them.
MOST = 3


class _Index:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revisions: dict[str, int] = {}
        self._index = SimilarityIndex(())
        self._asked: tuple[int, int] | None = None

    def like(self, session: Session, item: ItemVersion) -> tuple[Likeness, ...]:
        with self._lock:
            self._catch_up(session)
            return self._index.like(item)

    def _catch_up(self, session: Session) -> None:
        """Read what changed since the last question: at first all items, later the few that somebody saved."""
        now = bank.usable_revision(session)
        if now == self._asked:
            return
        known = {row.id: row.revision for row in session.execute(select(Item.id, Item.revision))}
        changed = [item_id for item_id, revision in known.items() if self._revisions.get(item_id) != revision]
        if self._revisions.keys() - known.keys() or 2 * len(changed) > len(known):
            self._index = SimilarityIndex(bank.current_items(session).values())
        else:
            for item in bank.current_items(session, changed).values():
                self._index.put(item)
        self._revisions, self._asked = known, now


_LOCK = threading.Lock()
_INDEXES: dict[str, _Index] = {}


def like(session: Session, item: ItemVersion) -> tuple[Likeness, ...]:
    """Items of the bank that ask nearly the same as `item`, the nearest first; `item` itself is none of them."""
    address = str(session.get_bind().engine.url)
    with _LOCK:
        index = _INDEXES.setdefault(address, _Index())
    return index.like(session, item)


def remarks(session: Session, item: ItemVersion) -> Iterator[Finding]:
    """A remark for each near item that may meet `item` in one form: enemies never do."""
    near = [found for found in like(session, item) if found.other not in item.enemies]
    there = bank.current_items(session, [found.other for found in near])
    open_pairs = [found for found in near if item.item_id not in there[found.other].enemies]
    for found in open_pairs[:MOST]:
        percent = round(100 * found.similarity)
        yield Finding(
            item.item_id,
            "near_duplicate",
            f"{found.other} asks nearly the same ({percent} % alike)",
            f"{found.other} hampir sama ({percent} % mirip)",
        )
