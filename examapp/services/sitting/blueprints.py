"""Which blueprint is in force: the newest approved version of each; a sitting keeps the one it was prepared with."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound
from examapp.persistence.records.forms import BlueprintVersion
from examapp.services.platform import Transaction
from question_bank.blueprint import Blueprint
from question_bank.blueprint_loader import load_blueprints, parse_blueprint

APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class InForce:
    """A blueprint and its version."""

    blueprint: Blueprint
    version: int


@cache
def shipped() -> dict[str, Blueprint]:
    """The blueprints that come with the platform, by name."""
    return load_blueprints()


def in_force(session: Session) -> dict[str, InForce]:
    """The blueprint in force by name. A shipped one that was never stored counts as its own version 1."""
    found = {name: InForce(blueprint, 1) for name, blueprint in shipped().items()}
    rows = session.execute(
        select(BlueprintVersion.name, BlueprintVersion.version, BlueprintVersion.content)
        .where(BlueprintVersion.state == APPROVED)
        .order_by(BlueprintVersion.name, BlueprintVersion.version)
    )
    for name, version, content in rows:
        found[name] = InForce(read(content), version)
    return dict(sorted(found.items()))


def blueprints(session: Session) -> dict[str, Blueprint]:
    """The blueprints in force by name."""
    return {name: found.blueprint for name, found in in_force(session).items()}


def for_class(session: Session, licence_class: str) -> InForce | None:
    """The blueprint in force for a class, or None while the class can't be examined here yet."""
    found = in_force(session).values()
    return next((each for each in found if each.blueprint.licence_class.value == licence_class), None)


def version_of(session: Session, name: str, version: int | None) -> Blueprint:
    """Just this version; without a version, as old sittings have none, the one in force. Raises `NotFound`."""
    row = session.get(BlueprintVersion, (name, version)) if version is not None else None
    if row is not None:
        return read(row.content)
    found = in_force(session).get(name)
    if found is None:
        raise NotFound("blueprint_missing", blueprint=name)
    return found.blueprint


def by_digest(session: Session, name: str, digest: str) -> Blueprint | None:
    """The version that a proof names by its digest, whether stored or shipped."""
    query = select(BlueprintVersion.content).where(
        BlueprintVersion.name == name, BlueprintVersion.digest == digest
    )
    content = session.scalars(query).first()
    if content is not None:
        return read(content)
    own = shipped().get(name)
    return own if own is not None and own.digest == digest else None


def store_shipped(tx: Transaction) -> None:
    """Store every shipped blueprint the database does not know, so that what forms rest on outlives a release.

    One that came with an earlier release and was changed in this one becomes a new version, unless people here wrote
    their own.
    """
    newest: dict[str, BlueprintVersion] = {}
    for row in tx.session.scalars(select(BlueprintVersion).order_by(BlueprintVersion.version)):
        newest[row.name] = row
    for name, blueprint in shipped().items():
        last = newest.get(name)
        if last is None:
            _store(tx, blueprint, 1)
        elif last.created_by is None and last.digest != blueprint.digest:
            _store(tx, blueprint, last.version + 1)


def _store(tx: Transaction, blueprint: Blueprint, version: int) -> None:
    values = {
        "name": blueprint.name,
        "version": version,
        "content": blueprint.as_dict(),
        "digest": blueprint.digest,
        "state": APPROVED,
        "note": "shipped",
        "created_at": tx.now,
        "decided_at": tx.now,
    }
    # Two first sittings at one moment may both find it missing.
    kind = postgresql if tx.session.get_bind().dialect.name == "postgresql" else sqlite
    tx.session.execute(kind.insert(BlueprintVersion).values(values).on_conflict_do_nothing())


def read(content: dict[str, Any]) -> Blueprint:
    """A stored blueprint as a value. Parsed once for each content: it is asked for with every page."""
    return _parsed(json.dumps(content, sort_keys=True))


@lru_cache(maxsize=200)
def _parsed(text: str) -> Blueprint:
    return parse_blueprint(json.loads(text))
