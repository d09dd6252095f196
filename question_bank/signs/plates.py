"""The plate a sign is drawn on: outline and border, in roles' paints."""

from collections.abc import Callable, Mapping

from question_bank.signs.description import Shape
from question_bank.signs.palette import RED
from question_bank.signs.svg import Attribute, Attributes, element

Paints = Mapping[str, str]


def _path(d: str, **attributes: Attribute) -> str:
    return element("path", {"d": d, **{k.replace("_", "-"): v for k, v in attributes.items()}})


def _rect(x: float, y: float, w: float, h: float, r: float, **attributes: Attribute) -> str:
    named = {k.replace("_", "-"): v for k, v in attributes.items()}
    return element("rect", {"x": x, "y": y, "width": w, "height": h, "rx": r, **named})


def _diamond(p: Paints) -> str:
    turn = "rotate(45 50 50)"
    return _rect(16.5, 16.5, 67, 67, 6, fill=p["ground"], transform=turn) + _rect(
        19.2, 19.2, 61.6, 61.6, 4, fill="none", stroke=p["border"], stroke_width=2.4, transform=turn
    )


def _circle(p: Paints) -> str:
    # A ring of a tenth of the diameter is for prohibitions; the other discs carry a thin rim inside the edge.
    if p["border"] == RED:
        return element(
            "circle",
            {"cx": 50, "cy": 50, "r": 43, "fill": p["ground"], "stroke": p["border"], "stroke-width": 10},
        )
    disc = element("circle", {"cx": 50, "cy": 50, "r": 48, "fill": p["ground"]})
    rim: Attributes = {
        "cx": 50,
        "cy": 50,
        "r": 45.6,
        "fill": "none",
        "stroke": p["border"],
        "stroke-width": 1.8,
    }
    return disc + element("circle", rim)


_OCTAGON = "M30.1 2H69.9L98 30.1V69.9L69.9 98H30.1L2 69.9V30.1Z"
_OCTAGON_LINE = "M31.9 6.4H68.1L93.6 31.9V68.1L68.1 93.6H31.9L6.4 68.1V31.9Z"


def _octagon(p: Paints) -> str:
    return _path(_OCTAGON, fill=p["ground"]) + _path(
        _OCTAGON_LINE, fill="none", stroke=p["border"], stroke_width=2.6
    )


def _triangle(p: Paints) -> str:
    d = "M50 12L92 85H8Z"
    return _path(d, fill=p["ground"], stroke=p["border"], stroke_width=10, stroke_linejoin="round")


def _inverted_triangle(p: Paints) -> str:
    d = "M50 88L8 15H92Z"
    return _path(d, fill=p["ground"], stroke=p["border"], stroke_width=10, stroke_linejoin="round")


def _board(x: float, y: float, w: float, h: float) -> Callable[[Paints], str]:
    def draw(p: Paints) -> str:
        return _rect(x, y, w, h, 6, fill=p["ground"]) + _rect(
            x + 2.4, y + 2.4, w - 4.8, h - 4.8, 4.2, fill="none", stroke=p["border"], stroke_width=1.8
        )

    return draw


_ARM = "M2.5 46L8 38.5H92L97.5 46L92 53.5H8Z"


def _cross(p: Paints, y: float = 4) -> str:
    arm: dict[str, Attribute] = {"d": _ARM, "fill": p["ground"], "stroke": p["border"], "stroke-width": 3.6}
    drawn = "".join(
        element("path", {**arm, "transform": f"translate(0 {y}) rotate({turn} 50 46)"}) for turn in (-35, 35)
    )
    # The second bar hides the border of the first where they meet; a plain bar joins their grounds again.
    joint: Attributes = {"d": "M34 46H66", "stroke": p["ground"], "stroke-width": 11.4}
    return drawn + element("path", {**joint, "transform": f"translate(0 {y}) rotate(-35 50 46)"})


def _double_cross(p: Paints) -> str:
    half: dict[str, Attribute] = {"d": "M8 94L50 64L92 94", "fill": "none", "stroke-linejoin": "miter"}
    lower = element("path", {**half, "stroke": p["border"], "stroke-width": 15}) + element(
        "path", {**half, "d": "M10.6 92.1L50 64L89.4 92.1", "stroke": p["ground"], "stroke-width": 9.6}
    )
    return _cross(p, -9) + lower


def _road(p: Paints) -> str:
    return (
        _rect(0, 0, 100, 100, 6, fill=p["verge"])
        + _path("M14 0H86V100H14Z", fill=p["border"])
        + _path("M17 0H83V100H17Z", fill=p["ground"])
    )


PLATES: Mapping[Shape, Callable[[Paints], str]] = {
    Shape.DIAMOND: _diamond,
    Shape.CIRCLE: _circle,
    Shape.OCTAGON: _octagon,
    Shape.TRIANGLE: _triangle,
    Shape.INVERTED_TRIANGLE: _inverted_triangle,
    Shape.SQUARE: _board(6, 6, 88, 88),
    Shape.RECTANGLE: _board(2, 20, 96, 60),
    Shape.TALL_RECTANGLE: _board(18, 3, 64, 94),
    Shape.CROSS: _cross,
    Shape.DOUBLE_CROSS: _double_cross,
    Shape.ROAD: _road,
}

#: What a reader is told about the plate before the picture on it: (Indonesian, English).
SHAPE_WORDS: Mapping[Shape, tuple[str, str]] = {
    Shape.DIAMOND: ("berbentuk belah ketupat", "diamond-shaped"),
    Shape.CIRCLE: ("berbentuk bundar", "round"),
    Shape.OCTAGON: ("bersegi delapan", "eight-sided"),
    Shape.TRIANGLE: ("berbentuk segitiga", "triangular"),
    Shape.INVERTED_TRIANGLE: ("berbentuk segitiga terbalik", "triangular with its point down"),
    Shape.SQUARE: ("berbentuk persegi", "square"),
    Shape.RECTANGLE: ("berbentuk persegi panjang", "rectangular"),
    Shape.TALL_RECTANGLE: ("berbentuk persegi panjang tegak", "upright rectangular"),
    Shape.CROSS: ("berbentuk silang", "cross-shaped"),
    Shape.DOUBLE_CROSS: ("berbentuk silang ganda", "double-cross-shaped"),
    Shape.ROAD: ("jalan dilihat dari atas", "road seen from above"),
}
