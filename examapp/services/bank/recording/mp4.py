"""MP4 and M4A: ISO boxes (ISO/IEC 14496-12). Notes on people and places in them are blanked."""

from dataclasses import dataclass, field

from examapp.services.bank.recording.found import (
    Damaged,
    Polyglot,
    Recording,
    Unplayable,
    boxes,
    number,
    whole,
)

_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4A ", b"M4V ", b"mp4v"}
)
_TOP = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"udta", b"meta", b"uuid"})
_NOTES = frozenset({b"udta", b"meta", b"uuid"})
_BLANKED = _NOTES | {b"free", b"skip"}
_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_VIDEO = frozenset({b"avc1", b"avc3", b"vp09", b"av01"})
_AUDIO = frozenset({b"mp4a", b"Opus"})
_MOST_DEPTH = 6
_MOST_BOXES = 2_000


@dataclass(slots=True)
class _Track:
    kind: bytes = b""
    codec: bytes = b""
    scale: int = 1
    ticks: int = 0
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class _Film:
    data: bytes
    tracks: list[_Track] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    media: list[tuple[int, int]] = field(default_factory=list)
    seen: int = 0


def read_mp4(data: bytes) -> Recording:
    """The recording with its notes blanked. A film in pieces (fragments) has no length of its own and is refused."""
    film = _Film(data)
    names = []
    for name, start, end in boxes(data, 0, len(data)):
        names.append(name)
        _top(film, name, start, end)
    if names.count(b"moov") != 1 or not film.media or names[0] != b"ftyp":
        raise Damaged("no list of what it holds")
    for offset in film.offsets:
        if not any(start <= offset < end for start, end in film.media):
            raise Damaged("what it lists is not in it")
    videos = [each for each in film.tracks if each.kind == b"vide"]
    sounds = [each for each in film.tracks if each.kind == b"soun"]
    for track in (*videos, *sounds):
        if track.codec not in (_VIDEO if track in videos else _AUDIO):
            raise Unplayable(track.codec.decode("latin-1"))
    if not videos and not sounds:
        raise Damaged("neither sound nor picture")
    length = max(each.ticks * 1000 // each.scale for each in (*videos, *sounds))
    if not videos:
        return Recording("audio", "m4a", "audio/mp4", length, _blanked(film))
    return Recording("video", "mp4", "video/mp4", length, _blanked(film), videos[0].width, videos[0].height)


def _top(film: _Film, name: bytes, start: int, end: int) -> None:
    if name == b"ftyp" and whole(film.data, start, 4) not in _BRANDS:
        raise Unplayable(film.data[start : start + 4].decode("latin-1"))
    if name in {b"moof", b"sidx", b"styp"}:
        raise Unplayable("MP4 in fragments")
    if name not in _TOP:
        raise Polyglot
    if name == b"mdat":
        film.media.append((start, end))
    elif name in _BLANKED:
        film.notes.append((start, end))
    elif name == b"moov":
        _walk(film, name, start, end, 0)


def _walk(film: _Film, parent: bytes, start: int, end: int, depth: int) -> None:
    if depth > _MOST_DEPTH:
        raise Damaged("too deep")
    if parent == b"trak":
        film.tracks.append(_Track())
    for name, begin, stop in boxes(film.data, start, end):
        film.seen += 1
        if film.seen > _MOST_BOXES:
            raise Damaged("too many boxes")
        if name in _NOTES:
            film.notes.append((begin, stop))
        elif name in _INSIDE:
            _walk(film, name, begin, stop, depth + 1)
        elif film.tracks:
            _track(film, film.tracks[-1], name, begin, stop)


def _track(film: _Film, track: _Track, name: bytes, start: int, end: int) -> None:
    data = film.data[start:end]
    if name == b"hdlr":
        track.kind = track.kind or whole(data, 8, 4)
    elif name == b"mdhd":
        track.scale = number(data, 20 if number(data, 0, 1) else 12, 4)
        if not track.scale:
            raise Damaged("no time")
    elif name == b"tkhd":
        track.width, track.height = number(data, len(data) - 8, 4) >> 16, number(data, len(data) - 4, 4) >> 16
    elif name == b"stsd":
        track.codec = whole(data, 12, 4)
    elif name == b"stts":
        for at in _entries(data, 8):
            track.ticks += number(data, at, 4) * number(data, at + 4, 4)
    elif name in {b"stco", b"co64"}:
        size = 4 if name == b"stco" else 8
        film.offsets += [number(data, at, size) for at in _entries(data, size)]


def _entries(data: bytes, size: int) -> range:
    """Where each entry of a table begins; the table must fill its box."""
    count = number(data, 4, 4)
    if 8 + count * size > len(data):
        raise Damaged("a table longer than its box")
    return range(8, 8 + count * size, size)


def _blanked(film: _Film) -> bytes:
    """The file with its notes as empty space: nothing moves, so every offset in it stays right."""
    plain = bytearray(film.data)
    for start, end in film.notes:
        plain[start:end] = bytes(end - start)
        # The name stands just before the content, or before the eight bytes of a large size.
        name = start - 4 if film.data[start - 4 : start] in _BLANKED else start - 12
        plain[name : name + 4] = b"free"
    return bytes(plain)
