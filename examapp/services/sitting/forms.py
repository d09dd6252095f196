"""Giving an attempt its form: a ready one where there is one, else made on the spot; seed and proof are kept."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Unavailable
from examapp.persistence.records.attempts import FormItem, FormRecord
from examapp.persistence.repositories import bank
from examapp.services.bank import pictures, recordings, signs
from examapp.services.bank.recordings import About
from examapp.services.platform import Platform, Transaction
from examapp.services.sitting import exposure, form_pool
from examapp.services.sitting.banks import PREPARED
from examapp.services.sitting.blueprints import version_of
from question_bank.assembly import Infeasible, SearchGaveUp, assemble_from, draw_form
from question_bank.blueprint import Blueprint
from question_bank.eligibility import snapshot
from question_bank.item import ItemVersion
from question_bank.view import public_view
from scoring.theory import KeyedItem

log = structlog.get_logger("simexam.forms")


def warm(platform: Platform, name: str, version: int | None) -> None:
    """Prepare the bank if no form lies ready, before the start's transaction: in it, everybody's answers would wait."""
    with platform.reading() as session:
        blueprint, stamp = version_of(session, name, version), bank.bank_stamp(session)
        if not form_pool.any_ready(session, blueprint, stamp):
            PREPARED.get(session, blueprint, stamp)


def give_form(tx: Transaction, attempt_id: UUID, name: str, version: int | None = None) -> FormRecord:
    """Give an attempt its form and count it. Raises `Unavailable("bank_too_thin")` when the bank has none."""
    blueprint, stamp = version_of(tx.session, name, version), bank.bank_stamp(tx.session)
    form = form_pool.take(tx.session, blueprint, stamp) or _made_now(tx.session, blueprint, stamp)
    proof = form["proof"]
    record = FormRecord(
        attempt_id=attempt_id,
        blueprint=name,
        seed=str(proof["seed"]),
        bank_digest=proof["bank_digest"],
        proof=proof,
        created_at=tx.now,
    )
    record.items = [
        FormItem(
            attempt_id=attempt_id,
            position=position,
            item_id=item["item_id"],
            version=item["version"],
            option_order=item["option_order"],
            scored=item["scored"],
        )
        for position, item in enumerate(form["items"], 1)
    ]
    tx.session.add(record)
    tx.session.flush()
    exposure.count(tx.session, name, attempt_id, proof.get("exposure", {}).get("withheld", ()))
    return record


def _made_now(session: Session, blueprint: Blueprint, stamp: str) -> dict[str, Any]:
    """A form while somebody waits: the integer program for a second, else the seeded draw, and the proof says so."""
    pool, seed = PREPARED.get(session, blueprint, stamp), secrets.randbits(62)
    try:
        exposed = snapshot(exposure.read(session, blueprint.name), blueprint, seed)
        return assemble_from(pool, seed, exposed, hurried=True).as_dict()
    except (Infeasible, SearchGaveUp) as error:
        reason = "infeasible" if isinstance(error, Infeasible) else "out_of_time"
    log.error("form_drawn_instead", blueprint=blueprint.name, reason=reason)
    try:
        form = draw_form(pool, seed, hurried=True).as_dict()
    except (Infeasible, SearchGaveUp) as error:
        raise Unavailable("bank_too_thin", blueprint=blueprint.name) from error
    form["proof"]["instead_of"] = {"algorithm": "assembly-2", "reason": reason}
    return form


def form_items(session: Session, attempt_id: UUID) -> list[tuple[FormItem, ItemVersion]]:
    """The places of an attempt's form in order, each with the very version it was given."""
    places = list(
        session.scalars(select(FormItem).where(FormItem.attempt_id == attempt_id).order_by(FormItem.position))
    )
    found = bank.versions(session, [(place.item_id, place.version) for place in places])
    return [(place, found[place.item_id]) for place in places]


def public_items(session: Session, attempt_id: UUID, language: str) -> list[dict[str, Any]]:
    """The form as the applicant may see it: no key, no explanation, no article."""
    placed = form_items(session, attempt_id)
    signs.learn(session, [picture for _, item in placed for picture in _pictures(item)])
    clips = recordings.about(session, [item.clip for _, item in placed])
    return [
        public_item(item, place.option_order, language, clips) | {"position": place.position}
        for place, item in placed
    ]


def _pictures(item: ItemVersion) -> list[str | None]:
    return [item.picture, *(option.picture for option in item.options)]


def public_item(
    item: ItemVersion, option_order: list[Any], language: str, clips: Mapping[str, About]
) -> dict[str, Any]:
    """One item as the exam page shows it; the preview of an administrator uses the same.

    `clips` tells what is known of the clips before one is fetched.
    """
    view = public_view(item, option_order, language, lambda reference: pictures.address(reference, language))
    shown = view.as_dict()
    picture, alt = shown.pop("picture"), shown.pop("picture_alt")
    references = {option.id: option.picture for option in item.options}
    for option in shown["options"]:
        if option["picture"]:
            described = pictures.alt_text(references[option["id"]], language)
            option["picture"] = {"url": option["picture"], "alt": described}
    return shown | {
        "chapter": item.part.value,
        "topic": item.topic.value,
        "picture": {"url": picture, "alt": alt or pictures.alt_text(item.picture, language)}
        if picture
        else None,
        "clip": _clip(item.clip, shown["clip"], language, clips),
    }


def _clip(
    reference: str | None, url: str | None, language: str, clips: Mapping[str, About]
) -> dict[str, Any] | None:
    """An uploaded film with its bytes and seconds, or a drawn scene, which moves by itself."""
    if reference is None:
        return None
    known = clips.get(reference)
    return {
        "url": url,
        "kind": "video" if reference.startswith("media:") else "animation",
        "alt": pictures.alt_text(reference, language),
        "bytes": known.bytes if known else None,
        "seconds": known.seconds if known else None,
    }


def keyed_items(session: Session, attempt_id: UUID) -> list[KeyedItem]:
    """The form with its keys, for scoring; never leaves the server."""
    return [
        KeyedItem(
            item_id=item.item_id,
            version=item.version,
            key=item.scoring_key,
            topic=item.topic.value,
            part=item.part.value,
            weight=item.weight if place.scored else 0,
            article=item.article,
        )
        for place, item in form_items(session, attempt_id)
    ]
