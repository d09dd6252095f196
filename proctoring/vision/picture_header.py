"""Reading a JPEG's header, so that a bomb is refused before it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

START, END = b"\xff\xd8", b"\xff\xd9"
# Frame headers (SOF): all C0-CF but the Huffman table, the reserved one and the arithmetic conditioning.
FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
SCAN = 0xDA
# Cameras pad a little after the end marker; more than this is another file glued on.
MOST_PADDING = 16


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """A JPEG's own size; `complete` when its end marker closes the data."""

    width: int
    height: int
    complete: bool

    @property
    def pixels(self) -> int:
        """Width times height."""
        return self.width * self.height


def jpeg_header(data: bytes) -> PictureHeader | None:
    """The header of a JPEG, or None when `data` is none (or one without a size or a scan)."""
    if not data.startswith(START):
        return None
    size: tuple[int, int] | None = None
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in STANDALONE:
            at += 2
            continue
        if marker == SCAN:
            break
        if marker in FRAME_MARKERS:
            size = _size(data, at)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    if size is None or 0 in size:
        return None
    return PictureHeader(*size, complete=END in data[-MOST_PADDING:])


def _size(data: bytes, at: int) -> tuple[int, int] | None:
    if at + 9 > len(data):
        return None
    height = int.from_bytes(data[at + 5 : at + 7], "big")
    width = int.from_bytes(data[at + 7 : at + 9], "big")
    return width, height
