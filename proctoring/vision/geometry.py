"""How the head stands: MediaPipe's canonical face, turned until it fits the landmarks."""

from __future__ import annotations

from math import radians, tan
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from proctoring.vision.canonical_face import CanonicalFace

Array = NDArray[np.float64]

# MediaPipe's camera sees 63 degrees from the picture's lower edge to its upper one.
HALF_HEIGHT = tan(radians(63) / 2)


class Geometry:
    """The head's rotation in MediaPipe's FaceLandmarker, from its landmarks."""

    def __init__(self, face: CanonicalFace) -> None:
        self._vertices, self._numbers = len(face.vertices), face.numbers
        weights = face.weights / face.weights.sum()
        shape = face.vertices[face.numbers]
        self._centred = (shape - weights @ shape) * weights[:, None]

    def rotation(self, points: NDArray[Any], width: int, height: int) -> Array:
        """3 x 3, from the canonical face to the camera's space: x to the image's right, y up, z toward the camera.

        `points` are 478 x 3 landmarks (fractions of a frame of width x height; z on the scale of x). Each lies on a
        ray from the camera, as deep as its z says around the mesh's mean depth of 1. MediaPipe also estimates the
        face's size; it scales all of this alike and turns nothing.
        """
        up = 2 * HALF_HEIGHT
        across = up * width / height
        basis = points[self._numbers]
        # Of the mesh alone: the irises have no vertices.
        mean = points[: self._vertices, 2].mean()
        depth = 1 + across * (basis[:, 2] - mean)
        rays = basis * (across, -up, 0) + (-across / 2, up / 2, -1)
        return _turn((rays * depth[:, None]).T @ self._centred)


def _turn(design: Array) -> Array:
    """The rotation nearest to `design` (3 x 3, target times centred and weighted source), without reflection.

    Orthogonal Procrustes: Gower & Dijksterhuis (2004), 4.6.
    """
    _, left, right = cv2.SVDecomp(design)
    (a, b, c), (d, e, f), (g, h, i) = (left @ right).tolist()
    if (b * f - c * e) * g + (c * d - a * f) * h + (a * e - b * d) * i < 0:
        left[:, 2] *= -1
    return left @ right  # type: ignore[no-any-return]
