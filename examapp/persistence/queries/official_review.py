"""Which versions of items the authority has agreed to: its last word on them, for a question bank of any size."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from examapp.persistence.records.law import KeyCheck

OFFICIAL, AGREES = "official", "agrees"


def agreed() -> Select[str, int]:
    """Item and version of each official check that agrees and has no later official one beside it."""
    later = aliased(KeyCheck)
    overtaken = select(later.id).where(
        later.item_id == KeyCheck.item_id,
        later.version == KeyCheck.version,
        later.kind == OFFICIAL,
        later.checked_at > KeyCheck.checked_at,
    )
    return (
        select(KeyCheck.item_id, KeyCheck.version)
        .where(KeyCheck.kind == OFFICIAL, KeyCheck.outcome == AGREES, ~overtaken.correlate(KeyCheck).exists())
        .distinct()
    )


def checks_made(session: Session) -> int:
    """How many checks there are; none is ever changed or taken back, so a new one shows here."""
    return session.scalar(select(func.count()).select_from(KeyCheck)) or 0
