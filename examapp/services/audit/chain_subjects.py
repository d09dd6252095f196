"""What an audit chain is about, by a name that people know: a sitting's reference, a staff name, an item's number."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.roles import STAFF, Role
from examapp.persistence.records.accounts import Account
from examapp.persistence.records.attempts import Attempt
from examapp.services.platform import Platform

_OF_SITTINGS = ("attempt", "events", "evidence")


@dataclass(frozen=True, slots=True)
class Subject:
    """`kind` is the chain's first word, or "staff" for an account of staff; `name` may be empty.

    Applicants stay unnamed for auditors: of theirs, as of anything without a name, it is the id's first eight signs.
    """

    kind: str
    name: str


def subjects(platform: Platform, chains: Iterable[str]) -> dict[str, Subject]:
    """The subject of each chain by the chain's name; a chain whose thing is gone keeps the start of its id."""
    wanted = {chain: chain.partition(":")[::2] for chain in chains}
    with platform.reading() as session:
        references = _references(session, {id_ for kind, id_ in wanted.values() if kind in _OF_SITTINGS})
        staff = _staff(session, {id_ for kind, id_ in wanted.values() if kind == "account"})
    found = {}
    for chain, (kind, id_) in wanted.items():
        if kind in _OF_SITTINGS and id_ in references:
            found[chain] = Subject(kind, references[id_])
        elif kind == "account" and id_ in staff:
            found[chain] = Subject("staff", staff[id_])
        else:
            found[chain] = Subject(kind, id_ if kind == "item" else id_[:8])
    return found


def _ids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _references(session: Session, ids: Iterable[str]) -> dict[str, str]:
    query = select(Attempt.id, Attempt.reference).where(Attempt.id.in_(_ids(ids)))
    return {str(id_): reference for id_, reference in session.execute(query)}


def _staff(session: Session, ids: Iterable[str]) -> dict[str, str]:
    roles = [Role(role).value for role in STAFF]
    query = select(Account.id, Account.display_name).where(Account.id.in_(_ids(ids)), Account.role.in_(roles))
    return {str(id_): name for id_, name in session.execute(query)}
