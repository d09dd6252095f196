"""How good a frame is: light, contrast, sharpness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from proctoring.observation import FaceBox

# Every eighth pixel is enough for light and costs next to nothing.
STRIDE = 8
FACE_SIZE = 160
# Values at which each part of quality is full; found on pictures blurred and darkened step by step.
FULL_SHARPNESS = 40.0
GOOD_SHARPNESS = 0.5
FULL_BRIGHTNESS = 0.25
FULL_FACE = 0.2


@dataclass(frozen=True, slots=True)
class Light:
    """Mean and spread of grey over the frame, sharpness and brightness over the face (or frame); all 0-1."""

    brightness: float
    contrast: float
    sharpness: float
    face_brightness: float


def measure_light(frame: NDArray[Any], face: FaceBox | None) -> Light:
    """Measure a BGR frame of 8 bit."""
    brightness, contrast = _mean_and_spread(grey_of(np.ascontiguousarray(frame[::STRIDE, ::STRIDE])))
    face_grey = grey_of(_crop(frame, face))
    face_part = cv2.resize(face_grey, (FACE_SIZE, FACE_SIZE), interpolation=cv2.INTER_LINEAR)
    _, edges = _mean_and_spread(cv2.Laplacian(face_part, cv2.CV_16S))
    light = float(cv2.mean(face_part)[0]) / 255
    # Edges fade with the light, blurred or not: compare them with the light that there is.
    sharpness = min(1.0, edges / FULL_SHARPNESS / max(light, 0.05))
    return Light(brightness / 255, contrast / 255, sharpness, light)


def grey_of(bgr: NDArray[Any]) -> NDArray[np.uint8]:
    """BGR pixels (rows x columns x 3) as grey ones: only those that are looked at, never the whole frame."""
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)  # type: ignore[no-any-return]


def _mean_and_spread(grey: NDArray[Any]) -> tuple[float, float]:
    mean, spread = cv2.meanStdDev(grey)
    return float(mean[0, 0]), float(spread[0, 0])


def quality_of(light: Light, face: FaceBox | None) -> float:
    """0-1: the product of light, sharpness and the face's size; without a face, of light and sharpness."""
    lit = min(1.0, light.face_brightness / FULL_BRIGHTNESS)
    sharp = min(1.0, light.sharpness / GOOD_SHARPNESS)
    size = 1.0 if face is None else min(1.0, (face.height / FULL_FACE) ** 0.5)
    return max(0.0, min(1.0, lit * sharp * size))


def _crop(frame: NDArray[Any], face: FaceBox | None) -> NDArray[Any]:
    if face is None:
        return frame
    height, width = frame.shape[:2]
    top, left = max(0, int(face.y * height)), max(0, int(face.x * width))
    bottom, right = int((face.y + face.height) * height), int((face.x + face.width) * width)
    crop = frame[top : max(bottom, top + 1), left : max(right, left + 1)]
    return crop if crop.size else frame
