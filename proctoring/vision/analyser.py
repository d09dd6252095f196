"""One frame in, one observation out."""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType

import cv2
import mediapipe as mp
import numpy as np
from numpy.typing import NDArray

from proctoring.attention import judge_attention
from proctoring.observation import Eyes, FaceBox, Observation
from proctoring.policy import Policy, load_policy
from proctoring.vision.detector import Detector
from proctoring.vision.eyes import eyes_state, gaze_features, measure_eyes, plain_gaze
from proctoring.vision.landmarker import Landmarked, Landmarker
from proctoring.vision.light import Light, measure_light, quality_of
from proctoring.vision.model_file import Model, ModelError
from proctoring.vision.pose import head_angles

Image = NDArray[np.uint8]

# More faces than this are counted by the detector alone: how many matters little beyond two.
MOST_LANDMARKED = 3
GAZE_SHARPNESS = 0.3
GAZE_BRIGHTNESS = 0.1
GAZE_FACE_PIXELS = 140


class FaceAnalyser:
    """The face model, loaded. Not for several threads at once: one for each worker process."""

    def __init__(self, model: Model, policy: Policy | None = None) -> None:
        self._policy = policy or load_policy()
        self._rgb, self._grey = np.empty((0, 0, 3), np.uint8), np.empty((0, 0), np.uint8)
        try:
            self._landmarker = Landmarker(model.task, MOST_LANDMARKED)
            self._detector = Detector(model.detector)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"The face model {model.path} cannot be loaded: {error}") from error

    def analyse(self, bgr: Image, t: float = 0.0, *, second_look: bool = False) -> Observation:
        """What `bgr` (height x width x 3, 8 bit) shows; `t` is passed on, in seconds.

        The detector runs alone when no landmarks are found, and with `second_look` always, for people beside
        the first whose landmarks are lost.
        """
        rgb, grey = self._converted(bgr)
        faces = self._landmarker.detect(mp.Image(mp.ImageFormat.SRGB, rgb))
        boxes = [_box(face) for face in faces]
        alone = self._detector.detect(rgb, boxes) if second_look or not faces else []
        # A face with landmarks speaks for the frame even beside a larger one that only the detector finds.
        largest = max(boxes or alone, key=_area, default=None)
        light = measure_light(grey, largest)
        seen = Observation(
            t=t,
            faces=len(faces) + len(alone),
            face_box=largest,
            quality=quality_of(light, largest),
            brightness=light.brightness,
            contrast=light.contrast,
            sharpness=light.sharpness,
        )
        if faces and largest is not None:
            seen = _with_face(seen, faces[boxes.index(largest)], grey, light)
        return replace(seen, attention=judge_attention(seen, self._policy.attention))

    def _converted(self, bgr: Image) -> tuple[Image, Image]:
        """The frame as RGB and grey, in buffers used again: fresh ones cost more than the conversion."""
        if self._rgb.shape != bgr.shape:
            self._rgb, self._grey = np.empty_like(bgr, order="C"), np.empty(bgr.shape[:2], np.uint8)
        cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB, dst=self._rgb)
        cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY, dst=self._grey)
        return self._rgb, self._grey

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


def _box(face: Landmarked) -> FaceBox:
    (left, top), (right, bottom) = face.points.min(axis=0), face.points.max(axis=0)
    return FaceBox(float(left), float(top), float(right - left), float(bottom - top))


def _area(box: FaceBox) -> float:
    return box.width * box.height


def _with_face(seen: Observation, face: Landmarked, grey: Image, light: Light) -> Observation:
    height, width = grey.shape
    points = face.points * (width, height)
    yaw, pitch, roll = head_angles(face.matrix)
    state = eyes_state(face.shapes, grey, points)
    seen = replace(seen, yaw=yaw, pitch=pitch, roll=roll, eyes=state)
    if state is not Eyes.OPEN or not _shows_gaze(light, np.ptp(points[:, 0])):
        return seen
    measure = measure_eyes(points)
    gaze_yaw, gaze_pitch = plain_gaze(measure, yaw, pitch)
    features = gaze_features(measure, face.shapes)
    return replace(seen, gaze_yaw=gaze_yaw, gaze_pitch=gaze_pitch, gaze_features=features)


def _shows_gaze(light: Light, face_pixels: float) -> bool:
    """Below these, gaze errs by more than about 5 degrees: then it is unknown, not away."""
    return (
        light.sharpness >= GAZE_SHARPNESS
        and light.face_brightness >= GAZE_BRIGHTNESS
        and face_pixels >= GAZE_FACE_PIXELS
    )
