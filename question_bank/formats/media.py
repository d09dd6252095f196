"""Pictures, recordings and films inside files of other systems: which kind, which name, and our drawings as SVG."""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

from question_bank.formats.drafts import Draft
from question_bank.formats.report import MediaFile
from question_bank.problem import Problem
from question_bank.scenes import catalogue as scenes
from question_bank.signs.catalogue import shipped_catalogue

# What the bank keeps under a reference `media:…`; None where it no longer has the file.
MediaSource = Callable[[str], MediaFile | None]

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
PICTURES = frozenset({"png", "jpg", "webp"})
SOUNDS = frozenset({"mp3", "ogg", "m4a", "wav"})
FILMS = frozenset({"mp4", "webm"})
_STARTS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"OggS", "ogg"))
_SVG_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def no_media(_reference: str) -> None:
    """A bank without files."""
    return


def ending_of(data: bytes) -> str | None:
    """The kind of a file by its first bytes; what it is called does not count. None when it is none we take."""
    for start, ending in _STARTS:
        if data.startswith(start):
            return ending
    if data[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return "m4a" if data[8:11] == b"M4A" else "mp4"
    if data.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    if data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0):
        return "mp3"
    if re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", data[:2000], re.DOTALL):
        return "svg"
    return None


def reference_of(file: MediaFile) -> str:
    return f"media:{hashlib.sha256(file.data).hexdigest()}.{file.ending}"


@lru_cache(maxsize=2000)
def drawing(reference: str) -> MediaFile | None:
    """A sign or a scene as SVG, drawn from its description; None for what is not drawn or not known."""
    kind, _, name = reference.partition(":")
    try:
        if kind == "sign":
            return MediaFile(shipped_catalogue().svg(name).encode(), "svg")
        if kind == "scene":
            return MediaFile(scenes.svg(name).encode(), "svg")
    except LookupError:
        return None
    return None


def file_behind(reference: str, source: MediaSource) -> MediaFile | None:
    """The file that shows `reference` to another system."""
    return drawing(reference) or source(reference)


def seen_in(reference: str, language: str = "id") -> str:
    """What a drawing shows, for people who can't see it."""
    kind, _, name = reference.partition(":")
    try:
        if kind == "sign":
            return shipped_catalogue().alt(name, language)
        return scenes.alt(name, language) if kind == "scene" else ""
    except LookupError:
        return ""


def size_of(file: MediaFile) -> tuple[int, int]:
    """Width and height in pixels; a square of 1000 where the file does not say."""
    if file.ending == "svg":
        found = _SVG_SIZE.search(file.data[:2000].decode("utf-8", "replace"))
        return (round(float(found[1])), round(float(found[2]))) if found else (1000, 1000)
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(file.data), formats=("PNG", "JPEG", "WEBP")) as picture:
            return picture.size
    except Exception:
        # Pillow raises whatever it stumbles over; a picture whose size is not known is still a picture.
        return (1000, 1000)


_NOT_TAKEN = {
    "picture_too_large": ("the picture is larger than 6 MB", "gambar lebih besar dari 6 MB"),
    "picture_pixels": ("the picture has too many pixels", "piksel gambar terlalu banyak"),
    "picture_tiny": ("the picture is too small to be seen", "gambar terlalu kecil untuk dilihat"),
    "picture_moves": ("the picture moves; use a film as a clip", "gambar bergerak; pakai film sebagai klip"),
    "picture_polyglot": ("something else is attached to it", "ada isi lain yang menempel padanya"),
    "recording_polyglot": ("something else is attached to it", "ada isi lain yang menempel padanya"),
    "recording_unplayable": ("not every browser can play it", "tidak semua peramban dapat memutarnya"),
    "audio_too_large": ("the recording is larger than 5 MB", "rekaman lebih besar dari 5 MB"),
    "audio_too_long": ("the recording is longer than 3 minutes", "rekaman lebih dari 3 menit"),
    "video_too_large": ("the film is larger than 20 MB", "film lebih besar dari 20 MB"),
    "video_too_long": ("the film is longer than a minute", "film lebih dari satu menit"),
    "video_too_wide": ("the film has too many pixels", "piksel film terlalu banyak"),
}


def not_taken(column: str, code: str) -> Problem:
    """That the bank's checks refused a file, and why, in both languages; `code` is that of the refusal."""
    english, indonesian = _NOT_TAKEN.get(
        code, ("it is damaged or of another kind", "rusak atau jenisnya lain")
    )
    return Problem.of(column, "media_not_taken", why=english, sebab=indonesian)


def drawn_anew(column: str) -> Problem:
    """That an upload's checks made a new file of a picture."""
    return Problem.of(column, "media_anew")


class MediaReader:
    """Files of the items that are being read: settles what is shown against what the item says by name."""

    def __init__(self) -> None:
        self.files: dict[str, MediaFile] = {}

    def settle(
        self, draft: Draft, column: str, data: bytes | None, kinds: frozenset[str], where: str
    ) -> None:
        """Put into `column` the reference of what is shown there (`data`), which counts before what is named there.

        A drawing of ours stays the reference to its description. Nothing shown: what is named is kept, and said.
        """
        named = draft.row.get(column, "")
        if data is None:
            if named:
                draft.changed.append(Problem.of(column, "media_by_name", value=named[:80]))
            return
        ending = ending_of(data)
        ours = drawing(named)
        if ours is not None and ending == "svg":
            if ours.data != data:
                draft.changed.append(Problem.of(column, "drawn_anew", value=named[:80]))
            return
        if ending == "mp4" and "m4a" in kinds:
            # One container for sound and film; which it is, the upload's checks find out.
            ending = "m4a"
        file = MediaFile(data, ending or "")
        reference = reference_of(file)
        if named.startswith(reference.rpartition(".")[0]):
            reference = named
        elif ending not in kinds:
            allowed = ", ".join(sorted(kinds))
            draft.lost.append(Problem.of(where, "media_refused", kind=ending or "?", allowed=allowed))
            draft.row.pop(column, None)
            return
        self.files[reference] = file
        draft.row[column] = reference
