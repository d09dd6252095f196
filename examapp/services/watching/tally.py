"""The count of a sitting's frames, and the row on which writers of its watching take turns: no answer waits for it."""

from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from examapp.persistence.records.proctoring import FrameTally


def hold_tally(session: Session, attempt_id: UUID) -> FrameTally:
    """The sitting's tally, locked until the transaction ends; begun where there is none, by one of two at once."""
    tally = session.get(FrameTally, attempt_id, with_for_update=True, populate_existing=True)
    if tally is not None:
        return tally
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    empty = {"attempt_id": attempt_id, "received": 0, "analysed": 0, "overtaken": 0, "refused": 0}
    session.execute(dialect.insert(FrameTally).on_conflict_do_nothing(), [empty])
    return session.get_one(FrameTally, attempt_id, with_for_update=True, populate_existing=True)
