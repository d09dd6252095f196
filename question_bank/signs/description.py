"""The values a sign is described with, in a space of 100 × 100 units, x to the right, y down."""

from dataclasses import dataclass
from enum import StrEnum

from question_bank.signs.palette import SignKind

__all__ = [
    "ArrowPart",
    "Bilingual",
    "CirclePart",
    "GlyphPart",
    "Part",
    "PathPart",
    "Shape",
    "SignDescription",
    "SignError",
    "SignKind",
    "TextPart",
]


class SignError(ValueError):
    """A description that cannot be drawn; the message names the sign, the field and what is allowed."""


class Shape(StrEnum):
    """The plate of a sign; `ROAD` is a strip of road seen from above, for markings."""

    DIAMOND = "diamond"
    CIRCLE = "circle"
    OCTAGON = "octagon"
    TRIANGLE = "triangle"
    INVERTED_TRIANGLE = "inverted-triangle"
    SQUARE = "square"
    RECTANGLE = "rectangle"
    TALL_RECTANGLE = "tall-rectangle"
    CROSS = "cross"
    DOUBLE_CROSS = "double-cross"
    ROAD = "road"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in Indonesian and in English; neither is ever empty."""

    id: str
    en: str

    def get(self, language: str) -> str:
        """The text in `language`; anything but `en` reads Indonesian, the language of the exam."""
        return self.en if language == "en" else self.id


@dataclass(frozen=True, slots=True)
class PathPart:
    """An SVG path; `fill` and `stroke` are roles of the scheme, or None."""

    d: str
    fill: str | None = None
    stroke: str | None = None
    width: float = 6.0
    dash: str | None = None
    round_ends: bool = False


@dataclass(frozen=True, slots=True)
class CirclePart:
    """A disc or a ring around (`x`, `y`)."""

    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    width: float = 6.0


@dataclass(frozen=True, slots=True)
class ArrowPart:
    """A line with a head added beyond its last point; absolute M L H V Q C only."""

    d: str
    colour: str = "symbol"
    width: float = 7.0
    head: float = 2.6


@dataclass(frozen=True, slots=True)
class GlyphPart:
    """A drawing of the glyph library, its centre at (`x`, `y`), turned clockwise by `rotate` degrees."""

    name: str
    x: float = 50.0
    y: float = 50.0
    scale: float = 1.0
    rotate: float = 0.0
    flip: bool = False
    colour: str = "symbol"


@dataclass(frozen=True, slots=True)
class TextPart:
    """Bold letters centred at (`x`, `y`); `length` stretches them to that width on every machine."""

    text: str
    x: float = 50.0
    y: float = 50.0
    size: float = 30.0
    colour: str = "symbol"
    length: float | None = None


Part = PathPart | CirclePart | ArrowPart | GlyphPart | TextPart


@dataclass(frozen=True, slots=True)
class SignDescription:
    """One sign: its plate, what is drawn on it, and its words.

    `picture_text` says what stands on the plate; the meaning is in `meaning` and must not leak into it.
    `slash` lays the oblique red bar of a prohibition over the symbol; `bars` the bundle that ends one.
    """

    key: str
    kind: SignKind
    shape: Shape
    scheme: str
    parts: tuple[Part, ...]
    name: Bilingual
    picture_text: Bilingual
    meaning: Bilingual
    article: str
    slash: bool = False
    bars: bool = False
