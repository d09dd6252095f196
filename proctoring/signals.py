"""What each observation and page event says about each kind of episode."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from proctoring.attention import judge_attention
from proctoring.interval import Span
from proctoring.kinds import EpisodeKind
from proctoring.observation import Attention, Observation
from proctoring.page_event import PageEvent, PageEventKind
from proctoring.policy import Policy

PAGE_PAIRS: Mapping[EpisodeKind, tuple[PageEventKind, PageEventKind]] = {
    EpisodeKind.PAGE_HIDDEN: (PageEventKind.PAGE_HIDDEN, PageEventKind.PAGE_SHOWN),
    EpisodeKind.FULLSCREEN_LEFT: (PageEventKind.FULLSCREEN_LEFT, PageEventKind.FULLSCREEN_ENTERED),
    EpisodeKind.CAMERA_LOST: (PageEventKind.CAMERA_LOST, PageEventKind.CAMERA_BACK),
}


def is_dark(seen: Observation, policy: Policy) -> bool:
    """Covered or dark: nothing can be said about people, so it must not count as nobody."""
    return seen.faces == 0 and (
        seen.brightness < policy.dark.brightness or seen.contrast < policy.dark.contrast
    )


def is_nobody(seen: Observation, policy: Policy) -> bool:
    """A frame in which one would see a person, and none is there."""
    return seen.faces == 0 and not is_dark(seen, policy)


def is_several(seen: Observation, _policy: Policy) -> bool:
    """More than one face."""
    return seen.faces > 1


def is_away(seen: Observation, policy: Policy) -> bool:
    """The largest face is turned away, judged anew by this policy."""
    return judge_attention(seen, policy.attention) is Attention.AWAY


FRAME_SIGNALS: Mapping[EpisodeKind, Callable[[Observation, Policy], bool]] = {
    EpisodeKind.NOBODY: is_nobody,
    EpisodeKind.SEVERAL_PEOPLE: is_several,
    EpisodeKind.LOOKING_AWAY: is_away,
    EpisodeKind.CAMERA_DARK: is_dark,
}


def frame_spans(kind: EpisodeKind, frames: Sequence[Observation], policy: Policy, until: float) -> list[Span]:
    """One span for each frame that shows `kind`: from its time to the next frame, at most `hold` seconds.

    `frames` are in order of time.
    """
    shows = FRAME_SIGNALS[kind]
    ends = [frame.t for frame in frames[1:]] + [until]
    return [
        Span(frame.t, max(frame.t, min(end, frame.t + policy.hold)))
        for frame, end in zip(frames, ends, strict=False)
        if shows(frame, policy)
    ]


def gap_spans(frames: Sequence[Observation], since: float, until: float) -> list[Span]:
    """The times between frames, and those before the first and after the last."""
    marks = [since, *(frame.t for frame in frames), until]
    return [Span(earlier, later) for earlier, later in pairwise(marks) if later > earlier]


def page_spans(kind: EpisodeKind, events: Sequence[PageEvent], until: float) -> list[Span]:
    """From each leaving event to the one that ends it, or to `until`. `events` are in order of time."""
    begins, ends = PAGE_PAIRS[kind]
    spans: list[Span] = []
    since: float | None = None
    for event in events:
        if event.kind is begins and since is None:
            since = event.t
        elif event.kind is ends and since is not None:
            spans.append(Span(since, event.t))
            since = None
    if since is not None and until > since:
        spans.append(Span(since, until))
    return spans
