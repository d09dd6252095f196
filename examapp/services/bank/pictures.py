"""Pictures of items: signs and scenes drawn from descriptions, uploads from the media store, all under opaque names.

A name like `sign:warning/slippery-road` is an answer, so a page gets only its token.
"""

import threading
from dataclasses import dataclass

from examapp.domain.errors import NotFound
from examapp.persistence.records.bank import Media
from examapp.services.bank import signs
from examapp.services.platform import Platform
from question_bank.scenes import catalogue as scenes
from question_bank.view import picture_token

SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes and how to serve them."""

    data: bytes
    media_type: str


def alt_text(reference: str | None, language: str) -> str:
    """What is seen in a drawn picture, never what it means; empty where nobody has written it."""
    if not reference:
        return ""
    kind, _, name = reference.partition(":")
    try:
        if kind == "sign":
            return signs.catalogue().alt(name, language)
        if kind == "scene":
            return scenes.alt(name, language)
    except LookupError:
        return ""
    return ""


def address(reference: str, language: str = "id") -> str:
    """The address of a picture, sound or film as a page may know it."""
    kind, _, name = reference.partition(":")
    if kind == "media":
        plays = name.rpartition(".")[2] in {"mp3", "ogg", "m4a", "wav", "mp4", "webm"}
        return f"/recordings/{name}" if plays else f"/pictures/{name}"
    return f"/pictures/{language}-{picture_token(reference)}.svg"


_lock = threading.Lock()
_by_token: dict[str, str] = {}


def _references() -> dict[str, str]:
    """Token → reference of every drawn picture this process knows, made anew when there are more."""
    with _lock:
        if len(_by_token) != len(signs.catalogue()) + len(scenes.names()):
            drawn = [f"sign:{name}" for name in signs.catalogue()] + [
                f"scene:{name}" for name in scenes.names()
            ]
            _by_token.update({picture_token(reference): reference for reference in drawn})
    return _by_token


def drawn(platform: Platform, language: str, token: str) -> Picture:
    """A sign or a scene by its token. Raises `NotFound`."""
    reference = _references().get(token)
    if reference is None:
        # Perhaps a sign that somebody described since, in another process.
        with platform.reading() as db:
            signs.learn(db)
        reference = _references().get(token)
    if reference is None:
        raise NotFound("picture_missing")
    kind, _, name = reference.partition(":")
    text = signs.catalogue().svg(name) if kind == "sign" else scenes.svg(name, language)
    return Picture(text.encode(), SVG)


def uploaded(platform: Platform, name: str) -> Picture:
    """An uploaded picture by its file name, `<sha256>.<ending>`. Raises `NotFound`."""
    digest = name.partition(".")[0]
    with platform.reading() as db:
        media = db.get(Media, digest)
        if media is None or media.kind != "picture":
            raise NotFound("picture_missing")
        return Picture(platform.media.get(digest), media.media_type)
