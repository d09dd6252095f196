"""What only the bank itself can tell about an item: whether the items and pictures it names are there."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from examapp.persistence.repositories import bank
from examapp.services.bank import law, neighbours, pictures, signs
from question_bank.item import ItemVersion
from question_bank.lint import Finding, lint_item
from question_bank.problem import Problem
from question_bank.scenes import catalogue as scenes
from question_bank.signs.catalogue import shipped_catalogue


def media_fields(item: ItemVersion) -> Iterator[tuple[str, str, str]]:
    """Every place of `item` that shows or plays something: the field, its reference, and picture, clip or audio."""
    if item.picture:
        yield "picture", item.picture, "picture"
    if item.clip:
        yield "clip", item.clip, "clip"
    for language, reference in item.audio.entries:
        yield f"audio.{language}", reference, "audio"
    for option in item.options:
        if option.picture:
            yield f"options.{option.id}.picture", option.picture, "picture"
        for language, reference in option.audio.entries:
            yield f"options.{option.id}.audio.{language}", reference, "audio"


class References:
    """Which items and pictures exist, asked once for many items."""

    def __init__(self, session: Session, items: Iterable[ItemVersion], coming: frozenset[str] = frozenset()):
        """`coming` are the ids that will be there too when these items are."""
        items = list(items)
        self._ids = bank.known_ids(session, (enemy for item in items for enemy in item.enemies)) | coming
        wanted = {reference for item in items for _, reference, _ in media_fields(item)}
        self._signs = signs.learn(session, wanted)
        self._media = bank.known_media(
            session, [media_digest(each) for each in wanted if each.startswith("media:")]
        )

    def problems(self, item: ItemVersion, without: frozenset[str] = frozenset()) -> Iterator[Problem]:
        """What `item` names in vain; ids of `without` count as missing."""
        for enemy in sorted(item.enemies):
            if enemy not in self._ids or enemy in without:
                yield Problem.of("enemies", "unknown_item", value=enemy)
        for field, reference, use in media_fields(item):
            if not self.has(reference, use):
                yield Problem.of(field, f"bad_{use}", value=reference[:80])

    def has(self, reference: str, use: str) -> bool:
        """Whether `reference` is there, and is a picture, clip or audio (`use`)."""
        kind, _, name = reference.partition(":")
        if kind == "sign":
            return use == "picture" and (name in shipped_catalogue() or name in self._signs)
        if kind == "scene":
            return use != "audio" and name in scenes.names()
        return self._media.get(media_digest(reference)) == ("video" if use == "clip" else use)


def media_digest(reference: str) -> str:
    """The SHA-256 of `media:<sha256>.<ending>`."""
    return reference.removeprefix("media:").partition(".")[0]


def findings(session: Session, item: ItemVersion, today: date) -> list[Finding]:
    """All remarks on `item`: of lint, and of what only its bank shows.

    That is: media that are gone, items nearly the same, articles that ended or were amended as of `today`.
    """
    return [
        *own_findings(item),
        *_dead_media(References(session, [item]), item),
        *neighbours.remarks(session, item),
        *law.remarks(session, item, today),
    ]


def bank_findings(session: Session, today: date) -> Iterator[Finding]:
    """All remarks on the current version of every item, by number."""
    items = bank.current_items(session)
    references = References(session, items.values())
    for item in items.values():
        yield from own_findings(item)
        yield from _dead_media(references, item)
        yield from neighbours.remarks(session, item)
        yield from law.remarks(session, item, today)


def _dead_media(references: References, item: ItemVersion) -> Iterator[Finding]:
    for field, reference, use in media_fields(item):
        if not references.has(reference, use):
            yield Finding(
                item.item_id,
                "dead_media",
                f"{field} names {reference[:80]}, which is not there",
                f"{field} menunjuk {reference[:80]}, yang tidak ada",
            )


def own_findings(item: ItemVersion) -> list[Finding]:
    """The remarks of lint on `item`; a drawn picture brings its own description, so none is missing there."""
    return [
        finding
        for finding in lint_item(item)
        if finding.rule != "picture_without_alt" or not pictures.alt_text(item.picture, "id")
    ]
