"""Which frames are kept as evidence, and the chain that shows when one is missing."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from proctoring.episode import Episode
from proctoring.policy import EvidenceRule

GENESIS = bytes(32)


class KeptFor(StrEnum):
    """Why a frame is kept."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class FrameMark:
    """A frame that could be kept: its number in the sitting, and its time in seconds since the start."""

    sequence: int
    t: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A frame to keep; `episode` is the identity of the episode it belongs to, None in the random sample."""

    frame: FrameMark
    reason: KeptFor
    episode: str | None


def frames_to_keep(
    frames: Iterable[FrameMark], episodes: Iterable[Episode], rule: EvidenceRule, seed: bytes
) -> tuple[Kept, ...]:
    """The frames to keep, in order; a frame that serves several ends is kept once, for the first episode.

    Around an episode about every `around_every` seconds, its first frame and then every `during_every` within it,
    and of all frames a random share that nobody without `seed` can foresee.
    """
    ordered = sorted(frames, key=lambda frame: (frame.t, frame.sequence))
    kept: dict[int, Kept] = {}
    for episode in sorted(episodes, key=lambda e: (e.start, e.kind.value)):
        for reason, start, end, every in _windows(episode, rule):
            for frame in _thinned([f for f in ordered if start <= f.t < end], every):
                kept.setdefault(frame.sequence, Kept(frame, reason, episode.identity))
    for frame in ordered:
        if is_sampled(seed, frame.sequence, rule.sample_share):
            kept.setdefault(frame.sequence, Kept(frame, KeptFor.SAMPLE, None))
    return tuple(sorted(kept.values(), key=lambda k: (k.frame.t, k.frame.sequence)))


def _windows(episode: Episode, rule: EvidenceRule) -> tuple[tuple[KeptFor, float, float, float], ...]:
    return (
        (KeptFor.BEFORE, episode.start - rule.before, episode.start, rule.around_every),
        (KeptFor.DURING, episode.start, episode.end, rule.during_every),
        (KeptFor.AFTER, episode.end, episode.end + rule.after, rule.around_every),
    )


def _thinned(frames: Sequence[FrameMark], every: float) -> list[FrameMark]:
    chosen: list[FrameMark] = []
    for frame in frames:
        if not chosen or frame.t - chosen[-1].t >= every:
            chosen.append(frame)
    return chosen


def is_sampled(seed: bytes, sequence: int, share: float) -> bool:
    """Whether the frame belongs to the random sample; each frame is drawn alone, so nothing need be remembered."""
    drawn = hmac.digest(seed, sequence.to_bytes(8, "big"), "sha256")
    return int.from_bytes(drawn[:8], "big") < share * 2**64


def link(previous: bytes, payload_digest: bytes) -> bytes:
    """The chain's next value (32 bytes), from the one before (`GENESIS` at first) and a payload's SHA-256.

    Raises `ValueError` when either is not 32 bytes long: other lengths would let two different chains collide.
    """
    if len(previous) != 32 or len(payload_digest) != 32:
        raise ValueError("Both the previous link and the payload's digest have 32 bytes.")
    return hashlib.sha256(b"simexam evidence link\0" + previous + payload_digest).digest()
