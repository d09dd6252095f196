"""What a sitting costs in mobile data, so that nobody runs dry in the middle."""

from collections.abc import Iterable

# The client never sends a larger picture (client/exam/frames.ts); most are little more than half of it.
LARGEST_FRAME_BYTES = 25_000
# Pages, pictures of items, answers: measured at well under one megabyte.
PAGES_MB = 2


def megabytes(limits_seconds: Iterable[int], frame_interval_ms: int) -> int:
    """The most that parts with these limits can use, in whole megabytes, if every minute of every limit is taken."""
    frames = sum(limits_seconds) * 1000 / frame_interval_ms
    return PAGES_MB + -(-round(frames * LARGEST_FRAME_BYTES) // 1_000_000)
