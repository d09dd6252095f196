"""What a form must hold: how many items by part, topic and difficulty, and how hard it may be as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from question_bank.canonical import digest
from question_bank.item import PART_OF_TOPIC, Difficulty, Part, Topic
from question_bank.licence import LicenceClass
from question_bank.problem import Problem
from question_bank.text import Text

# Of a class's bank an applicant who sits again should not know much: no item in more than a quarter of the forms.
DEFAULT_ITEM_RATE = 0.25
DEFAULT_PAIR_RATE = 0.10
MAX_ITEMS, MAX_MINUTES, MAX_PILOT_SHARE, MAX_WEIGHT = 200, 300, 0.5, 1000


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

    What a blueprint may leave open: `weight`, the points of all scored items together; `pilot_share` (0-0.5), how
    many unscored trial items come on top of `items`, as a share of them; `max_exposure` and `max_pair_exposure`
    (0-1), in which share of forms an item, or two items together, may stand; `information_tolerance`, by which share
    the test information at the cut score and beside it may differ from form to form; `information_target`, the
    information at the cut score where it should not follow from the difficulties (see `question_bank.targets`).
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
    weight: Band | None = None
    pilot_share: float | None = None
    max_exposure: float | None = None
    max_pair_exposure: float | None = None
    information_tolerance: float | None = None
    information_target: float | None = None

    @property
    def pilots(self) -> int:
        """How many unscored trial items a form should carry beside its `items`."""
        return (round(1000 * (self.pilot_share or 0)) * self.items + 500) // 1000

    @property
    def item_rate(self) -> float:
        """Share of forms in which an item may stand at most."""
        return DEFAULT_ITEM_RATE if self.max_exposure is None else self.max_exposure

    @property
    def pair_rate(self) -> float:
        """Share of forms in which two items may stand together at most."""
        return DEFAULT_PAIR_RATE if self.max_pair_exposure is None else self.max_pair_exposure

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

    def mixes(self) -> Iterator[tuple[int, int, int]]:
        """Every (easy, medium, hard) that keeps the bands and the facility."""
        for easy in range(self.items + 1):
            for hard in range(self.items + 1 - easy):
                if self.allows(easy, hard):
                    yield easy, self.items - easy - hard, hard

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
            **self._stated(),
        }

    def _stated(self) -> dict[str, Any]:
        """What was left open is left out, so that blueprints written before it was known keep their digests."""
        weight = {"min": self.weight.low, "max": self.weight.high} if self.weight else None
        information = {"tolerance": self.information_tolerance, "target": self.information_target}
        stated = {
            "weight": weight,
            "pilot_share": self.pilot_share,
            "max_exposure": self.max_exposure,
            "max_pair_exposure": self.max_pair_exposure,
            "information": {name: value for name, value in information.items() if value is not None} or None,
        }
        return {name: value for name, value in stated.items() if value is not None}

    @property
    def digest(self) -> str:
        """SHA-256 over the whole blueprint."""
        return digest(self.as_dict())


def check_blueprint(blueprint: Blueprint) -> tuple[Problem, ...]:
    """Contradictions inside `blueprint`, whatever bank it will meet; empty when it is sound."""
    return (
        *_sizes(blueprint),
        *_part_counts(blueprint),
        *_difficulty(blueprint),
        *_weight(blueprint),
        *_shares(blueprint),
    )


def _sizes(blueprint: Blueprint) -> Iterator[Problem]:
    for field, value, high in (
        ("items", blueprint.items, MAX_ITEMS),
        ("minutes", blueprint.minutes, MAX_MINUTES),
        ("max_same_picture", blueprint.max_same_picture, MAX_ITEMS),
    ):
        if not 1 <= value <= high:
            yield Problem.of(field, "out_of_range", low=1, high=high, value=value)
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
    if 1 <= blueprint.items <= MAX_ITEMS and not any(blueprint.mixes()):
        yield Problem.of("difficulty", "no_mix_fits")


def _weight(blueprint: Blueprint) -> Iterator[Problem]:
    if blueprint.weight and not 1 <= blueprint.weight.low <= blueprint.weight.high <= MAX_WEIGHT:
        yield Problem.of("weight", "min_above_max", low=blueprint.weight.low, high=blueprint.weight.high)


def _shares(blueprint: Blueprint) -> Iterator[Problem]:
    """Shares of 1, as they stand in the record; told in percent, as people read them."""
    for field, value, low, high in (
        ("pilot_share", blueprint.pilot_share, 0.0, MAX_PILOT_SHARE),
        ("max_exposure", blueprint.max_exposure, 0.01, 1.0),
        ("max_pair_exposure", blueprint.max_pair_exposure, 0.01, 1.0),
        ("information_tolerance", blueprint.information_tolerance, 0.01, 0.5),
    ):
        if value is not None and not low <= value <= high:
            yield Problem.of(
                field,
                "share_out_of_range",
                low=round(100 * low),
                high=round(100 * high),
                value=f"{value:.0%}",
            )
    if blueprint.information_target is not None and not 0.1 <= blueprint.information_target <= MAX_ITEMS:
        told = f"{blueprint.information_target:g}"
        yield Problem.of("information_target", "out_of_range", low="0.1", high=MAX_ITEMS, value=told)
