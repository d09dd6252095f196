"""Where a picture file ends by its own account: bytes behind that are a second file riding on the first."""

import struct

_PADDING = b"\0\r\n "


def has_something_behind(data: bytes, kind: str) -> bool:
    """Whether a PNG, JPEG or WebP carries bytes behind its own end. Raises `ValueError` when it has no end."""
    end = {"PNG": _png_end, "JPEG": _jpeg_end, "WEBP": _webp_end}[kind](data)
    return bool(data[end:].strip(_PADDING))


def _png_end(data: bytes) -> int:
    place = 8
    while place + 12 <= len(data):
        name = data[place + 4 : place + 8]
        place += 12 + int(struct.unpack(">I", data[place : place + 4])[0])
        if name == b"IEND":
            return place
    raise ValueError("no IEND")


def _webp_end(data: bytes) -> int:
    length = int(struct.unpack("<I", data[4:8])[0])
    if 8 + length > len(data):
        raise ValueError("shorter than it says")
    return 8 + length + length % 2


def _jpeg_end(data: bytes) -> int:
    """Walk the segments; within the scan, FF 00 and restart marks are data (ITU-T T.81, B.1.1.2)."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise ValueError("no marker")
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            return place + 2
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
        if marker == 0xDA:
            place = _scan_end(data, place)
    if data[place : place + 2] == b"\xff\xd9":
        return place + 2
    raise ValueError("no end of image")


def _scan_end(data: bytes, place: int) -> int:
    while True:
        place = data.index(b"\xff", place)
        following = data[place + 1 : place + 2]
        if following and following != b"\0" and not b"\xd0" <= following <= b"\xd7" and following != b"\xff":
            return place
        if not following:
            raise ValueError("ends within the scan")
        place += 1 if following == b"\xff" else 2
