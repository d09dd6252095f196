"""From angles to attention, by a policy's limits."""

from __future__ import annotations

from proctoring.observation import Attention, Observation
from proctoring.policy import AttentionLimits


def judge_attention(seen: Observation, limits: AttentionLimits) -> Attention:
    """Where the largest face attends.

    No face is `unknown` (nobody may be there, or the camera may be dark); a face without landmarks was found
    by the detector alone, which happens when it is turned, and is `away`. Gaze counts only where it is known,
    that is, after a calibration.
    """
    if seen.faces == 0:
        return Attention.UNKNOWN
    if seen.yaw is None or seen.pitch is None:
        return Attention.AWAY
    if abs(seen.yaw) > limits.yaw or seen.pitch > limits.pitch_up or seen.pitch < -limits.pitch_down:
        return Attention.AWAY
    if seen.gaze_beyond is not None and seen.gaze_beyond > limits.gaze_beyond:
        return Attention.AWAY
    return Attention.ON_SCREEN
