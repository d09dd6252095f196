"""Head angles from the model's transformation matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def head_angles(matrix: NDArray[Any]) -> tuple[float, float, float]:
    """Yaw, pitch and roll in degrees, in the contract's senses, from a 4 x 4 face-to-camera matrix.

    MediaPipe's camera space has x to the image's right, y up and z toward the camera. The angles are those of
    R = Rx(-pitch) Ry(yaw) Rz(-roll), the order in which AFLW2000 and 300W-LP are labelled.
    """
    rotation = np.asarray(matrix, dtype=float)[:3, :3]
    rotation = rotation / np.linalg.norm(rotation, axis=0)
    yaw = np.arcsin(np.clip(rotation[0, 2], -1.0, 1.0))
    pitch = np.arctan2(rotation[1, 2], rotation[2, 2])
    roll = np.arctan2(rotation[0, 1], rotation[0, 0])
    return float(np.degrees(yaw)), float(np.degrees(pitch)), float(np.degrees(roll))
