"""The timeline as a table, minute by minute, for those who can't see it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from examapp.services.cases.case_view import Sight, Timeline


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of a sitting in figures; angles are medians in degrees, None where no face was seen."""

    at: datetime
    frames: int
    without_face: int
    most_faces: int
    yaw: float | None
    pitch: float | None
    answers: int
    page_events: int


def minutes(line: Timeline) -> list[Minute]:
    """Every minute from the beginning to the end."""
    sights: dict[int, list[Sight]] = {}
    for sight in line.sights:
        sights.setdefault(_minute(line, sight.at), []).append(sight)
    answers = Counter(_minute(line, at) for at in line.answers)
    events = Counter(_minute(line, at) for _, at in line.page_events)
    last = _minute(line, line.ended)
    return [
        _summed(
            line.began + timedelta(minutes=number), sights.get(number, []), answers[number], events[number]
        )
        for number in range(last + 1)
    ]


def _minute(line: Timeline, at: datetime) -> int:
    return int((at - line.began).total_seconds() // 60)


def _summed(at: datetime, seen: list[Sight], answers: int, events: int) -> Minute:
    return Minute(
        at=at,
        frames=len(seen),
        without_face=sum(sight.faces == 0 for sight in seen),
        most_faces=max((sight.faces for sight in seen), default=0),
        yaw=_middle([sight.yaw for sight in seen]),
        pitch=_middle([sight.pitch for sight in seen]),
        answers=answers,
        page_events=events,
    )


def _middle(angles: list[float | None]) -> float | None:
    known = [angle for angle in angles if angle is not None]
    return median(known) if known else None
