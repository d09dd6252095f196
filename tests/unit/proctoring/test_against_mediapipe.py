"""Our vision, network by network, beside MediaPipe's own tasks: on drawn pictures and on published footage."""

from collections.abc import Iterator
from functools import cache
from math import acos, degrees

import cv2
import mediapipe as mp
import numpy as np
import pytest
from mediapipe.tasks.python import vision
from mediapipe.tasks.python.core.base_options import BaseOptions

from proctoring.vision.canonical_face import read_canonical_face
from proctoring.vision.detector import Detector, faces
from proctoring.vision.geometry import Geometry
from proctoring.vision.landmarker import EYE_SHAPES, Landmarker
from proctoring.vision.model_file import Model, find_model, read_model
from proctoring.vision.second_look import FIRST_CONFIDENCE, OVERLAP
from tests.support import footage
from tests.support.portrait import draw_portrait

Picture = np.ndarray
MOST = 3


def turned(picture: Picture, angle: float, scale: float = 1.0, right: float = 0.0) -> Picture:
    """Turned (degrees, counter-clockwise), scaled and moved to the right (pixels), on the picture's own wall."""
    height, width = picture.shape[:2]
    move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    move[0, 2] += right
    return cv2.warpAffine(picture, move, (width, height), borderMode=cv2.BORDER_REPLICATE)


@cache
def pictures() -> dict[str, Picture]:
    portrait = draw_portrait(0.1)
    found = {
        "drawn": portrait,
        "eyes closed": draw_portrait(0.48),
        "turned": turned(portrait, 24),
        "half outside": turned(portrait, -8, right=250),
        "far": turned(portrait, 5, scale=0.5),
        "upright format": draw_portrait(0.3, (360, 480)),
        "odd size": turned(draw_portrait(0.6, (501, 333)), 3),
        "several": footage.pictures_of(footage.footage(footage.SEVERAL))[0][1],
        "empty room": footage.pictures_of(footage.footage(footage.EMPTY_ROOM))[0][1],
    }
    for name in (footage.HONEST, footage.FACE_LEAVES, footage.FACE_COMES):
        film = footage.pictures_of(footage.footage(name))
        found |= {f"{name} {t:.1f} s": picture for t, picture in film[:: max(1, len(film) // 12)]}
    return found


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(find_model())


@pytest.fixture(scope="module")
def their_landmarker(model: Model) -> Iterator[vision.FaceLandmarker]:
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model.path)),
        num_faces=MOST,
        output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    with vision.FaceLandmarker.create_from_options(options) as task:
        yield task


@pytest.fixture(scope="module")
def their_detector(model: Model) -> Iterator[vision.FaceDetector]:
    options = vision.FaceDetectorOptions(
        base_options=BaseOptions(model_asset_buffer=model.detector),
        min_detection_confidence=FIRST_CONFIDENCE,
    )
    with vision.FaceDetector.create_from_options(options) as task:
        yield task


def image(picture: Picture) -> mp.Image:
    return mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))


def test_the_landmarks_are_mediapipes(model: Model, their_landmarker: vision.FaceLandmarker) -> None:
    detector = Detector(model.detector, FIRST_CONFIDENCE)
    landmarker = Landmarker(model.landmarks, model.blendshapes, MOST)
    geometry = Geometry(read_canonical_face(model.geometry))
    seen = 0
    for name, picture in pictures().items():
        height, width = picture.shape[:2]
        ours = landmarker.faces(picture, detector.look(picture))
        theirs = their_landmarker.detect(image(picture))
        assert len(ours) == len(theirs.face_landmarks), name
        for number, face in enumerate(ours):
            points = face.points[:, :2] * (width, height)
            expected = np.array([(p.x * width, p.y * height) for p in theirs.face_landmarks[number]])
            assert np.abs(points - expected).max() < 0.001 * np.ptp(expected[:, 0]), name
            matrix = theirs.facial_transformation_matrixes[number][:3, :3]
            assert angle(geometry.rotation(face.points, width, height), matrix) < 0.1, name
            scores = {shape.category_name: shape.score for shape in theirs.face_blendshapes[number]}
            expected_shapes = {shape: scores[shape] for shape in EYE_SHAPES}
            assert landmarker.eye_shapes(points) == pytest.approx(expected_shapes, abs=0.005), name
            seen += 1
    assert seen >= 30


def angle(ours: np.ndarray, theirs: np.ndarray) -> float:
    """Degrees between a rotation and a scaled one."""
    rotation = theirs / np.linalg.norm(theirs, axis=0)
    return degrees(acos(min(1.0, (np.trace(rotation.T @ ours) - 1) / 2)))


def test_the_detectors_faces_are_mediapipes(model: Model, their_detector: vision.FaceDetector) -> None:
    detector = Detector(model.detector, FIRST_CONFIDENCE)
    seen = 0
    for name, picture in pictures().items():
        ours = faces(detector.look(picture), FIRST_CONFIDENCE, OVERLAP)
        found = their_detector.detect(image(picture)).detections
        theirs = sorted(found, key=lambda each: -each.categories[0].score)
        assert len(ours) == len(theirs), name
        for one, other in zip(ours, theirs, strict=True):
            left, top, right, bottom, *_ = one.place
            box = other.bounding_box
            # Theirs are whole pixels, and begin in the picture.
            expected = (box.origin_x, box.origin_y, box.width, box.height)
            assert (max(left, 0), max(top, 0), right - left, bottom - top) == pytest.approx(
                expected, abs=2
            ), name
            assert one.score == pytest.approx(other.categories[0].score, abs=0.002), name
            seen += 1
    assert seen >= 30


def test_another_file_in_a_members_place_is_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="geometry"):
        read_canonical_face(model.geometry[:-3])
    with pytest.raises(ValueError, match="network"):
        Detector(model.blendshapes, FIRST_CONFIDENCE)
    with pytest.raises(ValueError, match=r".+"):
        Detector(model.geometry, FIRST_CONFIDENCE)
