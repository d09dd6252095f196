"""The landmarks of a face, and what its eyes do, by the two further networks of the model file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, hypot
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from proctoring.vision.detector import Found, faces
from proctoring.vision.network import Network
from proctoring.vision.region import Cutter, Image, Region

SIDE = 256
# As in MediaPipe's FaceLandmarker: what the detector must be sure of, boxes of one face, a face in the landmarks.
DETECTED, OVERLAP, PRESENT = 0.5, 0.5, 0.5
# The outputs' names in the file: 478 x 3 landmarks, the logit of a face being there, 52 blendshapes.
LANDMARKS, PRESENCE, BLENDSHAPES = "Identity", "Identity_1", "StatefulPartitionedCall:0"
# The landmarks that the blendshape network reads (its model card, "MediaPipe BlendShape V2", 2022).
READ = np.fromstring(
    "0 1 4 5 6 7 8 10 13 14 17 21 33 37 39 40 46 52 53 54 55 58 61 63 65 66 67 70 78 80 81 82 84 87 88 91 93 95 "
    "103 105 107 109 127 132 133 136 144 145 146 148 149 150 152 153 154 155 157 158 159 160 161 162 163 168 172 "
    "173 176 178 181 185 191 195 197 234 246 249 251 263 267 269 270 276 282 283 284 285 288 291 293 295 296 297 "
    "300 308 310 311 312 314 317 318 321 323 324 332 334 336 338 356 361 362 365 373 374 375 377 378 379 380 381 "
    "382 384 385 386 387 388 389 390 397 398 400 402 405 409 415 454 466 468 469 470 471 472 473 474 475 476 477",
    dtype=np.intp,
    sep=" ",
)
# Those of its outputs that speak of the eyes, from number 9 on.
EYE_SHAPES = tuple(
    f"eye{what}{side}"
    for what in ("Blink", "LookDown", "LookIn", "LookOut", "LookUp")
    for side in ("Left", "Right")
)
EYES = slice(9, 9 + len(EYE_SHAPES))


@dataclass(frozen=True, slots=True)
class Landmarked:
    """A face's 478 x 3 landmarks: x and y as fractions of the frame, z (toward the camera < 0) on the scale of x."""

    points: NDArray[np.float32]


class Landmarker:
    """What MediaPipe's FaceLandmarker does, given the detector's look at the frame. Not for several threads at once."""

    def __init__(self, landmarks: bytes, blendshapes: bytes, most_faces: int) -> None:
        """Raises `ValueError` for bytes that are no such networks."""
        self._landmarks = Network(landmarks, (LANDMARKS, PRESENCE))
        self._blendshapes = Network(blendshapes, (BLENDSHAPES,))
        self._cutter = Cutter(SIDE, cv2.BORDER_REPLICATE, 0.0, 1.0)
        self._most_faces = most_faces

    def faces(self, bgr: Image, candidates: list[Found]) -> list[Landmarked]:
        """Those faces among the detector's `candidates` in `bgr` whose landmarks are sure, surest detection first."""
        regions = [found.region() for found in faces(candidates, DETECTED, OVERLAP)[: self._most_faces]]
        return [face for region in regions if (face := self._face(bgr, region)) is not None]

    def eye_shapes(self, points: NDArray[Any]) -> Mapping[str, float]:
        """The blendshape scores (0-1) named in `EYE_SHAPES`, from 478 x 2 landmarks in pixels."""
        self._blendshapes.input()[:] = points[READ]
        (scores,) = self._blendshapes.run()
        return dict(zip(EYE_SHAPES, scores[EYES].tolist(), strict=True))

    def _face(self, bgr: Image, region: Region) -> Landmarked | None:
        self._cutter.cut(bgr, region, self._landmarks.input())
        landmarks, presence = self._landmarks.run()
        if 1 / (1 + exp(-float(presence.item()))) <= PRESENT:
            return None
        height, width = bgr.shape[:2]
        to_frame = np.zeros((3, 4))
        to_frame[:2, (0, 1, 3)] = region.to_frame(SIDE) / ((width,), (height,))
        # Depth is on the scale of the region's upper edge, measured in fractions of the frame.
        to_frame[2, 2] = hypot(to_frame[0, 0], to_frame[1, 0])
        return Landmarked(cv2.transform(landmarks.reshape(-1, 1, 3), to_frame)[:, 0])
