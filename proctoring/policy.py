"""Versioned thresholds: what counts as an episode, and how grave it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from proctoring.kinds import EpisodeKind, Severity

CURRENT_VERSION = "2026-11"


class PolicyError(ValueError):
    """A policy file is missing, incomplete or contradicts itself."""


@dataclass(frozen=True, slots=True)
class AttentionLimits:
    """Degrees of the head beyond which a face counts as turned away.

    `gaze_beyond` is the same for a calibrated gaze, counted from the outermost points of the calibration.
    """

    yaw: float
    pitch_up: float
    pitch_down: float
    gaze_beyond: float


@dataclass(frozen=True, slots=True)
class DarkLimits:
    """A faceless frame below either is a covered or dark camera (both 0-1)."""

    brightness: float
    contrast: float


@dataclass(frozen=True, slots=True)
class EpisodeRule:
    """Times in seconds.

    Gaps up to `bridge` inside a run are flicker; runs shorter than `minimum` (or seen in fewer than
    `sightings` frames) are no episode; episodes at most `merge` apart are one.
    Lasting `medium` or `high` seconds raises the severity.
    """

    minimum: float
    bridge: float
    merge: float
    medium: float
    high: float
    sightings: int


@dataclass(frozen=True, slots=True)
class RiskRule:
    """Points a kind of episode adds to a sitting's place in the queue, and what asks for a person's look."""

    weights: Mapping[EpisodeKind, int]
    review_severity: Severity
    review_points: int


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """Seconds before and after an episode, steps within and around it, and the random share of other frames."""

    before: float
    after: float
    during_every: float
    around_every: float
    sample_share: float


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the thresholds. `hold` is how long a frame speaks for the time after it, in seconds."""

    version: str
    hold: float
    attention: AttentionLimits
    dark: DarkLimits
    rules: Mapping[EpisodeKind, EpisodeRule]
    risk: RiskRule
    evidence: EvidenceRule


@cache
def load_policy(version: str = CURRENT_VERSION) -> Policy:
    """The shipped policy of that version. Raises `PolicyError` when there is none."""
    source = files("proctoring") / "policies" / f"{version}.toml"
    if not source.is_file():
        raise PolicyError(f"There is no proctoring policy {version!r}.")
    return parse_policy(tomllib.loads(source.read_text(encoding="utf-8")))


def parse_policy(data: Mapping[str, Any]) -> Policy:
    """Build a policy from a parsed TOML document; raises `PolicyError` naming what is wrong."""
    try:
        rules = {kind: EpisodeRule(**data["episodes"][kind.value]) for kind in EpisodeKind}
        policy = Policy(
            version=str(data["version"]),
            hold=float(data["hold"]),
            attention=AttentionLimits(**data["attention"]),
            dark=DarkLimits(**data["dark"]),
            rules=MappingProxyType(rules),
            risk=_risk(data["risk"]),
            evidence=EvidenceRule(**data["evidence"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PolicyError(f"The proctoring policy is incomplete: {error}") from error
    for kind, rule in rules.items():
        _check(kind, rule)
    return policy


def _risk(data: Mapping[str, Any]) -> RiskRule:
    weights = {kind: int(data["weights"][kind.value]) for kind in EpisodeKind}
    return RiskRule(MappingProxyType(weights), Severity(data["review_severity"]), int(data["review_points"]))


def _check(kind: EpisodeKind, rule: EpisodeRule) -> None:
    if not 0 <= rule.bridge <= rule.merge:
        raise PolicyError(f"{kind}: bridge must lie between 0 and merge.")
    if not 0 <= rule.minimum <= rule.medium <= rule.high:
        raise PolicyError(f"{kind}: minimum, medium and high must not fall.")
    if rule.sightings < 1:
        raise PolicyError(f"{kind}: an episode needs at least one sighting.")
