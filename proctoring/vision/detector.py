"""The BlazeFace detector from the same model file, run alone: it still sees turned heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions
from numpy.typing import NDArray

from proctoring.observation import FaceBox

# At 0.4 the detector finds 71 of 76 turned heads that the landmarks lose; empty rooms reach it rarely, and then
# often with several boxes at once, so a further face needs more.
FIRST_CONFIDENCE = 0.4
FURTHER_CONFIDENCE = 0.55
# The five heads it misses (bent back, in dark glasses) reach 0.58 when the frame's margins are cut off, while
# empty rooms stay below 0.5.
MARGIN = 0.1
MIDDLE_CONFIDENCE = 0.5


class Detector:
    """The short-range face detector in image mode."""

    def __init__(self, tflite: bytes) -> None:
        self.task = vision.FaceDetector.create_from_options(
            vision.FaceDetectorOptions(
                base_options=BaseOptions(model_asset_buffer=tflite),
                min_detection_confidence=FIRST_CONFIDENCE,
            )
        )

    def detect(self, rgb: NDArray[np.uint8], known: Sequence[FaceBox]) -> list[FaceBox]:
        """Faces in `rgb` that are not among `known`, surest first; with none known, also a closer look."""
        fresh = [
            (score, box)
            for score, box in self._boxes(rgb)
            if not any(same_face(box, other) for other in known)
        ]
        found = [
            box
            for place, (score, box) in enumerate(fresh)
            if score >= FURTHER_CONFIDENCE or (place == 0 and not known)
        ]
        return found or ([] if known else self._in_the_middle(rgb))

    def _in_the_middle(self, rgb: NDArray[np.uint8]) -> list[FaceBox]:
        height, width = rgb.shape[:2]
        top, left = int(height * MARGIN), int(width * MARGIN)
        middle = np.ascontiguousarray(rgb[top : height - top, left : width - left])
        share = 1 - 2 * MARGIN
        return [
            FaceBox(MARGIN + box.x * share, MARGIN + box.y * share, box.width * share, box.height * share)
            for score, box in self._boxes(middle)[:1]
            if score >= MIDDLE_CONFIDENCE
        ]

    def _boxes(self, rgb: NDArray[np.uint8]) -> list[tuple[float, FaceBox]]:
        image = mp.Image(mp.ImageFormat.SRGB, rgb)
        found = [
            (float(item.categories[0].score), _box(item.bounding_box, image.width, image.height))
            for item in self.task.detect(image).detections
        ]
        return sorted(found, key=lambda pair: -pair[0])

    def close(self) -> None:
        """Free the native model."""
        self.task.close()


def _box(pixels: Any, width: int, height: int) -> FaceBox:
    return FaceBox(
        pixels.origin_x / width, pixels.origin_y / height, pixels.width / width, pixels.height / height
    )


def same_face(one: FaceBox, other: FaceBox) -> bool:
    """Whether the centre of either lies in the other: the two models draw their boxes differently."""
    return _holds(one, other) or _holds(other, one)


def _holds(box: FaceBox, inner: FaceBox) -> bool:
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
