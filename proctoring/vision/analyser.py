"""One frame in, one observation out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proctoring.attention import judge_attention
from proctoring.observation import Eyes, FaceBox, Observation
from proctoring.policy import Policy, load_policy
from proctoring.vision.canonical_face import read_canonical_face
from proctoring.vision.detector import Detector
from proctoring.vision.eyes import SURELY_OPEN, eyes_state, gaze_features, measure_eyes, plain_gaze
from proctoring.vision.geometry import Geometry
from proctoring.vision.landmarker import Landmarked, Landmarker
from proctoring.vision.light import Light, measure_light, quality_of
from proctoring.vision.model_file import Model, ModelError
from proctoring.vision.pose import head_angles
from proctoring.vision.second_look import FIRST_CONFIDENCE, others

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
        try:
            self._detector = Detector(model.detector, FIRST_CONFIDENCE)
            self._landmarker = Landmarker(model.landmarks, model.blendshapes, MOST_LANDMARKED)
            self._geometry = Geometry(read_canonical_face(model.geometry))
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"The face model {model.path} cannot be loaded: {error}") from error

    def analyse(self, bgr: Image, t: float = 0.0, *, features: bool = False) -> Observation:
        """What `bgr` (height x width x 3, 8 bit) shows; `t` is passed on, in seconds.

        The detector runs once: where it sees faces the landmarks are looked for, and what they lose it counts.
        `features` are for a calibration, which fits and reads them; without one they would cost a tenth of the
        frame for nothing.
        """
        candidates = self._detector.look(bgr)
        faces = self._landmarker.faces(bgr, candidates)
        boxes = [_box(face) for face in faces]
        alone = others(self._detector, bgr, candidates, boxes)
        # A face with landmarks speaks for the frame even beside a larger one that only the detector finds.
        largest = max(boxes or alone, key=_area, default=None)
        light = measure_light(bgr, largest)
        pose = (
            self._pose(faces[boxes.index(largest)], bgr, light, features)
            if faces and largest is not None
            else {}
        )
        seen = Observation(
            t=t,
            faces=len(faces) + len(alone),
            face_box=largest,
            quality=quality_of(light, largest),
            brightness=light.brightness,
            contrast=light.contrast,
            sharpness=light.sharpness,
            **pose,
        )
        return replace(seen, attention=judge_attention(seen, self._policy.attention))

    def _pose(self, face: Landmarked, bgr: Image, light: Light, features: bool) -> dict[str, Any]:
        """Head, eyes and gaze of a face, by the names that an observation has for them."""
        height, width = bgr.shape[:2]
        points = face.points[:, :2] * (width, height)
        yaw, pitch, roll = head_angles(self._geometry.rotation(face.points, width, height))
        measure = measure_eyes(points)
        needed = features or measure.widest < SURELY_OPEN
        shapes = self._landmarker.eye_shapes(points) if needed else {}
        state = eyes_state(shapes, bgr, points)
        pose = {"yaw": yaw, "pitch": pitch, "roll": roll, "eyes": state}
        if state is not Eyes.OPEN or not _shows_gaze(light, float(np.ptp(points[:, 0]))):
            return pose
        gaze_yaw, gaze_pitch = plain_gaze(measure, yaw, pitch)
        fitted = gaze_features(measure, shapes) if features else ()
        return {**pose, "gaze_yaw": gaze_yaw, "gaze_pitch": gaze_pitch, "gaze_features": fitted}


def _box(face: Landmarked) -> FaceBox:
    places = face.points[:, :2]
    (left, top), (right, bottom) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    return FaceBox(left, top, right - left, bottom - top)


def _area(box: FaceBox) -> float:
    return box.width * box.height


def _shows_gaze(light: Light, face_pixels: float) -> bool:
    """Below these, gaze errs by more than about 5 degrees: then it is unknown, not away."""
    return (
        light.sharpness >= GAZE_SHARPNESS
        and light.face_brightness >= GAZE_BRIGHTNESS
        and face_pixels >= GAZE_FACE_PIXELS
    )
