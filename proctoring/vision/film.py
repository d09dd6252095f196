"""Frames of a film file at steps of time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import cv2
import numpy as np
from numpy.typing import NDArray

from proctoring.vision.decode import MOST_PIXELS

SUFFIXES = frozenset({".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mjpeg", ".mpg", ".mpeg"})
MOST_RATE = 1000.0


class UnreadableFilmError(ValueError):
    """A film that cannot be used; the message says why."""


class Film:
    """An open film. `rate` is in frames a second; close it, or use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise UnreadableFilmError("not a film, or damaged")
        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        self.rate = rate if 0 < rate <= MOST_RATE else 25.0
        self._passed = 0
        size = self._capture.get(cv2.CAP_PROP_FRAME_WIDTH) * self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
        if size > MOST_PIXELS:
            self.close()
            raise UnreadableFilmError(f"more than {MOST_PIXELS} pixels a frame")

    @property
    def seconds_passed(self) -> float:
        """Length of what has been read so far; after `frames` is exhausted, of the film."""
        return self._passed / self.rate

    def frames(self, every: float) -> Iterator[tuple[float, NDArray[np.uint8]]]:
        """Time in seconds and picture (BGR), the first at 0, then one each `every` seconds.

        Frames between are skipped without being converted. Raises `UnreadableFilmError` when not one decodes.
        """
        due = 0
        while self._capture.grab():
            now = self.seconds_passed
            self._passed += 1
            # Half a frame of slack: otherwise rounding would now and then skip to the frame after.
            if now < due * every - 0.5 / self.rate:
                continue
            whole, picture = self._capture.retrieve()
            if whole and picture is not None:
                due = int((now + 0.5 / self.rate) / every) + 1
                yield now, np.asarray(picture, dtype=np.uint8)
        if due == 0:
            raise UnreadableFilmError("it holds no frame that can be read")

    def close(self) -> None:
        """Free the file."""
        self._capture.release()

    def __enter__(self) -> Film:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
