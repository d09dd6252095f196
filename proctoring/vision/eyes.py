"""What the eyes show: where the irises stand between the corners and lids, and whether they are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Landmark numbers of MediaPipe's face mesh: corner on the image's left, corner on its right, upper and lower lid,
# centre of the iris; first the eye on the image's left.
EYES = ((33, 133, 159, 145, 468), (362, 263, 386, 374, 473))
LOOKS = tuple(f"eyeLook{way}{side}" for side in ("Left", "Right") for way in ("In", "Out", "Up", "Down"))


@dataclass(frozen=True, slots=True)
class EyeMeasure:
    """One eye, all in widths of the eye: iris offset to the image's right and upward, and lid opening."""

    right: float
    up: float
    opening: float


def measure_eyes(points: NDArray[Any]) -> tuple[EyeMeasure, EyeMeasure]:
    """Both eyes from landmarks in pixels, an array of 478 x 2."""
    first, second = (_measure(points[list(numbers)]) for numbers in EYES)
    return first, second


def _measure(eye: NDArray[Any]) -> EyeMeasure:
    left, right, upper, lower, iris = eye
    axis = right - left
    width = max(float(np.hypot(*axis)), 1e-6)
    along = axis / width
    upward = np.array([along[1], -along[0]])
    offset = (iris - (left + right) / 2) / width
    opening = float((upper - lower) @ upward) / width
    return EyeMeasure(float(offset @ along), float(offset @ upward), opening)


def gaze_features(eyes: tuple[EyeMeasure, EyeMeasure], shapes: Mapping[str, float]) -> tuple[float, ...]:
    """Fourteen numbers for the fit: iris offsets and openings of both eyes, then the eight look blendshapes.

    Head angles are left out: adding them makes a five-point fit worse.
    """
    irises = tuple(value for eye in eyes for value in (eye.right, eye.up, eye.opening))
    return irises + tuple(shapes.get(name, 0.0) for name in LOOKS)
