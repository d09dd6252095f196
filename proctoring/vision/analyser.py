"""One frame in, one observation out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions
from numpy.typing import NDArray

from proctoring.attention import judge_attention
from proctoring.observation import Eyes, FaceBox, Observation
from proctoring.policy import Policy, load_policy
from proctoring.vision.eyes import gaze_features, measure_eyes
from proctoring.vision.light import measure_light, quality_of
from proctoring.vision.model_file import Model, ModelError
from proctoring.vision.pose import head_angles

Image = NDArray[np.uint8]

# More faces than this are counted by the detector alone: how many matters little beyond two.
MOST_LANDMARKED = 3
DETECTOR_CONFIDENCE = 0.4
CLOSED_BLINK = 0.55
# Degrees of gaze for an iris offset of one eye width, before any calibration.
DEGREES_PER_OFFSET = 90.0


class FaceAnalyser:
    """The face model, loaded. Not for several threads at once; one for each worker process.

    `second_look` runs the detector alone also when one face was found, for people whose landmarks are lost.
    """

    def __init__(self, model: Model, policy: Policy | None = None) -> None:
        self._policy = policy or load_policy()
        try:
            self._landmarker = _landmarker(model.task)
            self._detector = _detector(model.detector)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"The face model {model.path} cannot be loaded: {error}") from error

    def analyse(self, bgr: Image, t: float = 0.0, *, second_look: bool = False) -> Observation:
        """What `bgr` (height x width x 3, 8 bit) shows; `t` is passed on, in seconds."""
        image = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))
        found = self._landmarker.detect(image)
        boxes = [_box(face) for face in found.face_landmarks]
        alone: list[FaceBox] = []
        if not boxes or second_look:
            alone = [box for box in self._detect(image) if not any(_same(box, known) for known in boxes)]
        seen = Observation(t=t, faces=len(boxes) + len(alone))
        if boxes:
            largest = max(range(len(boxes)), key=lambda i: boxes[i].width * boxes[i].height)
            seen = _with_face(seen, found, largest, bgr.shape, boxes[largest])
        elif alone:
            seen = replace(seen, face_box=max(alone, key=lambda box: box.width * box.height))
        return self._judged(_with_light(seen, bgr))

    def _judged(self, seen: Observation) -> Observation:
        return replace(seen, attention=judge_attention(seen, self._policy.attention))

    def _detect(self, image: Any) -> list[FaceBox]:
        width, height = image.width, image.height
        return [
            FaceBox(
                found.bounding_box.origin_x / width,
                found.bounding_box.origin_y / height,
                found.bounding_box.width / width,
                found.bounding_box.height / height,
            )
            for found in self._detector.detect(image).detections
        ]

    def close(self) -> None:
        """Free the native models."""
        self._landmarker.close()
        self._detector.close()

    def __enter__(self) -> FaceAnalyser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _landmarker(task: bytes) -> Any:
    return vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=task),
            num_faces=MOST_LANDMARKED,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
    )


def _detector(tflite: bytes) -> Any:
    return vision.FaceDetector.create_from_options(
        vision.FaceDetectorOptions(
            base_options=BaseOptions(model_asset_buffer=tflite), min_detection_confidence=DETECTOR_CONFIDENCE
        )
    )


def _box(landmarks: Sequence[Any]) -> FaceBox:
    xs = [point.x for point in landmarks]
    ys = [point.y for point in landmarks]
    return FaceBox(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _same(one: FaceBox, other: FaceBox) -> bool:
    """Whether the centre of either lies in the other: the two models draw their boxes differently."""
    return _holds(one, other) or _holds(other, one)


def _holds(box: FaceBox, inner: FaceBox) -> bool:
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def _with_face(
    seen: Observation, found: Any, largest: int, shape: tuple[int, ...], box: FaceBox
) -> Observation:
    height, width = shape[:2]
    points = np.array([(p.x * width, p.y * height) for p in found.face_landmarks[largest]])
    shapes = {shape.category_name: shape.score for shape in found.face_blendshapes[largest]}
    yaw, pitch, roll = head_angles(found.facial_transformation_matrixes[largest])
    eyes = measure_eyes(points)
    closed = min(shapes["eyeBlinkLeft"], shapes["eyeBlinkRight"]) > CLOSED_BLINK
    seen = replace(
        seen, yaw=yaw, pitch=pitch, roll=roll, face_box=box, eyes=Eyes.CLOSED if closed else Eyes.OPEN
    )
    if closed:
        return seen
    gaze_yaw = yaw + DEGREES_PER_OFFSET * (eyes[0].right + eyes[1].right) / 2
    gaze_pitch = pitch + DEGREES_PER_OFFSET * (eyes[0].up + eyes[1].up) / 2
    return replace(seen, gaze_yaw=gaze_yaw, gaze_pitch=gaze_pitch, gaze_features=gaze_features(eyes, shapes))


def _with_light(seen: Observation, bgr: Image) -> Observation:
    light = measure_light(bgr, seen.face_box)
    return replace(
        seen,
        brightness=light.brightness,
        contrast=light.contrast,
        sharpness=light.sharpness,
        quality=quality_of(light, seen.face_box),
    )
