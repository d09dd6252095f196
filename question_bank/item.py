"""An item of the theory exam: one version of a question, its options and its key."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from question_bank.licence import LicenceClass
from question_bank.text import NO_TEXT, Text


class ItemType(StrEnum):
    """How an item is answered. A new type needs a row in `SHAPES` and a view in the exam client."""

    SINGLE_CHOICE = "single_choice"
    TRUE_FALSE = "true_false"
    MULTIPLE_RESPONSE = "multiple_response"
    ORDERING = "ordering"
    HOTSPOT = "hotspot"


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


class Competency(StrEnum):
    """What answering takes: knowing or applying a rule, recognising a sign, foreseeing a danger, a right attitude."""

    RECALL = "recall"
    RECOGNISE = "recognise"
    APPLY = "apply"
    ANTICIPATE = "anticipate"
    ATTITUDE = "attitude"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a type demands: how many options and keys (inclusive), and whether the options may be shuffled.

    `ordered`: the key is an order of all options. `regions`: the options are regions of the item's picture.
    """

    min_options: int
    max_options: int
    min_keys: int
    max_keys: int
    shuffles: bool
    ordered: bool = False
    regions: bool = False


SHAPES = MappingProxyType(
    {
        ItemType.SINGLE_CHOICE: Shape(2, 6, 1, 1, shuffles=True),
        # "Benar" stays above "Salah" in every form: people read the pair by its place.
        ItemType.TRUE_FALSE: Shape(2, 2, 1, 1, shuffles=False),
        ItemType.MULTIPLE_RESPONSE: Shape(3, 6, 1, 6, shuffles=True),
        ItemType.ORDERING: Shape(3, 6, 0, 0, shuffles=True, ordered=True),
        # Regions lie where they lie; their letters follow the picture from the top left.
        ItemType.HOTSPOT: Shape(2, 6, 1, 1, shuffles=False, regions=True),
    }
)


class RegionShape(StrEnum):
    """How `coords` are read, as in QTI: left, top, right, bottom; centre x, y and radius; or x, y of each corner."""

    RECT = "rect"
    CIRCLE = "circle"
    POLY = "poly"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture, in thousandths of its width (x, and a circle's radius) and of its height (y)."""

    shape: RegionShape
    coords: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `audio` holds an uploaded recording by language (`media:…`), `region` a hotspot's place."""

    id: str
    text: Text
    picture: str | None = None
    audio: Text = NO_TEXT
    region: Region | None = None


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One immutable version of an item. An edit makes a new version; attempts keep the one they were given.

    `item_id` like `RAM-0148`; `version` from 1; `weight` 1-5 points; `enemies` are ids of items that must not
    stand in the same form (one gives the other away). `key` are the ids of the right options; an ordering item
    has `order` instead, all its options from first to last. `clip` is a video or animation shown before the
    question, `audio` a recording of the stem by language. Trust nothing here until `check_item` finds no problem.
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
    order: tuple[str, ...] = ()
    clip: str | None = None
    audio: Text = NO_TEXT
    competency: Competency | None = None

    @property
    def scoring_key(self) -> frozenset[str] | tuple[str, ...]:
        """What a response is compared with: a set of option ids, or for an ordering item their order."""
        return self.order if self.shape.ordered else self.key

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @property
    def shape(self) -> Shape:
        return SHAPES[self.type]
