"""Sounds and films that administrators upload, and what a page may know of them before it fetches one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examapp.domain.errors import Invalid, NotFound, TooMuch
from examapp.domain.roles import Permission, allows
from examapp.persistence.records.attempts import Attempt, FormItem
from examapp.persistence.records.bank import Media
from examapp.persistence.repositories import bank
from examapp.services.bank.media import keep_media
from examapp.services.bank.recording.found import Damaged, Polyglot, Recording, Unplayable
from examapp.services.bank.recording.probe import probe
from examapp.services.platform import Actor, Platform
from question_bank.item import ItemVersion

MEGABYTE = 1_000_000
MAX_BYTES = MappingProxyType({"audio": 5 * MEGABYTE, "video": 20 * MEGABYTE})
MAX_SECONDS = MappingProxyType({"audio": 180, "video": 60})
LEAST_MS = 200
MAX_SIDE = 1920
# What an ending says of a stored sound or film; the picture types are `media`'s.
TYPES = MappingProxyType(
    {
        "mp3": "audio/mpeg",
        "ogg": "audio/ogg",
        "m4a": "audio/mp4",
        "wav": "audio/wav",
        "mp4": "video/mp4",
        "webm": "video/webm",
    }
)


def upload_recording(platform: Platform, actor: Actor, kind: str, name: str, data: bytes) -> str:
    """Keep a sound (`kind` audio) or a film (video) and return its reference; the same one twice is kept once.

    Raises `TooMuch` for too many bytes or seconds, `Invalid` for anything that is not one whole recording of a kind
    that every browser plays, `Unavailable` when the disk is full.
    """
    actor.must(Permission.EDIT_BANK)
    found = checked(kind, data)
    made = Media(
        media_type=found.media_type,
        kind=kind,
        width=found.width,
        height=found.height,
        duration_ms=found.duration_ms,
    )
    return keep_media(platform, actor, made, name, found.data, found.ending)


def checked(kind: str, data: bytes) -> Recording:
    """The recording that `data` is, within the bounds of its kind; raises as `upload_recording` does."""
    if kind not in MAX_BYTES:
        raise Invalid("bad_request", field="kind")
    if not data:
        raise Invalid("recording_empty", field="recording")
    if len(data) > MAX_BYTES[kind]:
        raise TooMuch(f"{kind}_too_large", limit=MAX_BYTES[kind] // MEGABYTE)
    try:
        found = probe(data)
    except Polyglot as error:
        raise Invalid("recording_polyglot", field="recording") from error
    except Unplayable as error:
        raise Invalid("recording_unplayable", field="recording", inside=_printable(str(error))) from error
    except (Damaged, ValueError, IndexError, OverflowError) as error:
        raise Invalid("recording_damaged", field="recording") from error
    if found is None or found.kind != kind:
        raise Invalid(f"{kind}_wrong_type", field="recording")
    if found.duration_ms < LEAST_MS or (kind == "video" and min(found.width, found.height) < 1):
        raise Invalid("recording_damaged", field="recording")
    if found.duration_ms > MAX_SECONDS[kind] * 1000:
        raise TooMuch(f"{kind}_too_long", limit=MAX_SECONDS[kind])
    if max(found.width, found.height) > MAX_SIDE:
        raise TooMuch("video_too_wide", limit=MAX_SIDE)
    return found


def _printable(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable())[:40]


@dataclass(frozen=True, slots=True)
class About:
    """What a page shows of a recording before it is fetched: bytes and seconds."""

    bytes: int
    seconds: float


def about(session: Session, references: Iterable[str | None]) -> Mapping[str, About]:
    """What is known of each uploaded recording among `references`, by its reference."""
    wanted = {_digest(each): each for each in references if each and each.startswith("media:")}
    if not wanted:
        return {}
    query = select(Media.digest, Media.size, Media.duration_ms).where(Media.digest.in_(wanted))
    return {
        wanted[row.digest]: About(row.size, (row.duration_ms or 0) / 1000) for row in session.execute(query)
    }


def recordings_of(item: ItemVersion) -> set[str]:
    """Digests of every sound and film that `item` plays, in any language."""
    named = [item.clip, *item.audio.as_dict().values()]
    named += [reference for option in item.options for reference in option.audio.as_dict().values()]
    return {_digest(each) for each in named if each and each.startswith("media:")}


@dataclass(frozen=True, slots=True)
class Stored:
    data: bytes
    media_type: str


def played(platform: Platform, actor: Actor, name: str) -> Stored:
    """A sound or film by its file name, for those who may have it: who edits the bank, and who has it in their form.

    Raises `NotFound` for everybody else too, so that nobody learns what there is.
    """
    digest, _, ending = name.partition(".")
    with platform.reading() as session:
        media = session.get(Media, digest)
        if media is None or media.kind == "picture" or TYPES.get(ending) != media.media_type:
            raise NotFound("recording_missing")
        if not allows(actor.role, Permission.EDIT_BANK) and not _in_a_form_of(session, actor, digest):
            raise NotFound("recording_missing")
        media_type = media.media_type
    return Stored(platform.media.get(digest), media_type)


def _in_a_form_of(session: Session, actor: Actor, digest: str) -> bool:
    return actor.account_id is not None and digest in _recordings_for(session, actor.account_id)


def _recordings_for(session: Session, account_id: UUID) -> set[str]:
    places = session.execute(
        select(FormItem.item_id, FormItem.version)
        .join(Attempt, Attempt.id == FormItem.attempt_id)
        .where(Attempt.applicant_id == account_id)
    ).all()
    items = bank.versions(session, [(place.item_id, place.version) for place in places])
    return {digest for item in items.values() for digest in recordings_of(item)}


def _digest(reference: str) -> str:
    return reference.removeprefix("media:").partition(".")[0]
