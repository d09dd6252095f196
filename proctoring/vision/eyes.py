"""What the eyes show: where the irises stand, whether the lids are open, whether one can see them at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import dist
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proctoring.observation import Eyes
from proctoring.vision.light import grey_of

# Landmark numbers of MediaPipe's face mesh, first the eye on the image's left:
# corner on the image's left, corner on its right, upper lid, lower lid, centre of the iris, brow.
EYES = np.array(((33, 133, 159, 145, 468, 105), (362, 263, 386, 374, 473, 334)))
# Around the eyes, where the glass of spectacles is, and bare skin.
AROUND_EYES = (223, 222, 224, 443, 442, 444, 230, 229, 231, 450, 449, 451)
BARE_SKIN = (50, 101, 205, 280, 330, 425, 9, 151, 108, 337)
EYES_AND_SKIN = np.array(AROUND_EYES + BARE_SKIN)
# With open eyes the surroundings are never darker than half the skin, behind sunglasses at most 0.16 of it
# (median over people); being a ratio, it is the same for light and dark skin.
COVERED_RATIO = 0.4
CLOSED_BLINK = 0.55
# With one lid further open than this, the blendshapes never call both closed: of 1,172 faces 142 were closed, none
# of them further open than 0.09, and beyond 0.15 no blink was above 0.41.
SURELY_OPEN = 0.15
# Degrees of gaze for an iris offset of one eye width, before any calibration.
DEGREES_PER_OFFSET = 90.0


@dataclass(frozen=True, slots=True)
class EyeMeasure:
    """In widths of an eye, both eyes' mean: iris to the image's right and up, lid opening, height of the brow.

    `widest` is the opening of the eye that is more open.
    """

    right: float
    up: float
    opening: float
    brow: float
    widest: float


def measure_eyes(points: NDArray[Any]) -> EyeMeasure:
    """The mean of both eyes, from landmarks in pixels (478 x 2); what moves them apart is mostly noise."""
    left, right = (_measure(*eye) for eye in points[EYES].tolist())
    aside, up, opening, brow = ((one + other) / 2 for one, other in zip(left, right, strict=True))
    return EyeMeasure(aside, up, opening, brow, max(left[2], right[2]))


def _measure(
    left: list[float],
    right: list[float],
    upper: list[float],
    lower: list[float],
    iris: list[float],
    brow: list[float],
) -> tuple[float, float, float, float]:
    width = max(dist(left, right), 1e-6)
    # Along the eye, and upward from it.
    x, y = (right[0] - left[0]) / width, (right[1] - left[1]) / width
    aside, down = iris[0] - (left[0] + right[0]) / 2, iris[1] - (left[1] + right[1]) / 2
    opening = (upper[0] - lower[0]) * y - (upper[1] - lower[1]) * x
    lift = dist(brow, upper)
    return (aside * x + down * y) / width, (aside * y - down * x) / width, opening / width, lift / width


def gaze_features(eyes: EyeMeasure, shapes: Mapping[str, float]) -> tuple[float, ...]:
    """Six numbers for the fit of a calibration: the measures, and the look blendshapes to the right and up.

    Few and averaged, because five points must determine them. Head angles are left out: on a still head they
    make the fit worse.
    """
    look = {name: shapes.get(f"eyeLook{name}", 0.0) for name in LOOKS}
    right = (look["OutLeft"] - look["InLeft"] + look["InRight"] - look["OutRight"]) / 2
    up = (look["UpLeft"] + look["UpRight"] - look["DownLeft"] - look["DownRight"]) / 2
    return (eyes.right, eyes.up, eyes.opening, eyes.brow, right, up)


LOOKS = tuple(f"{way}{side}" for side in ("Left", "Right") for way in ("In", "Out", "Up", "Down"))


def eyes_state(shapes: Mapping[str, float], bgr: NDArray[Any], points: NDArray[Any]) -> Eyes:
    """Unknown behind dark glasses (or a hand); closed when both lids are, as one alone may be a wink.

    `bgr` is the frame, `points` the landmarks in its pixels; `shapes` may be empty where a lid is surely open.
    """
    around, skin = _brightness(bgr, points)
    if around < COVERED_RATIO * skin:
        return Eyes.UNKNOWN
    closed = min(shapes.get("eyeBlinkLeft", 0.0), shapes.get("eyeBlinkRight", 0.0)) > CLOSED_BLINK
    return Eyes.CLOSED if closed else Eyes.OPEN


def _brightness(bgr: NDArray[Any], points: NDArray[Any]) -> tuple[float, float]:
    """Median grey (0-255) around the eyes and of bare skin."""
    height, width = bgr.shape[:2]
    places = points[EYES_AND_SKIN].tolist()
    rows = [min(max(int(y), 0), height - 1) for _, y in places]
    columns = [min(max(int(x), 0), width - 1) for x, _ in places]
    grey = grey_of(bgr[rows, columns][None])[0].tolist()
    return median(grey[: len(AROUND_EYES)]), median(grey[len(AROUND_EYES) :])


def plain_gaze(eyes: EyeMeasure, yaw: float, pitch: float) -> tuple[float, float]:
    """A coarse gaze (degrees) before any calibration: the head's angles and the mean offset of the irises.

    It tells the side reliably, the angle only roughly; the policy does not act on it.
    """
    return yaw + DEGREES_PER_OFFSET * eyes.right, pitch + DEGREES_PER_OFFSET * eyes.up
