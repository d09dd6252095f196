"""What the walk through a container finds, and how it says that there is none."""

from collections.abc import Iterator
from dataclasses import dataclass


class Damaged(ValueError):
    """The container begins as one of its kind and does not go on or end as one."""


class Polyglot(ValueError):
    """The container ends, and the file goes on."""


class Unplayable(ValueError):
    """A sound container, but what it holds is nothing that every browser plays; the message names it."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound (`audio`) or film (`video`): bytes to keep, their type and ending, milliseconds, and pixels of a film.

    `data` is the file without what says more than the recording itself: names, places, pictures.
    """

    kind: str
    ending: str
    media_type: str
    duration_ms: int
    data: bytes
    width: int = 0
    height: int = 0


def whole(data: bytes, start: int, length: int) -> bytes:
    """`length` bytes from `start`; raises `Damaged` where there are fewer."""
    if start < 0 or length < 0 or start + length > len(data):
        raise Damaged("cut off")
    return data[start : start + length]


def number(data: bytes, start: int, length: int) -> int:
    """A big-endian unsigned number."""
    return int.from_bytes(whole(data, start, length), "big")


def little(data: bytes, start: int, length: int) -> int:
    """A little-endian unsigned number."""
    return int.from_bytes(whole(data, start, length), "little")


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, begin and end of the content of each ISO box from `start` to just `end` (ISO/IEC 14496-12, 4.2)."""
    while start < end:
        size, name, head = number(data, start, 4), whole(data, start + 4, 4), 8
        if size == 1:
            size, head = number(data, start + 8, 8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise Damaged("a box larger than what holds it")
        yield name, start + head, start + size
        start += size
