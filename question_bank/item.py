"""An item of the theory exam: one version of a question, its options and its key."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from question_bank.licence import LicenceClass
from question_bank.text import NO_TEXT, Text


class ItemType(StrEnum):
    """How an item is answered. A new type needs a row in `SHAPES` and a template in the exam client."""

    SINGLE_CHOICE = "single_choice"
    TRUE_FALSE = "true_false"


class Part(StrEnum):
    """Part of the theory exam, as e-AVIS names them: persepsi bahaya, pengetahuan, wawasan, etika."""

    HAZARD = "hazard"
    KNOWLEDGE = "knowledge"
    INSIGHT = "insight"
    ETHICS = "ethics"


class Topic(StrEnum):
    SIGNS = "signs"
    MARKINGS = "markings"
    RIGHT_OF_WAY = "right_of_way"
    SPEED = "speed"
    SAFETY = "safety"
    ETHICS = "ethics"
    VEHICLE = "vehicle"
    LAW = "law"
    FIRST_AID = "first_aid"
    HAZARD = "hazard"


class Difficulty(StrEnum):
    """The author's estimate, until item analysis has enough answers to replace it."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def expected_facility(self) -> float:
        """Share of applicants (0-1) expected to answer right: .85, .65 or .45. A convention of this bank."""
        return EXPECTED_FACILITY[self]


EXPECTED_FACILITY = MappingProxyType({Difficulty.EASY: 0.85, Difficulty.MEDIUM: 0.65, Difficulty.HARD: 0.45})

PART_OF_TOPIC = MappingProxyType(
    {
        Topic.RIGHT_OF_WAY: Part.HAZARD,
        Topic.HAZARD: Part.HAZARD,
        Topic.SIGNS: Part.KNOWLEDGE,
        Topic.MARKINGS: Part.KNOWLEDGE,
        Topic.VEHICLE: Part.KNOWLEDGE,
        Topic.SPEED: Part.INSIGHT,
        Topic.SAFETY: Part.INSIGHT,
        Topic.LAW: Part.INSIGHT,
        Topic.FIRST_AID: Part.INSIGHT,
        Topic.ETHICS: Part.ETHICS,
    }
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a type demands: how many options and keys (inclusive), and whether the options may be shuffled."""

    min_options: int
    max_options: int
    min_keys: int
    max_keys: int
    shuffles: bool


SHAPES = MappingProxyType(
    {
        ItemType.SINGLE_CHOICE: Shape(2, 6, 1, 1, shuffles=True),
        # "Benar" stays above "Salah" in every form: people read the pair by its place.
        ItemType.TRUE_FALSE: Shape(2, 2, 1, 1, shuffles=False),
    }
)


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: Text
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One immutable version of an item. An edit makes a new version; attempts keep the one they were given.

    `item_id` like `RAM-0148`; `version` from 1; `weight` 1-5 points; `enemies` are ids of items that must not
    stand in the same form (one gives the other away). Trust nothing here until `check_item`
    finds no problem.
    """

    item_id: str
    version: int
    type: ItemType
    part: Part
    topic: Topic
    classes: frozenset[LicenceClass]
    difficulty: Difficulty
    stem: Text
    options: tuple[Option, ...]
    key: frozenset[str]
    explanation: Text = NO_TEXT
    article: str = ""
    picture: str | None = None
    picture_alt: Text | None = None
    enemies: frozenset[str] = frozenset()
    source: str = ""
    author: str = ""
    weight: int = 1

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def shape(self) -> Shape:
        return SHAPES[self.type]
