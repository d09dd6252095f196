"""One pure fold from observations and page events to episodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from proctoring.interval import Span, join, lasting, without
from proctoring.kinds import EpisodeKind, Severity
from proctoring.observation import Observation
from proctoring.page_event import PageEvent
from proctoring.policy import EpisodeRule, Policy
from proctoring.signals import FRAME_SIGNALS, PAGE_PAIRS, frame_spans, gap_spans, page_spans

__all__ = ["Episode", "EpisodeKind", "Severity", "fold"]


@dataclass(frozen=True, slots=True)
class Episode:
    """Something that lasted, derived by `policy` (a version) and derivable again.

    `start` and `end` are seconds since the sitting's start; `ongoing` means that it reached the end of what
    was known and may still grow. `sightings` counts the frames or events it rests on.
    """

    kind: EpisodeKind
    start: float
    end: float
    severity: Severity
    ongoing: bool
    sightings: int
    policy: str

    @property
    def identity(self) -> str:
        """Kind and onset in milliseconds: the same when later frames are folded in as well."""
        return f"{self.kind.value}@{round(self.start * 1000)}"

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return self.end - self.start

    def as_line(self) -> dict[str, Any]:
        """The episode's line of `simexam proctor analyse`."""
        return {
            "episode": self.kind.value,
            "start": round(self.start, 3),
            "end": round(self.end, 3),
            "severity": self.severity.value,
        }


def fold(
    observations: Iterable[Observation],
    events: Iterable[PageEvent],
    policy: Policy,
    until: float,
    since: float = 0.0,
) -> tuple[Episode, ...]:
    """All episodes from `since` to `until` (seconds), by onset, then kind.

    Order of the inputs does not matter, and sampling may be irregular. Frames later than `until` or earlier
    than `since` are left out. Folding a growing log needs no state: onsets of episodes already reported do
    not move when frames are added in order of time.
    """
    frames = sorted((o for o in observations if since <= o.t <= until), key=lambda o: (o.t, o.faces))
    changes = sorted((e for e in events if e.t <= until), key=lambda e: (e.t, e.kind.value))
    found = [
        _episode(kind, span, policy, until)
        for kind in EpisodeKind
        for span in _settled(_spans(kind, frames, changes, policy, (since, until)), policy.rules[kind])
    ]
    return tuple(sorted(found, key=lambda e: (e.start, e.kind.value)))


def _spans(
    kind: EpisodeKind,
    frames: Sequence[Observation],
    events: Sequence[PageEvent],
    policy: Policy,
    window: tuple[float, float],
) -> Iterable[Span]:
    since, until = window
    if kind in FRAME_SIGNALS:
        return frame_spans(kind, frames, policy, until)
    if kind in PAGE_PAIRS:
        return page_spans(kind, events, until)
    gaps = lasting(gap_spans(frames, since, until), policy.rules[kind].minimum, sightings=1)
    # A lost camera explains its own silence: one cause is reported once.
    return without(gaps, page_spans(EpisodeKind.CAMERA_LOST, events, until))


def _settled(spans: Iterable[Span], rule: EpisodeRule) -> tuple[Span, ...]:
    """Flicker bridged, the short dropped, and only then the close merged.

    In this order a row of short glances stays what it is: merged first, it would look like one long episode.
    """
    return join(lasting(join(spans, rule.bridge), rule.minimum, rule.sightings), rule.merge)


def _episode(kind: EpisodeKind, span: Span, policy: Policy, until: float) -> Episode:
    return Episode(
        kind=kind,
        start=span.start,
        end=span.end,
        severity=severity_of(span.seconds, policy.rules[kind]),
        ongoing=span.end >= until,
        sightings=span.sightings,
        policy=policy.version,
    )


def severity_of(seconds: float, rule: EpisodeRule) -> Severity:
    """Never falls as `seconds` grow."""
    if seconds >= rule.high:
        return Severity.HIGH
    return Severity.MEDIUM if seconds >= rule.medium else Severity.LOW
