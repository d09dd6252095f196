"""MediaPipe's FaceLandmarker, read straight into arrays."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.components.containers.category_c import MpCategoryC
from mediapipe.tasks.python.components.containers.landmark_c import MpNormalizedLandmarkC
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.core.mediapipe_c_utils import handle_status
from mediapipe.tasks.python.vision.face_landmarker import MpFaceLandmarkerResultC
from numpy.typing import NDArray

_POINT = np.dtype(
    {
        "names": ["x", "y"],
        "formats": ["<f4", "<f4"],
        "offsets": [MpNormalizedLandmarkC.x.offset, MpNormalizedLandmarkC.y.offset],
        "itemsize": ctypes.sizeof(MpNormalizedLandmarkC),
    }
)
_SCORE = np.dtype(
    {
        "names": ["score"],
        "formats": ["<f4"],
        "offsets": [MpCategoryC.score.offset],
        "itemsize": ctypes.sizeof(MpCategoryC),
    }
)


@dataclass(frozen=True, slots=True)
class Landmarked:
    """A face: 478 x 2 landmarks as fractions of the frame, blendshape scores, 4 x 4 face-to-camera matrix."""

    points: NDArray[np.float64]
    shapes: Mapping[str, float]
    matrix: NDArray[np.float32]


class Landmarker:
    """The landmark task in image mode.

    MediaPipe's own conversion builds 478 Python objects a face, a tenth of the frame's whole cost; its C result
    holds the same numbers side by side. mediapipe is pinned to one version, and a test compares both ways.
    """

    def __init__(self, task: bytes, most_faces: int) -> None:
        # The model names its blendshapes in one order always: read once.
        self._names: tuple[str, ...] = ()
        self.task = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=task),
                num_faces=most_faces,
                output_face_blendshapes=True,
                output_facial_transformation_matrixes=True,
            )
        )

        # Past the wrapper that hands every call to a thread of its own: an analyser is used by one thread anyhow.
        self._library = self.task._lib._lib

    def detect(self, image: Any) -> list[Landmarked]:
        """Faces in a MediaPipe image, in the model's order."""
        result, message = MpFaceLandmarkerResultC(), ctypes.c_char_p()
        arguments = (self.task._handle, image._image_ptr, None, ctypes.byref(result), ctypes.byref(message))
        handle_status(self._library.MpFaceLandmarkerDetectImage(*arguments), message)
        try:
            if not self._names and result.face_landmarks_count:
                self._names = _names(result)
            return [_face(result, number, self._names) for number in range(result.face_landmarks_count)]
        finally:
            self._library.MpFaceLandmarkerCloseResult(ctypes.byref(result))

    def close(self) -> None:
        """Free the native model."""
        self.task.close()


def _names(result: Any) -> tuple[str, ...]:
    scores = result.face_blendshapes[0]
    return tuple(scores.categories[i].category_name.decode() for i in range(scores.categories_count))


def _face(result: Any, number: int, names: tuple[str, ...]) -> Landmarked:
    found, scores = result.face_landmarks[number], result.face_blendshapes[number]
    raw = ctypes.string_at(found.landmarks, found.landmarks_count * _POINT.itemsize)
    points = np.frombuffer(raw, dtype=_POINT)
    values = ctypes.string_at(scores.categories, scores.categories_count * _SCORE.itemsize)
    return Landmarked(
        points=np.column_stack((points["x"], points["y"])).astype(float),
        shapes=dict(zip(names, np.frombuffer(values, dtype=_SCORE)["score"].tolist(), strict=True)),
        matrix=result.facial_transformation_matrixes[number].to_numpy(),
    )
