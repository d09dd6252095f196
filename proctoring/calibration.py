"""Each person their own zero: a fit from what the eyes show to where they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proctoring.attention import judge_attention
from proctoring.observation import Observation
from proctoring.policy import AttentionLimits

LEAST_SAMPLES = 5
LEAST_POINTS = 3
# Ridge penalty for each sample on standardised features; flat from 0.003 to 0.03 on measured frames.
PENALTY = 0.01
# Below this many degrees the head's pose is noise and the eyes alone say where one looks.
HEAD_SLACK = 5.0


class CalibrationError(ValueError):
    """The samples cannot carry a fit; the message says why."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A person's linear mapping, and how well it explained the samples it was fitted on (`error`, degrees).

    `lowest` and `highest` are the outermost points looked at (yaw, pitch): the screen, as far as is known.
    """

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[tuple[float, float], ...]
    centre: tuple[float, float]
    head: tuple[float, float]
    lowest: tuple[float, float]
    highest: tuple[float, float]
    error: float

    def gaze(self, seen: Observation) -> tuple[float, float] | None:
        """Gaze yaw and pitch in degrees, or None where the eyes do not show it."""
        if not seen.gaze_features or seen.yaw is None or seen.pitch is None:
            return None
        standard = (np.array(seen.gaze_features) - self.means) / self.scales
        yaw, pitch = standard @ np.array(self.weights) + self.centre
        return (
            float(yaw) + _beyond_slack(seen.yaw - self.head[0]),
            float(pitch) + _beyond_slack(seen.pitch - self.head[1]),
        )


def fit(samples: Sequence[tuple[Observation, float, float]]) -> Calibration:
    """Fit by ridge regression from (observation, gaze yaw, gaze pitch) in degrees.

    Samples whose gaze is unknown are left out. Raises `CalibrationError` when fewer than five remain or they look
    at fewer than three points.
    """
    usable = [sample for sample in samples if sample[0].gaze_features and sample[0].has_landmarks]
    if len(usable) < LEAST_SAMPLES:
        raise CalibrationError(
            f"Calibration needs {LEAST_SAMPLES} frames in which the eyes are seen; {len(usable)} of "
            f"{len(samples)} are."
        )
    targets = np.array([(yaw, pitch) for _, yaw, pitch in usable], dtype=float)
    if len(np.unique(targets, axis=0)) < LEAST_POINTS:
        raise CalibrationError(f"Calibration needs at least {LEAST_POINTS} different points to look at.")
    return _fit([seen for seen, _, _ in usable], targets)


def _fit(frames: Sequence[Observation], targets: NDArray[Any]) -> Calibration:
    features = np.array([seen.gaze_features for seen in frames])
    means, scales = features.mean(axis=0), features.std(axis=0) + 1e-6
    standard, centre = (features - means) / scales, targets.mean(axis=0)
    gram = standard.T @ standard + PENALTY * len(frames) * np.eye(features.shape[1])
    weights = np.linalg.solve(gram, standard.T @ (targets - centre))
    misses = standard @ weights + centre - targets
    return Calibration(
        means=tuple(map(float, means)),
        scales=tuple(map(float, scales)),
        weights=tuple((float(yaw), float(pitch)) for yaw, pitch in weights),
        centre=(float(centre[0]), float(centre[1])),
        head=(
            float(np.median([seen.yaw for seen in frames if seen.yaw is not None])),
            float(np.median([seen.pitch for seen in frames if seen.pitch is not None])),
        ),
        lowest=(float(targets[:, 0].min()), float(targets[:, 1].min())),
        highest=(float(targets[:, 0].max()), float(targets[:, 1].max())),
        error=float(np.hypot(*misses.T).mean()),
    )


def calibrated(seen: Observation, calibration: Calibration, limits: AttentionLimits) -> Observation:
    """The observation with this person's gaze, and its attention judged anew."""
    gaze = calibration.gaze(seen)
    if gaze is None:
        return seen
    sides = zip(gaze, calibration.lowest, calibration.highest, strict=True)
    beyond = max(0.0, *(max(low - angle, angle - high) for angle, low, high in sides))
    seen = replace(seen, gaze_yaw=gaze[0], gaze_pitch=gaze[1], gaze_beyond=beyond)
    return replace(seen, attention=judge_attention(seen, limits))


def _beyond_slack(turned: float) -> float:
    return float(np.sign(turned)) * max(0.0, abs(turned) - HEAD_SLACK)
