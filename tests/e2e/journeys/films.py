"""What the cameras see: published footage of people, and for pictures that are shown to others a portrait we drew."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from tests.support.footage import (
    CHROMIUM_RATE,
    SIZE,
    Picture,
    drawn_film,
    empty,
    face,
    film_of,
    several,
    write_mjpeg,
)
from tests.support.kept import cache_folder, kept
from tests.support.portrait import WALL, draw_portrait

FPS = 5


def _film(name: str, pictures: Callable[[], Iterator[Picture]]) -> Path:
    return kept(cache_folder() / f"{name}.mjpeg", lambda draft: write_mjpeg(draft, pictures()))


def honest() -> Path:
    """One person who looks at the screen."""
    return _film("sitting_honest", lambda: film_of([face(6)], FPS))


def face_leaves() -> Path:
    """One person, then for 24 seconds nobody, then the person again."""
    return _film("sitting_face_leaves", lambda: film_of([face(16), empty(24), face(6)], FPS))


def second_face() -> Path:
    """One person, then several."""
    return _film("sitting_second_face", lambda: film_of([face(8), several(20)], FPS))


def drawn() -> Path:
    """A portrait of nobody, slightly moving."""
    return _film("drawn_face", drawn_film)


def drawn_leaves() -> Path:
    """The drawn portrait, then for 24 seconds the empty wall."""
    return _film("sitting_drawn_leaves", lambda: _drawn_leaving(16, 24))


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
