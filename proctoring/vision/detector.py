"""The BlazeFace detector of the model file: one look at a frame serves the landmarks and the count of people."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, exp, log
from operator import mul

import cv2
import numpy as np
from numpy.typing import NDArray

from proctoring.observation import FaceBox
from proctoring.vision.network import Network
from proctoring.vision.region import Cutter, Image, Region

# The network's input, and its anchors: each place of two grids over it, as often as given.
SIDE = 128
GRIDS = ((16, 2), (8, 6))
# As in MediaPipe's FaceLandmarker: the region of the landmarks is so much larger than the detector's box.
REGION_SCALE = 1.5


@dataclass(frozen=True, slots=True)
class Found:
    """A face, or a candidate for one, of `score` 0-1.

    `place` is left, top, right, bottom, then x and y of the eye on the image's left and of the other; in pixels.
    """

    score: float
    place: tuple[float, ...]

    def region(self) -> Region:
        """Where its landmarks are looked for: turned as the line of the eyes is."""
        left, top, right, bottom, x0, y0, x1, y1 = self.place
        width, height = (right - left) * REGION_SCALE, (bottom - top) * REGION_SCALE
        return Region((left + right) / 2, (top + bottom) / 2, width, height, atan2(y1 - y0, x1 - x0))

    def box(self, width: int, height: int) -> FaceBox:
        """Its place in a frame of this size, as fractions."""
        left, top, right, bottom, *_ = self.place
        return FaceBox(left / width, top / height, (right - left) / width, (bottom - top) / height)

    def overlap(self, other: Found) -> float:
        """Intersection over union of the boxes."""
        left, top, right, bottom, *_ = self.place
        left2, top2, right2, bottom2, *_ = other.place
        across, down = min(right, right2) - max(left, left2), min(bottom, bottom2) - max(top, top2)
        if across <= 0 or down <= 0:
            return 0.0
        shared = across * down
        return shared / ((right - left) * (bottom - top) + (right2 - left2) * (bottom2 - top2) - shared)


class Detector:
    """The short-range face detector. Not for several threads at once."""

    def __init__(self, tflite: bytes, least: float) -> None:
        """Candidates below `least` (0-1) are dropped. Raises `ValueError` for bytes that are no such network."""
        self._network = Network(tflite, ("classificators", "regressors"))
        self._cutter = Cutter(SIDE, cv2.BORDER_CONSTANT, -1.0, 1.0)
        self._least = log(least / (1 - least))

    def look(self, bgr: Image) -> list[Found]:
        """Candidates in a whole frame (height x width x 3), surest first; a face has many, which `faces` joins."""
        height, width = bgr.shape[:2]
        side = max(height, width)
        # A square around the frame: what is beyond its edges is black.
        self._cutter.cut(bgr, Region(width / 2, height / 2, side, side), self._network.input())
        logits, raw = self._network.run()
        likely = np.flatnonzero(logits[0, :, 0] >= self._least)
        scale, x, y = side / SIDE, (width - side) / 2, (height - side) / 2
        rows = zip(
            logits[0, likely, 0].tolist(), raw[0, likely, :8].tolist(), ANCHORS[likely].tolist(), strict=True
        )
        # A box turned inside out is none.
        found = [_candidate(*row, scale, x, y) for row in rows if min(row[1][2:4]) > 0]
        return sorted(found, key=lambda each: -each.score)


def faces(candidates: list[Found], least: float, overlap: float) -> list[Found]:
    """Faces of at least `least`, surest first: candidates that overlap the surest by more than `overlap` are one.

    Its place is their mean, weighted by the scores (the weighted non-maximum suppression of BlazeFace, Bazarevsky
    et al. 2019). `candidates` are in the order that `Detector.look` gives.
    """
    left = [each for each in candidates if each.score >= least]
    found = []
    while left:
        first, *rest = left
        one, left = [first], []
        for each in rest:
            (one if each.overlap(first) > overlap else left).append(each)
        weights = [each.score for each in one]
        columns = zip(*(each.place for each in one), strict=True)
        total = sum(weights)
        found.append(Found(first.score, tuple(sum(map(mul, weights, column)) / total for column in columns)))
    return found


def _candidate(
    logit: float, raw: list[float], anchor: list[float], scale: float, x: float, y: float
) -> Found:
    """What the network says of one anchor, in its own pixels from there: centre, size, both eyes."""
    x, y = x + anchor[0] * scale, y + anchor[1] * scale
    across, down, width, height, x0, y0, x1, y1 = (each * scale for each in raw)
    left, top = x + across - width / 2, y + down - height / 2
    return Found(
        1 / (1 + exp(-logit)), (left, top, left + width, top + height, x + x0, y + y0, x + x1, y + y1)
    )


def _anchors() -> NDArray[np.float64]:
    grids = []
    for side, each in GRIDS:
        steps = (np.arange(side) + 0.5) * (SIDE / side)
        grids.append(np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2).repeat(each, axis=0))
    return np.concatenate(grids)


ANCHORS = _anchors()
