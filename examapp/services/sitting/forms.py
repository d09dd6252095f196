"""Giving an attempt its form: drawn from the usable bank by the class's blueprint, seed and proof kept."""

import secrets
import threading
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Unavailable
from examapp.persistence.records.attempts import FormItem, FormRecord
from examapp.persistence.repositories import bank
from examapp.services.bank import pictures
from examapp.services.platform import Transaction
from question_bank.assembly import Infeasible, Pool, assemble_from, prepare
from question_bank.blueprint import Blueprint
from question_bank.blueprint_loader import load_blueprints
from question_bank.item import ItemVersion
from question_bank.view import public_view
from scoring.theory import KeyedItem


@cache
def blueprints() -> dict[str, Blueprint]:
    return load_blueprints()


def blueprint_for(licence_class: str) -> Blueprint | None:
    """The blueprint of a class, or None while the class can't be examined here yet."""
    return next((b for b in blueprints().values() if b.licence_class.value == licence_class), None)


class _Pools:
    """Prepared pools by blueprint, each good for one state of the bank: preparing costs far more than a draw."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pools: dict[tuple[str, str], tuple[tuple[int, int], Pool]] = {}

    def get(self, session: Session, blueprint: Blueprint) -> Pool:
        key = (str(session.get_bind().engine.url), blueprint.name)
        revision = bank.usable_revision(session)
        with self._lock:
            kept = self._pools.get(key)
            if kept and kept[0] == revision:
                return kept[1]
            pool = prepare(bank.usable_items(session), blueprint)
            self._pools[key] = (revision, pool)
            return pool


_POOLS = _Pools()


def give_form(tx: Transaction, attempt_id: UUID, blueprint_name: str) -> FormRecord:
    """Draw and keep a form for an attempt. Raises `Unavailable("bank_too_thin")` when the bank can't fill it."""
    pool = _POOLS.get(tx.session, blueprints()[blueprint_name])
    seed = secrets.randbits(62)
    try:
        form = assemble_from(pool, seed)
    except Infeasible as error:
        raise Unavailable("bank_too_thin", blueprint=blueprint_name) from error
    record = FormRecord(
        attempt_id=attempt_id,
        blueprint=blueprint_name,
        seed=str(seed),
        bank_digest=pool.bank_digest,
        proof=form.proof.as_dict(),
        created_at=tx.now,
    )
    record.items = [
        FormItem(
            attempt_id=attempt_id,
            position=position,
            item_id=item.item_id,
            version=item.version,
            option_order=list(item.option_order),
        )
        for position, item in enumerate(form.items, 1)
    ]
    tx.session.add(record)
    return record


def form_items(session: Session, attempt_id: UUID) -> list[tuple[FormItem, ItemVersion]]:
    """The places of an attempt's form in order, each with the very version it was given."""
    places = list(
        session.scalars(select(FormItem).where(FormItem.attempt_id == attempt_id).order_by(FormItem.position))
    )
    found = bank.versions(session, [(place.item_id, place.version) for place in places])
    return [(place, found[place.item_id]) for place in places]


def public_items(session: Session, attempt_id: UUID, language: str) -> list[dict[str, Any]]:
    """The form as the applicant may see it: no key, no explanation, no article."""
    return [
        public_item(item, place.option_order, language) | {"position": place.position}
        for place, item in form_items(session, attempt_id)
    ]


def public_item(item: ItemVersion, option_order: list[Any], language: str) -> dict[str, Any]:
    """One item as the exam page shows it; the preview of an administrator uses the same."""
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
            weight=item.weight,
            article=item.article,
        )
        for _place, item in form_items(session, attempt_id)
    ]
