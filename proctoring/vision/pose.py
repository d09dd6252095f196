"""Head angles from the head's rotation."""

from __future__ import annotations

from math import asin, atan2, degrees
from typing import Any

from numpy.typing import NDArray


def head_angles(rotation: NDArray[Any]) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees, in the contract's senses, from a 3 x 3 rotation of face to camera.

    MediaPipe's camera space has x to the image's right, y up and z toward the camera. The angles are those of
    R = Rx(-pitch) Ry(yaw) Rz(-roll), the order in which AFLW2000 and 300W-LP are labelled.
    """
    (along, aside, yaw), (_, _, up), (_, _, toward) = rotation.tolist()
    return degrees(asin(max(-1.0, min(1.0, yaw)))), degrees(atan2(up, toward)), degrees(atan2(aside, along))
