"""The real model on a drawn face and on published footage."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from proctoring.episode import EpisodeKind, fold
from proctoring.observation import Attention, Eyes, Observation
from proctoring.policy import load_policy
from proctoring.vision.analyser import FaceAnalyser
from proctoring.vision.model_file import ModelError, find_model, read_model
from proctoring.vision.worker_api import load
from tests.support import footage
from tests.support.portrait import draw_portrait

POLICY = load_policy()
PORTRAIT = draw_portrait(0.1)


@pytest.fixture(scope="module")
def analyser() -> FaceAnalyser:
    return load()


def test_the_portrait_looks_at_the_camera(analyser: FaceAnalyser) -> None:
    seen = analyser.analyse(PORTRAIT, 1.5)
    assert (seen.t, seen.faces, seen.attention, seen.eyes) == (1.5, 1, Attention.ON_SCREEN, Eyes.OPEN)
    assert seen.yaw == pytest.approx(0, abs=5)
    assert seen.quality > 0.8


def test_roll_is_clockwise_in_the_image(analyser: FaceAnalyser) -> None:
    height, width = PORTRAIT.shape[:2]
    # cv2 takes positive angles counter-clockwise.
    clockwise = cv2.getRotationMatrix2D((width / 2, height / 2), -20, 1)
    tilted = cv2.warpAffine(PORTRAIT, clockwise, (width, height), borderMode=cv2.BORDER_REPLICATE)
    assert analyser.analyse(tilted).roll == pytest.approx(20, abs=4)


def test_a_mirrored_face_turns_the_other_way(analyser: FaceAnalyser) -> None:
    pictures = [p for t, p in footage.pictures_of(footage.footage(footage.HONEST)) if 6.5 <= t < 6.6]
    seen, mirrored = (analyser.analyse(np.ascontiguousarray(p)) for p in (pictures[0], pictures[0][:, ::-1]))
    assert seen.yaw is not None and seen.yaw < -8
    assert mirrored.yaw == pytest.approx(-seen.yaw, abs=4)


def test_closed_eyes_have_no_gaze(analyser: FaceAnalyser) -> None:
    seen = analyser.analyse(draw_portrait(0.48))
    assert (seen.eyes, seen.gaze_yaw, seen.attention) == (Eyes.CLOSED, None, Attention.ON_SCREEN)


def test_what_a_calibration_asks_for_changes_nothing_else(analyser: FaceAnalyser) -> None:
    blinking = [draw_portrait(moment / 40) for moment in range(14, 24)]
    film = [picture for _, picture in footage.pictures_of(footage.footage(footage.HONEST))[::12]]
    states = set()
    for picture in (*blinking, *film):
        plain, asked = analyser.analyse(picture), analyser.analyse(picture, features=True)
        assert plain == replace(asked, gaze_features=())
        assert bool(asked.gaze_features) == (asked.gaze_yaw is not None)
        states.add(plain.eyes)
    assert states >= {Eyes.OPEN, Eyes.CLOSED}


@pytest.mark.parametrize("spoilt", ["dark", "blurred", "glasses"])
def test_gaze_is_unknown_when_the_eyes_cannot_be_seen(analyser: FaceAnalyser, spoilt: str) -> None:
    assert analyser.analyse(PORTRAIT).gaze_yaw is not None
    picture = PORTRAIT.copy()
    if spoilt == "dark":
        picture = (picture * 0.12).astype(np.uint8)
    elif spoilt == "blurred":
        picture = cv2.GaussianBlur(picture, (0, 0), 5)
    else:
        for x in (278, 362):
            cv2.ellipse(picture, (x, 216), (38, 30), 0, 0, 360, (15, 15, 15), -1)
    seen = analyser.analyse(picture)
    assert seen.gaze_yaw is None
    assert not seen.gaze_features
    assert seen.attention in {Attention.ON_SCREEN, Attention.UNKNOWN}


def film(
    analyser: FaceAnalyser, segments: list[footage.Segment], every: float, shift: float
) -> list[Observation]:
    pictures = list(footage.play(segments, fps=10))
    step, first = round(every * 10), round(shift * 10)
    return [
        analyser.analyse(np.ascontiguousarray(pictures[number]), number / 10)
        for number in range(first, len(pictures), step)
    ]


@pytest.mark.parametrize(("every", "shift"), [(0.5, 0.0), (1.0, 0.7), (2.0, 0.0), (2.0, 1.3)])
def test_leaving_is_found_wherever_it_falls(analyser: FaceAnalyser, every: float, shift: float) -> None:
    seen = film(analyser, [footage.face(8.3), footage.empty(8)], every, shift)
    (found,) = fold(seen, (), POLICY, until=16.3)
    assert found.kind is EpisodeKind.NOBODY
    assert 0 <= found.start - 8.3 <= min(every, 3.0)


@pytest.mark.parametrize("name", [footage.ONE_FACE, footage.HONEST])
@pytest.mark.parametrize("every", [1.0, 2.0])
def test_an_honest_minute_on_film_has_no_episode(analyser: FaceAnalyser, name: str, every: float) -> None:
    seen = film(analyser, [footage.Segment(footage.footage(name), 60)], every, 0.0)
    assert fold(seen, (), POLICY, until=60.0) == ()


def test_a_second_face_is_counted(analyser: FaceAnalyser) -> None:
    seen = film(analyser, [footage.face(6), footage.several(6), footage.face(6)], 1.0, 0.0)
    assert [e.kind for e in fold(seen, (), POLICY, until=18.0)] == [EpisodeKind.SEVERAL_PEOPLE]


def test_a_covered_camera_is_dark_and_not_empty(analyser: FaceAnalyser) -> None:
    covered = np.random.default_rng(3).integers(0, 6, PORTRAIT.shape, dtype=np.uint8)
    seen = [analyser.analyse(covered if 10 <= t < 20 else PORTRAIT, float(t)) for t in range(30)]
    (found,) = fold(seen, (), POLICY, until=30.0)
    assert (found.kind, found.start, found.end) == (EpisodeKind.CAMERA_DARK, 10.0, 20.0)


def test_a_replaced_or_missing_model_is_refused(tmp_path: Path) -> None:
    replaced = tmp_path / "face_landmarker.task"
    replaced.write_bytes(find_model().read_bytes()[:-1] + b"!")
    with pytest.raises(ModelError, match="replaced or damaged"):
        read_model(replaced)
    with pytest.raises(ModelError, match="make model"):
        find_model(tmp_path / "nowhere.task")
