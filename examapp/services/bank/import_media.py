"""Media that come inside a file of items: known ones recognised by digest, new ones through the checks of an upload."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from examapp.domain.errors import Invalid, Refusal
from examapp.persistence.records.bank import Media
from examapp.persistence.repositories import bank
from examapp.services.bank.checks import media_digest
from examapp.services.bank.media import Drawn, redraw
from examapp.services.platform import Platform, Transaction
from question_bank.formats import MediaFile
from question_bank.formats.media import PICTURES, drawn_anew, not_taken
from question_bank.item import ItemVersion
from question_bank.problem import Problem
from question_bank.text import Text

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def admit(file: MediaFile) -> Drawn:
    """A file as the bank may keep it. Raises `Refusal` for one that the checks of an upload refuse."""
    if file.ending not in PICTURES:
        raise Invalid("media_later", field="file")
    return redraw(file.data)


@dataclass(slots=True)
class Incoming:
    """What becomes of the media of a file: `names` gives each reference the one that the bank keeps it under."""

    names: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, Drawn] = field(default_factory=dict)

    def settled(self, item: ItemVersion) -> tuple[ItemVersion, list[Problem], list[Problem]]:
        """`item` with the bank's references; what was drawn anew, and what was refused."""
        changed: list[Problem] = []
        faults: list[Problem] = []
        for column, reference in references(item):
            if reference in self.refused:
                faults.append(not_taken(column, self.refused[reference]))
            elif self.names.get(reference, reference) != reference:
                changed.append(drawn_anew(column))
        return (_renamed(item, self.names) if changed else item), changed, faults

    def comes(self, problem: Problem) -> bool:
        """Whether a reference that is missing now will be there with this import."""
        return dict(problem.params).get("value") in self.fresh

    def keep(self, platform: Platform, tx: Transaction) -> None:
        """Store what is new: the file first, as a record without its file would be a broken picture in an exam."""
        for reference, drawn in self.fresh.items():
            digest = media_digest(reference)
            platform.media.put(digest, drawn.data)
            if tx.session.get(Media, digest) is None:
                tx.session.add(
                    Media(
                        digest=digest,
                        media_type=drawn.media_type,
                        size=len(drawn.data),
                        width=drawn.width,
                        height=drawn.height,
                        original_name="import",
                        created_at=tx.now,
                        created_by=tx.actor.account_id,
                    )
                )
                tx.audit("bank", "picture.uploaded", digest=digest, size=len(drawn.data))


def incoming(session: Session, files: Mapping[str, MediaFile]) -> Incoming:
    """Every file judged; nothing is stored."""
    found = Incoming()
    known = bank.known_media(session, [media_digest(reference) for reference in files])
    for reference, file in files.items():
        if media_digest(reference) in known:
            continue
        try:
            drawn = admit(file)
        except Refusal as error:
            found.refused[reference] = error.code
            continue
        kept = f"media:{hashlib.sha256(drawn.data).hexdigest()}.{drawn.ending}"
        found.names[reference] = kept
        found.fresh[kept] = drawn
    return found


def references(item: ItemVersion) -> list[tuple[str, str]]:
    """Every place of `item` that names a file, as a column's path, with its reference."""
    named = [("picture", item.picture), ("clip", item.clip)]
    named += [(f"audio.{language}", reference) for language, reference in item.audio.entries]
    for option in item.options:
        named.append((f"options.{option.id}.picture", option.picture))
        named += [(f"options.{option.id}.audio.{code}", each) for code, each in option.audio.entries]
    return [(field, reference) for field, reference in named if reference]


def bank_media(platform: Platform, session: Session, wanted: set[str]) -> dict[str, MediaFile]:
    """The kept files behind references, for an export; those that are gone are absent."""
    found: dict[str, MediaFile] = {}
    for reference in sorted(each for each in wanted if each.startswith("media:")):
        media = session.get(Media, media_digest(reference))
        if media is None:
            continue
        try:
            data = platform.media.get(media.digest)
        except Refusal:
            continue
        found[reference] = MediaFile(data, _ENDINGS.get(media.media_type, reference.rpartition(".")[2]))
    return found


def _renamed(item: ItemVersion, names: Mapping[str, str]) -> ItemVersion:
    def name(reference: str | None) -> str | None:
        return names.get(reference, reference) if reference else None

    def sounds(audio: Text) -> Text:
        return Text.of({code: names.get(each, each) for code, each in audio.entries})

    options = tuple(
        replace(option, picture=name(option.picture), audio=sounds(option.audio)) for option in item.options
    )
    return replace(
        item, picture=name(item.picture), clip=name(item.clip), audio=sounds(item.audio), options=options
    )
