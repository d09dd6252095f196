"""Each person their own zero: a fit recovers the mapping, and refuses what cannot carry one."""

from dataclasses import replace

import numpy as np
import pytest

from proctoring.calibration import CalibrationError, calibrated, fit
from proctoring.observation import Attention, Observation
from proctoring.policy import load_policy

POINTS = [(-15.0, -5.0), (15.0, -5.0), (0.0, -20.0), (-15.0, -35.0), (15.0, -35.0)]
LIMITS = load_policy().attention


def looking(yaw: float, pitch: float, noise: float = 0.0) -> Observation:
    """A person with a bias of their own: their iris is off centre, and moves less than others'."""
    jitter = np.random.default_rng(abs(int(yaw * 100 + pitch))).normal(0, noise, 6)
    clean = np.array((0.05 + yaw / 300, 0.1 + pitch / 500, 0.3 + pitch / 400, 0.5, yaw / 60, pitch / 60))
    return Observation(t=0.0, faces=1, yaw=0.0, pitch=0.0, roll=0.0, gaze_features=tuple(clean + jitter))


def samples(noise: float = 0.0) -> list[tuple[Observation, float, float]]:
    return [(looking(yaw, pitch, noise), yaw, pitch) for yaw, pitch in POINTS]


def test_a_fit_finds_gaze_between_its_points() -> None:
    calibration = fit(samples(noise=0.001))
    for yaw, pitch in [(7.0, -10.0), (-9.0, -30.0), (0.0, -5.0)]:
        found = calibration.gaze(looking(yaw, pitch))
        assert found is not None
        assert found == pytest.approx((yaw, pitch), abs=1.0)


def test_gaze_counts_only_well_past_the_points_looked_at() -> None:
    calibration = fit(samples())
    at_the_edge = calibrated(looking(16.0, -36.0), calibration, LIMITS)
    far_aside = calibrated(looking(40.0, -10.0), calibration, LIMITS)
    assert at_the_edge.attention is Attention.ON_SCREEN
    assert far_aside.attention is Attention.AWAY


def test_unknown_gaze_stays_unknown() -> None:
    dark_glasses = Observation(t=0.0, faces=1, yaw=0.0, pitch=0.0, roll=0.0)
    assert calibrated(dark_glasses, fit(samples()), LIMITS) == dark_glasses


def test_turning_the_head_takes_the_gaze_along() -> None:
    calibration = fit(samples())
    straight = calibration.gaze(looking(0.0, -10.0))
    turned = calibration.gaze(replace(looking(0.0, -10.0), yaw=25.0))
    assert straight is not None and turned is not None
    assert turned[0] - straight[0] == pytest.approx(20.0)


def test_too_little_is_refused_with_its_reason() -> None:
    with pytest.raises(CalibrationError, match="5 frames"):
        fit(samples()[:4])
    with pytest.raises(CalibrationError, match="different points"):
        fit([(looking(yaw, 0.0), 1.0, 1.0) for yaw in range(6)])
    with pytest.raises(CalibrationError, match="0 of 5"):
        fit([(Observation(t=0.0), yaw, pitch) for yaw, pitch in POINTS])
