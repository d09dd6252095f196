"""Pictures that administrators upload: read within bounds, drawn anew, kept under the digest of what is kept.

Only what was drawn anew is ever served, so nothing hidden in a file (place, name, script, a second file) gets on.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from examapp.domain.errors import Invalid, Refusal, TooMuch
from examapp.domain.roles import Permission
from examapp.persistence.records.bank import Media
from examapp.services.bank.picture_ends import has_something_behind
from examapp.services.platform import Actor, Platform

MAX_BYTES = 6_000_000
MAX_PIXELS = 25_000_000
MAX_SIDE = 12_000
MIN_SIDE = 16
# What is kept: sharp on a large phone, small enough for a slow line.
KEPT_SIDE = 1280
_FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: its bytes, their type and ending, and its size in pixels."""

    data: bytes
    media_type: str
    ending: str
    width: int
    height: int


def upload_picture(platform: Platform, actor: Actor, name: str, data: bytes) -> str:
    """Keep a picture and return its reference, `media:<sha256>.png` or `.jpg`; the same picture twice is kept once.

    Raises `TooMuch` for too many bytes or pixels, `Invalid` for anything that is not one whole picture of a kind we
    take, `Unavailable` when the disk is full.
    """
    actor.must(Permission.EDIT_BANK)
    drawn = redraw(data)
    made = Media(media_type=drawn.media_type, kind="picture", width=drawn.width, height=drawn.height)
    return keep_media(platform, actor, made, name, drawn.data, drawn.ending)


def keep_media(platform: Platform, actor: Actor, made: Media, name: str, data: bytes, ending: str) -> str:
    """Keep checked bytes under their digest, once, and return their reference `media:<sha256>.<ending>`."""
    made.digest = hashlib.sha256(data).hexdigest()
    made.size, made.original_name = len(data), _plain_name(name)
    reference, digest, kind = f"media:{made.digest}.{ending}", made.digest, made.kind
    # The file first: a record without its file would be a broken picture in an exam.
    platform.media.put(digest, data)
    try:
        with platform.writing(actor) as tx:
            if tx.session.get(Media, digest) is None:
                made.created_at, made.created_by = tx.now, actor.account_id
                tx.session.add(made)
                tx.session.flush()
                tx.audit("bank", f"{kind}.uploaded", digest=digest, size=len(data))
    except IntegrityError:
        # Two people uploaded the same at one moment; it is there, which is all that was asked.
        return reference
    return reference


def list_uploads(platform: Platform, words: str = "", limit: int = 60, kind: str = "picture") -> list[Media]:
    """What was uploaded of `kind` (picture, audio or video) and has `words` in its name, newest first."""
    query = (
        select(Media).where(Media.kind == kind).order_by(Media.created_at.desc(), Media.digest).limit(limit)
    )
    if words:
        query = query.where(Media.original_name.icontains(words, autoescape=True))
    with platform.reading() as session:
        return list(session.scalars(query))


def redraw(data: bytes) -> Drawn:
    """Decode one picture within bounds and encode it afresh: no metadata, upright, at most `KEPT_SIDE` wide or high."""
    if len(data) > MAX_BYTES:
        raise TooMuch("picture_too_large", limit=MAX_BYTES // 1_000_000)
    if not data:
        raise Invalid("picture_empty", field="picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redraw(data)
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooMuch("picture_pixels", limit=MAX_PIXELS // 1_000_000) from error
    except UnidentifiedImageError as error:
        raise Invalid("picture_wrong_type", field="picture") from error
    except Exception as error:
        # Pillow's decoders raise whatever they stumble over; for the reader it is one thing.
        raise Invalid("picture_damaged", field="picture") from error


def _redraw(data: bytes) -> Drawn:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
        # Only the header was read so far: the bounds come before the first pixel.
        width, height = opened.size
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
            raise TooMuch("picture_pixels", limit=MAX_PIXELS // 1_000_000)
        if min(width, height) < MIN_SIDE:
            raise Invalid("picture_tiny", field="picture", minimum=MIN_SIDE)
        kind = str(opened.format)
        if getattr(opened, "n_frames", 1) > 1:
            raise Invalid("picture_moves", field="picture")
        if has_something_behind(data, kind):
            raise Invalid("picture_polyglot", field="picture")
        see_through = "A" in opened.getbands() or "transparency" in opened.info
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        if upright.mode.startswith("I"):
            # Sixteen bits a pixel: Pillow would cut them off at 255 instead of scaling them.
            upright = upright.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
        plain = upright.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    return _encoded(clean, photo=kind != "PNG" and not see_through)


def _encoded(clean: Image.Image, *, photo: bool) -> Drawn:
    out = io.BytesIO()
    if photo:
        clean.save(out, "JPEG", quality=85, optimize=True, progressive=True)
        return Drawn(out.getvalue(), "image/jpeg", "jpg", *clean.size)
    clean.save(out, "PNG", optimize=True)
    return Drawn(out.getvalue(), "image/png", "png", *clean.size)


def _plain_name(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[:200] or "–"
