"""What a form must hold: how many items by part, topic and difficulty, and how hard it may be as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from question_bank.canonical import digest
from question_bank.item import PART_OF_TOPIC, Difficulty, Part, Topic
from question_bank.licence import LicenceClass
from question_bank.problem import Problem
from question_bank.text import Text


@dataclass(frozen=True, slots=True)
class Band:
    """Least and greatest number of items, both inclusive."""

    low: int
    high: int

    def holds(self, count: int) -> bool:
        return self.low <= count <= self.high


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The plan of one exam form. The pass mark is policy (`scoring`), not part of it.

    `minutes` is the ordinary time limit. `facility` is the share of right answers expected of an average
    applicant (0-1); forms whose expected facility stays within `facility ± tolerance` count as parallel.
    `max_same_picture` bounds how many items of a form may show one picture.
    """

    name: str
    licence_class: LicenceClass
    title: Text
    items: int
    minutes: int
    topics: tuple[tuple[Topic, int], ...]
    parts: tuple[tuple[Part, int], ...]
    difficulty: tuple[tuple[Difficulty, Band], ...]
    facility: float
    tolerance: float
    max_same_picture: int = 1

    def band(self, difficulty: Difficulty) -> Band:
        """The bounds for one difficulty; a difficulty the blueprint does not name is free."""
        return dict(self.difficulty).get(difficulty, Band(0, self.items))

    def allows(self, easy: int, hard: int) -> bool:
        """Whether so many easy and hard items, the rest medium, keep the bands and the facility."""
        medium = self.items - easy - hard
        counts = {Difficulty.EASY: easy, Difficulty.MEDIUM: medium, Difficulty.HARD: hard}
        if not all(self.band(level).holds(count) for level, count in counts.items()):
            return False
        # In whole per-mille of items, so that no platform's rounding decides at the edge of the tolerance.
        expected = sum(round(1000 * level.expected_facility) * count for level, count in counts.items())
        return (
            abs(expected - round(1000 * self.facility) * self.items)
            <= round(1000 * self.tolerance) * self.items
        )

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "licence_class": self.licence_class.value,
            "title": self.title.as_dict(),
            "items": self.items,
            "minutes": self.minutes,
            "topics": {topic.value: count for topic, count in self.topics},
            "parts": {part.value: count for part, count in self.parts},
            "difficulty": {
                level.value: {"min": band.low, "max": band.high} for level, band in self.difficulty
            },
            "facility": {"target": self.facility, "tolerance": self.tolerance},
            "max_same_picture": self.max_same_picture,
        }

    @property
    def digest(self) -> str:
        """SHA-256 over the whole blueprint."""
        return digest(self.as_dict())


def check_blueprint(blueprint: Blueprint) -> tuple[Problem, ...]:
    """Contradictions inside `blueprint`, whatever bank it will meet; empty when it is sound."""
    return (*_sizes(blueprint), *_part_counts(blueprint), *_difficulty(blueprint))


def _sizes(blueprint: Blueprint) -> Iterator[Problem]:
    if blueprint.items < 1:
        yield Problem.of("items", "out_of_range", low=1, high=200, value=blueprint.items)
    if blueprint.minutes < 1:
        yield Problem.of("minutes", "out_of_range", low=1, high=300, value=blueprint.minutes)
    if blueprint.max_same_picture < 1:
        yield Problem.of(
            "max_same_picture", "out_of_range", low=1, high=200, value=blueprint.max_same_picture
        )
    if any(count < 0 for _, count in blueprint.topics):
        yield Problem.of("topics", "out_of_range", low=0, high=blueprint.items, value=-1)
    total = sum(count for _, count in blueprint.topics)
    if total != blueprint.items:
        yield Problem.of("topics", "sum_differs", sum=total, wanted=blueprint.items)


def _part_counts(blueprint: Blueprint) -> Iterator[Problem]:
    """The part comes with the topic, so the counts by part must follow from those by topic."""
    declared = dict(blueprint.parts)
    for part in Part:
        total = sum(count for topic, count in blueprint.topics if PART_OF_TOPIC[topic] is part)
        if declared.get(part, 0) != total:
            yield Problem.of(f"parts.{part.value}", "sum_differs", sum=total, wanted=declared.get(part, 0))


def _difficulty(blueprint: Blueprint) -> Iterator[Problem]:
    for level, band in blueprint.difficulty:
        if not 0 <= band.low <= band.high:
            yield Problem.of(f"difficulty.{level.value}", "min_above_max", low=band.low, high=band.high)
    counts = range(blueprint.items + 1)
    if not any(blueprint.allows(easy, hard) for easy in counts for hard in counts):
        yield Problem.of("difficulty", "no_mix_fits")
