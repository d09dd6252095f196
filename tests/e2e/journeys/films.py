"""What the cameras see: published footage of people, and for pictures that are shown to others a portrait we drew."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.support.footage import (
    CHROMIUM_RATE,
    SIZE,
    Picture,
    Segment,
    cache_folder,
    drawn_face_mjpeg,
    empty,
    face,
    make_mjpeg,
    several,
    write_mjpeg,
)
from tests.support.portrait import WALL, draw_portrait

FPS = 5


def _kept(name: str, segments: list[Segment]) -> Path:
    path = cache_folder() / f"{name}.mjpeg"
    return path if path.exists() else make_mjpeg(name, segments, FPS)


def honest() -> Path:
    """One person who looks at the screen."""
    return _kept("sitting_honest", [face(6)])


def face_leaves() -> Path:
    """One person, then for 24 seconds nobody, then the person again."""
    return _kept("sitting_face_leaves", [face(16), empty(24), face(6)])


def second_face() -> Path:
    """One person, then several."""
    return _kept("sitting_second_face", [face(8), several(20)])


def drawn() -> Path:
    """A portrait of nobody, slightly moving."""
    path = cache_folder() / "drawn_face.mjpeg"
    return path if path.exists() else drawn_face_mjpeg()


def drawn_leaves() -> Path:
    """The drawn portrait, then for 24 seconds the empty wall."""
    path = cache_folder() / "sitting_drawn_leaves.mjpeg"
    return path if path.exists() else write_mjpeg(path, _drawn_leaving(16, 24))


def _drawn_leaving(there: int, gone: int) -> Iterator[Picture]:
    portraits = [draw_portrait(moment / (4 * FPS), SIZE) for moment in range(4 * FPS)]
    for number in range(there * FPS):
        yield from [portraits[number % len(portraits)]] * (CHROMIUM_RATE // FPS)
    width, height = SIZE
    # A wall is lit from one side: a picture of one colour alone would be taken for a covered lens.
    light = np.linspace(0.75, 1.0, width)[None, :, None]
    wall = (np.full((height, width, 3), WALL) * light).astype(np.uint8)
    wall[:, 60:240] = (wall[:, 60:240] * 0.82).astype(np.uint8)
    for _ in range(gone * CHROMIUM_RATE):
        yield wall
