"""Spans of time and the three ways in which flicker is taken out of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end` in seconds; `sightings` counts the frames or events it rests on."""

    start: float
    end: float
    sightings: int = 1

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


def join(spans: Iterable[Span], gap: float) -> tuple[Span, ...]:
    """Spans in order, those at most `gap` seconds apart made one. Joining twice changes nothing."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if joined and span.start - joined[-1].end <= gap:
            last = joined[-1]
            joined[-1] = Span(last.start, max(last.end, span.end), last.sightings + span.sightings)
        else:
            joined.append(span)
    return tuple(joined)


def lasting(spans: Iterable[Span], minimum: float, sightings: int) -> tuple[Span, ...]:
    """Only the spans at least `minimum` seconds long that rest on at least so many sightings."""
    return tuple(s for s in spans if s.seconds >= minimum and s.sightings >= sightings)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """What of `spans` lies outside every span of `taken`."""
    left = list(spans)
    for hole in taken:
        left = [piece for span in left for piece in _cut(span, hole)]
    return tuple(left)


def _cut(span: Span, hole: Span) -> list[Span]:
    if hole.end <= span.start or hole.start >= span.end:
        return [span]
    pieces = (
        Span(span.start, hole.start, span.sightings),
        Span(hole.end, span.end, span.sightings),
    )
    return [piece for piece in pieces if piece.seconds > 0]
