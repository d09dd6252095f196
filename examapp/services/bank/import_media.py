"""Media that come inside a file of items: known ones recognised by digest, new ones through the checks of an upload."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from examapp.domain.errors import Refusal
from examapp.persistence.records.bank import Media
from examapp.persistence.repositories import bank
from examapp.services.bank.checks import media_digest, media_fields
from examapp.services.bank.media import redraw
from examapp.services.bank.recordings import TYPES, checked
from examapp.services.platform import Platform, Transaction
from question_bank.formats import MediaFile
from question_bank.formats.media import PICTURES, SOUNDS, drawn_anew, not_taken
from question_bank.item import ItemVersion
from question_bank.problem import Problem
from question_bank.text import Text

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"} | {
    media_type: ending for ending, media_type in TYPES.items()
}


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file as the bank may keep it."""

    data: bytes
    ending: str
    kind: str
    media_type: str
    width: int = 0
    height: int = 0
    duration_ms: int | None = None


def admit(file: MediaFile) -> Admitted:
    """A file through the checks of an upload. Raises `Refusal`."""
    if file.ending in PICTURES:
        drawn = redraw(file.data)
        return Admitted(drawn.data, drawn.ending, "picture", drawn.media_type, drawn.width, drawn.height)
    kind = "audio" if file.ending in SOUNDS else "video"
    found = checked(kind, file.data)
    return Admitted(
        found.data, found.ending, kind, found.media_type, found.width, found.height, found.duration_ms
    )


@dataclass(slots=True)
class Incoming:
    """What becomes of the media of a file: `names` gives each reference the one that the bank keeps it under."""

    names: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, Admitted] = field(default_factory=dict)

    def settled(self, item: ItemVersion) -> tuple[ItemVersion, list[Problem], list[Problem]]:
        """`item` with the bank's references; what was drawn anew, and what was refused."""
        changed: list[Problem] = []
        faults: list[Problem] = []
        for column, reference, _use in media_fields(item):
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
        for reference, file in self.fresh.items():
            digest = media_digest(reference)
            platform.media.put(digest, file.data)
            if tx.session.get(Media, digest) is None:
                tx.session.add(
                    Media(
                        digest=digest,
                        media_type=file.media_type,
                        kind=file.kind,
                        size=len(file.data),
                        width=file.width,
                        height=file.height,
                        duration_ms=file.duration_ms,
                        original_name="import",
                        created_at=tx.now,
                        created_by=tx.actor.account_id,
                    )
                )
                tx.audit("bank", f"{file.kind}.uploaded", digest=digest, size=len(file.data))


def incoming(session: Session, files: Mapping[str, MediaFile]) -> Incoming:
    """Every file judged; nothing is stored."""
    found = Incoming()
    known = bank.known_media(session, [media_digest(reference) for reference in files])
    for reference, file in files.items():
        if media_digest(reference) in known:
            continue
        try:
            admitted = admit(file)
        except Refusal as error:
            found.refused[reference] = error.code
            continue
        kept = f"media:{hashlib.sha256(admitted.data).hexdigest()}.{admitted.ending}"
        found.names[reference] = kept
        found.fresh[kept] = admitted
    return found


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
