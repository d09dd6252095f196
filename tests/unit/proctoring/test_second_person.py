"""A second person who comes in is counted in the first picture that shows them, however they hold their head."""

import cv2
import numpy as np
import pytest

from proctoring.episode import EpisodeKind, fold
from proctoring.policy import load_policy
from proctoring.vision.detector import Detector
from proctoring.vision.landmarker import Landmarker
from proctoring.vision.model_file import find_model, read_model
from proctoring.vision.second_look import FIRST_CONFIDENCE
from proctoring.vision.worker_api import load
from tests.support import footage
from tests.support.portrait import draw_portrait

Picture = np.ndarray
SIZE = (320, 240)
# They begin to come in at 6 s, and are there half a second later.
COMES, THERE, END = 6.0, 6.5, 16.0
# Pixels of the newcomer's picture that stand in the frame at last.
SHOWN = 250


def newcomer(bent: bool) -> Picture:
    """A drawn face; bent over, so that the landmarks lose it, its crown points downward."""
    face = draw_portrait(0.1, SIZE)
    if not bent:
        return face
    turn = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), 150, 1.3)
    return cv2.warpAffine(face, turn, SIZE, borderMode=cv2.BORDER_REPLICATE)


def with_newcomer(picture: Picture, face: Picture, t: float) -> Picture:
    """The person of the film, and from the right, as far in as at `t`, the other."""
    share = min(1.0, max(0.0, (t - COMES) / (THERE - COMES)))
    columns = round(SHOWN * share)
    both = picture.copy()
    if columns:
        both[-SIZE[1] :, -columns:] = face[:, :columns]
    return both


@pytest.mark.parametrize("bent", [False, True])
@pytest.mark.parametrize("shift", [0.0, 0.7, 1.3])
def test_a_second_person_is_counted_in_the_first_picture(bent: bool, shift: float) -> None:
    analyser, policy, face = load(), load_policy(), newcomer(bent)
    film = list(footage.play([footage.face(END)], fps=10))
    seen = [
        analyser.analyse(with_newcomer(film[round(t * 10)], face, t), t)
        for t in np.arange(shift, END, 2.0).tolist()
    ]
    assert [one.t for one in seen if one.faces > 1] == [one.t for one in seen if one.t >= THERE]
    assert all(one.faces == 1 for one in seen if one.t <= COMES)
    (found,) = fold(seen, (), policy, until=END)
    assert found.kind is EpisodeKind.SEVERAL_PEOPLE
    assert found.start - THERE < 2.0


def test_the_bent_head_is_one_that_only_the_detector_finds() -> None:
    model = read_model(find_model())
    detector = Detector(model.detector, FIRST_CONFIDENCE)
    landmarker = Landmarker(model.landmarks, model.blendshapes, 3)
    picture = footage.pictures_of(footage.footage(footage.ONE_FACE))[0][1]
    both = with_newcomer(picture, newcomer(bent=True), END)
    assert len(landmarker.faces(both, detector.look(both))) == 1
