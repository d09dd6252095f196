"""The BlazeFace detector from the same model file, run alone: it still sees turned heads."""

from __future__ import annotations

from typing import Any

from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions

from proctoring.observation import FaceBox

# At 0.4 the detector finds 71 of 76 turned heads that the landmarks lose; empty rooms reach it rarely, and then
# often with several boxes at once, so a further face needs more.
FIRST_CONFIDENCE = 0.4
FURTHER_CONFIDENCE = 0.55


class Detector:
    """The short-range face detector in image mode."""

    def __init__(self, tflite: bytes) -> None:
        self.task = vision.FaceDetector.create_from_options(
            vision.FaceDetectorOptions(
                base_options=BaseOptions(model_asset_buffer=tflite),
                min_detection_confidence=FIRST_CONFIDENCE,
            )
        )

    def detect(self, image: Any, known: list[FaceBox]) -> list[FaceBox]:
        """Faces in a MediaPipe image that are not among `known`, surest first."""
        found = sorted(
            (
                (item.categories[0].score, _box(item.bounding_box, image))
                for item in self.task.detect(image).detections
            ),
            key=lambda pair: -pair[0],
        )
        fresh = [(score, box) for score, box in found if not any(same_face(box, other) for other in known)]
        return [
            box
            for place, (score, box) in enumerate(fresh)
            if score >= FURTHER_CONFIDENCE or (place == 0 and not known)
        ]

    def close(self) -> None:
        """Free the native model."""
        self.task.close()


def _box(pixels: Any, image: Any) -> FaceBox:
    return FaceBox(
        pixels.origin_x / image.width,
        pixels.origin_y / image.height,
        pixels.width / image.width,
        pixels.height / image.height,
    )


def same_face(one: FaceBox, other: FaceBox) -> bool:
    """Whether the centre of either lies in the other: the two models draw their boxes differently."""
    return _holds(one, other) or _holds(other, one)


def _holds(box: FaceBox, inner: FaceBox) -> bool:
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
