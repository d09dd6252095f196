"""In which order people should look at sittings, and why. Never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proctoring.episode import Episode
from proctoring.kinds import EpisodeKind, Severity
from proctoring.policy import Policy

SEVERITY_POINTS = {Severity.LOW: 1, Severity.MEDIUM: 3, Severity.HIGH: 6}


@dataclass(frozen=True, slots=True)
class Concern:
    """One reason for the order: a kind of episode, how often, how long in all (seconds), and the gravest."""

    kind: EpisodeKind
    count: int
    seconds: float
    worst: Severity
    points: int


@dataclass(frozen=True, slots=True)
class Risk:
    """`points` order the queue, highest first; they are explained by `concerns`, gravest first.

    `needs_review` asks for a person; nothing else follows from it.
    """

    points: int
    concerns: tuple[Concern, ...]
    needs_review: bool
    policy: str


def weigh(episodes: Iterable[Episode], policy: Policy) -> Risk:
    """The place of a sitting in the queue, from its episodes alone."""
    by_kind: dict[EpisodeKind, list[Episode]] = {}
    for episode in episodes:
        by_kind.setdefault(episode.kind, []).append(episode)
    concerns = [_concern(kind, found, policy.risk.weights[kind]) for kind, found in by_kind.items()]
    points = sum(concern.points for concern in concerns)
    grave = any(concern.worst.rank >= policy.risk.review_severity.rank for concern in concerns)
    return Risk(
        points=points,
        concerns=tuple(sorted(concerns, key=lambda c: (-c.points, c.kind.value))),
        needs_review=grave or points >= policy.risk.review_points,
        policy=policy.version,
    )


def _concern(kind: EpisodeKind, episodes: list[Episode], weight: int) -> Concern:
    return Concern(
        kind=kind,
        count=len(episodes),
        seconds=sum(episode.seconds for episode in episodes),
        worst=max((episode.severity for episode in episodes), key=lambda severity: severity.rank),
        points=weight * sum(SEVERITY_POINTS[episode.severity] for episode in episodes),
    )
