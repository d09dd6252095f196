"""Making a form again: the same seed, bank, blueprint and exposure snapshot, and what differs if it is another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound
from examapp.persistence.records.attempts import Attempt, FormRecord
from examapp.persistence.repositories import bank
from examapp.services.platform import Platform
from examapp.services.sitting.banks import PREPARED
from examapp.services.sitting.blueprints import blueprints, by_digest
from question_bank.assembly import Pool, assemble_as, assemble_from, prepare
from question_bank.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class Derived:
    """A form made again, and every difference from the one it was compared with, in words; none: bit for bit."""

    form: dict[str, Any]
    differences: tuple[str, ...] = ()


def form_for(platform: Platform, name: str, seed: int) -> dict[str, Any]:
    """The form of a blueprint and seed: that which was given with it, made again, else one over today's bank.

    A form that was given had its exposure snapshot and its state of the bank; both are taken from what is stored.
    Raises `NotFound("blueprint_missing")`, `Infeasible`.
    """
    with platform.reading() as session:
        known = blueprints(session)
        if name not in known:
            raise NotFound("blueprint_missing", blueprint=name, known=", ".join(known))
        query = select(FormRecord).where(FormRecord.blueprint == name, FormRecord.seed == str(seed))
        given = session.scalars(query).first()
        if given is not None:
            return derive(session, given.proof, given.created_at).form
        return assemble_from(PREPARED.get(session, known[name]), seed).as_dict()


def given_form(platform: Platform, reference: str) -> dict[str, Any]:
    """What an attempt was given, as items and proof, and when. Raises `NotFound("attempt_missing")`."""
    with platform.reading() as session:
        query = select(FormRecord).join(Attempt).where(Attempt.reference == reference.strip().upper())
        record = session.scalars(query).first()
        if record is None:
            raise NotFound("attempt_missing", reference=reference)
        items = [
            {
                "item_id": place.item_id,
                "version": place.version,
                "option_order": list(place.option_order),
                "scored": place.scored,
            }
            for place in record.items
        ]
        return {"items": items, "proof": record.proof, "given_at": record.created_at.isoformat()}


def compare(platform: Platform, given: dict[str, Any]) -> Derived:
    """Make `given` (items and proof) again and say where it differs. Raises as `derive` does."""
    at = datetime.fromisoformat(given["given_at"]) if given.get("given_at") else None
    with platform.reading() as session:
        derived = derive(session, given["proof"], at)
    differences = list(derived.differences)
    if "items" in given:
        differences += _places(_with_scored(given["items"]), derived.form["items"])
    return Derived(derived.form, tuple(differences))


def derive(session: Session, proof: dict[str, Any], given_at: datetime | None) -> Derived:
    """The form that `proof` is of. Raises `NotFound("bank_of_proof_missing" | "blueprint_of_proof_missing")`."""
    blueprint = by_digest(session, proof["blueprint"], proof["blueprint_digest"])
    if blueprint is None:
        raise NotFound("blueprint_of_proof_missing", blueprint=proof["blueprint"])
    form = assemble_as(_pool(session, blueprint, proof, given_at), proof).as_dict()
    if "instead_of" in proof:
        form["proof"]["instead_of"] = proof["instead_of"]
    stated, found = dict(proof), dict(form["proof"])
    # Another version of the solver is no difference of the form.
    for each in (stated, found):
        each.pop("solver", None)
    names = sorted(name for name in stated.keys() | found.keys() if stated.get(name) != found.get(name))
    return Derived(form, tuple(f"proof: {name} differs" for name in names))


def _pool(session: Session, blueprint: Blueprint, proof: dict[str, Any], given_at: datetime | None) -> Pool:
    """The bank of `proof`: today's if it is still that one, else as it stood when the form was given."""
    pool = PREPARED.get(session, blueprint)
    if not _is_of(pool, proof) and given_at is not None:
        items, pilots = bank.items_in_use_at(session, given_at)
        pool = prepare(items, blueprint, pilots=pilots, calibration=bank.calibration(session, given_at))
    if not _is_of(pool, proof):
        raise NotFound("bank_of_proof_missing", bank=proof["bank_digest"])
    return pool


def _is_of(pool: Pool, proof: dict[str, Any]) -> bool:
    names = ("bank_digest", "pilot_digest", "parameter_digest")
    return all(proof.get(name, getattr(pool, name)) == getattr(pool, name) for name in names)


def _with_scored(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"scored": True, **item} for item in items]


def _places(given: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    if len(given) != len(found):
        return [f"items: {len(given)} were given, {len(found)} come out"]
    return [
        f"item {number}: {one['item_id']} v{one['version']} was given, {other['item_id']} v{other['version']} comes out"
        if (one["item_id"], one["version"]) != (other["item_id"], other["version"])
        else f"item {number}: options or scoring differ"
        for number, (one, other) in enumerate(zip(given, found, strict=True), 1)
        if one != other
    ]
