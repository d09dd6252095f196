"""The lines of `simexam proctor analyse`, from observations alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from proctoring.calibration import Calibration, calibrated
from proctoring.episode import fold
from proctoring.observation import Observation
from proctoring.policy import Policy

Line = dict[str, Any]


def film_lines(
    source: str,
    observations: Iterable[Observation],
    policy: Policy,
    duration: Callable[[], float],
    calibration: Calibration | None = None,
) -> Iterator[Line]:
    """One line a frame as it comes, then one an episode; `duration` (seconds) is asked then.

    A film's header often lies about its length, so it is known only after the last frame.
    """
    seen: list[Observation] = []
    for observation in observations:
        seen.append(_own_zero(observation, policy, calibration))
        yield seen[-1].as_line(source)
    end = max([duration(), *(one.t for one in seen)])
    yield from (episode.as_line() for episode in fold(seen, (), policy, until=end))


def picture_line(
    source: str, observation: Observation, policy: Policy, calibration: Calibration | None = None
) -> Line:
    """The line of a single picture."""
    return _own_zero(observation, policy, calibration).as_line(source)


def error_line(source: str, error: str) -> Line:
    """What could not be read, and why."""
    return {"source": source, "error": error}


def _own_zero(seen: Observation, policy: Policy, calibration: Calibration | None) -> Observation:
    return seen if calibration is None else calibrated(seen, calibration, policy.attention)
