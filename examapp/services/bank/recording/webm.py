"""WebM: EBML elements (RFC 8794) of Matroska (RFC 9559), walked flat, since a recorder may leave sizes open.

Its tags (names, places) are blanked.
"""

import struct

from examapp.services.bank.recording.found import Damaged, Polyglot, Recording, Unplayable, number, whole

_EBML, _SEGMENT, _CLUSTER, _INFO, _TRACKS = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
_TRACK, _VIDEO, _GROUP = 0xAE, 0xE0, 0xA0
_ENTERED = frozenset({_SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _VIDEO, _GROUP})
_ATTACHMENTS = 0x1941A469
_TAGS = 0x1254C367
# An empty element with its size in eight bytes.
_VOID_HEAD = 9
_SCALE, _LENGTH, _CODEC, _WIDTH, _HEIGHT, _TIME = 0x2AD7B1, 0x4489, 0x86, 0xB0, 0xBA, 0xE7
_BLOCKS = frozenset({0xA3, 0xA1})
_VIDEO_CODECS = frozenset({b"V_VP8", b"V_VP9", b"V_AV1"})
_AUDIO_CODECS = frozenset({b"A_OPUS", b"A_VORBIS"})


class _Walk:
    """One pass over the elements, and what it gathers."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.scale, self.length, self.cluster, self.last = 1_000_000, 0.0, 0, 0
        self.codecs: list[bytes] = []
        self.width = self.height = self.blocks = 0
        self.tags: list[tuple[int, int]] = []

    def run(self) -> None:
        place, name = self._id(0)
        size, place = self._size(place)
        if name != _EBML or size is None or b"webm" not in whole(self.data, place, size):
            raise Unplayable("Matroska")
        place += size
        started = False
        while place < len(self.data):
            begin = place
            place, name = self._id(place)
            if not started and name != _SEGMENT:
                raise Damaged("no segment")
            if started and name in {_SEGMENT, _EBML}:
                raise Polyglot
            size, place = self._size(place)
            if name == _SEGMENT:
                started = True
                if size is not None and place + size != len(self.data):
                    raise Damaged("cut off") if place + size > len(self.data) else Polyglot
            if name in _ENTERED:
                continue
            if size is None or name == _ATTACHMENTS or place + size > len(self.data):
                raise Damaged(f"an element that can't stand at {begin}")
            self._element(name, place, size)
            place += size

    def _element(self, name: int, place: int, size: int) -> None:
        if name in _BLOCKS:
            if size < 4:
                raise Damaged("an empty block")
            _, at = self._size(place)
            self.last = max(self.last, self.cluster + struct.unpack(">h", whole(self.data, at, 2))[0])
            self.blocks += 1
        elif name == _TAGS:
            self.tags.append((place, size))
        elif name == _CODEC:
            self.codecs.append(whole(self.data, place, min(size, 32)).rstrip(b"\0"))
        elif name == _LENGTH and size in {4, 8}:
            self.length = struct.unpack(">f" if size == 4 else ">d", whole(self.data, place, size))[0]
        elif name in {_SCALE, _TIME, _WIDTH, _HEIGHT} and size <= 8:
            value = number(self.data, place, size)
            match name:
                case 0x2AD7B1:
                    self.scale = value
                case 0xE7:
                    self.cluster = value
                case 0xB0:
                    self.width = value
                case _:
                    self.height = value

    def _id(self, place: int) -> tuple[int, int]:
        """Behind an element's id, and the id."""
        first = number(self.data, place, 1)
        length = 9 - first.bit_length()
        if length > 4:
            raise Damaged("no element")
        return place + length, number(self.data, place, length)

    def _size(self, place: int) -> tuple[int | None, int]:
        """An element's size (None: left open), and where its content begins."""
        first = number(self.data, place, 1)
        length = 9 - first.bit_length()
        if length > 8:
            raise Damaged("no size")
        mask = (1 << 7 * length) - 1
        value = number(self.data, place, length) & mask
        return (None if value == mask else value), place + length


def read_webm(data: bytes) -> Recording:
    """The recording as it is. Its length is what its blocks reach to, whatever its head says, if that says less."""
    walk = _Walk(data)
    walk.run()
    for codec in walk.codecs:
        if codec not in _VIDEO_CODECS | _AUDIO_CODECS:
            raise Unplayable(codec.decode("latin-1"))
    if not walk.blocks or not _VIDEO_CODECS.intersection(walk.codecs):
        raise Unplayable("WebM")
    if not 0 <= walk.length < 1e12 or not 0 < walk.scale <= 10**9:
        raise Damaged("a length nobody can wait for")
    length = max(walk.length, walk.last) * walk.scale / 1e6
    return Recording(
        "video", "webm", "video/webm", int(length), _blanked(data, walk.tags), walk.width, walk.height
    )


def _blanked(data: bytes, tags: list[tuple[int, int]]) -> bytes:
    plain = bytearray(data)
    for place, size in tags:
        if size >= _VOID_HEAD:
            empty = b"\xec\x01" + (size - _VOID_HEAD).to_bytes(7, "big")
            plain[place : place + size] = empty + bytes(size - _VOID_HEAD)
    return bytes(plain)
