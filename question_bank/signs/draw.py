"""Draws a described sign as SVG: no script, no style, no reference outside the picture, same text every time."""

import math
import re

from question_bank.signs.description import (
    ArrowPart,
    CirclePart,
    GlyphPart,
    Part,
    PathPart,
    Shape,
    SignDescription,
    SignError,
    TextPart,
)
from question_bank.signs.glyphs import Glyph, shipped_glyphs
from question_bank.signs.palette import SCHEMES
from question_bank.signs.plates import PLATES, Paints
from question_bank.signs.svg import Attributes, element, number, text_content

_FONT = "Arial,'Liberation Sans',Helvetica,sans-serif"


def render_sign(
    description: SignDescription,
    *,
    label: str | None = None,
    glyphs: dict[str, Glyph] | None = None,
) -> str:
    """The sign as one `<svg>` element with a view box of 100 × 100 units, usually below 4 KB.

    `label` becomes `aria-label` and `<desc>`; pass the alternative text, never the sign's name, where the
    picture is part of a question. Without it the picture is marked as decoration. `glyphs` replaces the
    shipped library. Raises `SignError` when a part names a glyph the library lacks.
    """
    library = shipped_glyphs() if glyphs is None else glyphs
    paints = SCHEMES[description.scheme]
    body = [PLATES[description.shape](paints)]
    if description.bars:
        body.append(_bars(paints))
    body += [draw_part(part, paints, library) for part in description.parts]
    if description.slash:
        body.append(_slash(paints, description.shape))
    named = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    content = element("desc", {}, text_content(label)) if label else ""
    head: Attributes = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 100 100", **named}
    return element("svg", head, content + "".join(body))


def draw_part(part: Part, paints: Paints, library: dict[str, Glyph]) -> str:
    """One part as SVG text in the paints of its sign."""
    match part:
        case PathPart():
            return _path(part, paints)
        case CirclePart():
            return _circle(part, paints)
        case ArrowPart():
            return _arrow(part, paints)
        case GlyphPart():
            return _glyph(part, paints, library)
        case TextPart():
            return _text(part, paints)


def _paint(role: str | None, paints: Paints) -> str:
    return "none" if role is None else paints[role]


def _path(part: PathPart, paints: Paints) -> str:
    stroked = part.stroke is not None
    return element(
        "path",
        {
            "d": part.d,
            "fill": _paint(part.fill, paints),
            "stroke": paints[part.stroke] if part.stroke else None,
            "stroke-width": part.width if stroked else None,
            "stroke-dasharray": part.dash if stroked else None,
            "stroke-linecap": "round" if part.round_ends else None,
            "stroke-linejoin": "round" if part.round_ends else None,
        },
    )


def _circle(part: CirclePart, paints: Paints) -> str:
    stroked = part.stroke is not None
    return element(
        "circle",
        {
            "cx": part.x,
            "cy": part.y,
            "r": part.radius,
            "fill": _paint(part.fill, paints),
            "stroke": paints[part.stroke] if part.stroke else None,
            "stroke-width": part.width if stroked else None,
        },
    )


def _points(d: str) -> list[tuple[float, float]]:
    """Every point a path of absolute M L H V Q C names, control points included, in order."""
    points: list[tuple[float, float]] = []
    for command, text in re.findall(r"([MLHVQC])([^MLHVQC]*)", d):
        values = [float(v) for v in re.findall(r"-?\d+\.?\d*", text)]
        if command in "HV":
            if not points:
                raise SignError(f"the arrow {d!r} must begin with M")
            x, y = points[-1]
            points += [(v, y) if command == "H" else (x, v) for v in values]
        else:
            points += list(zip(values[::2], values[1::2], strict=True))
    if len(points) < 2:
        raise SignError(f"the arrow {d!r} needs at least two points")
    return points


def _arrow(part: ArrowPart, paints: Paints) -> str:
    *_, (x0, y0), (x1, y1) = _points(part.d)
    angle = math.atan2(y1 - y0, x1 - x0)
    length, half = part.width * part.head * 0.86, part.width * part.head / 2
    # The head starts a hair before the end of the line, or some renderers show a seam between the two.
    bx, by = x1 - 0.4 * math.cos(angle), y1 - 0.4 * math.sin(angle)
    corners = [
        (bx - half * math.sin(angle), by + half * math.cos(angle)),
        (bx + length * math.cos(angle), by + length * math.sin(angle)),
        (bx + half * math.sin(angle), by - half * math.cos(angle)),
    ]
    head = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "Z"
    paint = paints[part.colour]
    line: Attributes = {
        "d": part.d,
        "fill": "none",
        "stroke": paint,
        "stroke-width": part.width,
        "stroke-linejoin": "round",
    }
    return element("path", line) + element("path", {"d": head, "fill": paint})


def _glyph(part: GlyphPart, paints: Paints, library: dict[str, Glyph]) -> str:
    if part.name not in library:
        raise SignError(f"unknown glyph {part.name!r}; known: {', '.join(sorted(library))}")
    moves = [f"translate({number(part.x)} {number(part.y)})"]
    if part.rotate:
        moves.append(f"rotate({number(part.rotate)})")
    across = -part.scale if part.flip else part.scale
    if part.flip or part.scale != 1:
        moves.append(f"scale({number(across)} {number(part.scale)})")
    moves.append("translate(-50 -50)")
    inked = {**paints, "ink": paints[part.colour], "paper": paints["ground"]}
    drawn = "".join(draw_part(stroke, inked, library) for stroke in library[part.name])
    return element("g", {"transform": " ".join(moves)}, drawn)


def _text(part: TextPart, paints: Paints) -> str:
    halo = paints.get("slash") == paints["symbol"]
    attributes: Attributes = {
        "x": part.x,
        # Capitals and digits of the font are 0.72 of its size high; half of that centres them on y.
        "y": part.y + part.size * 0.36,
        "font-family": _FONT,
        "font-weight": "700",
        "font-size": part.size,
        "text-anchor": "middle",
        "textLength": part.length,
        "lengthAdjust": "spacingAndGlyphs" if part.length else None,
        "fill": paints[part.colour],
        # A rim of the ground keeps letters legible where they stand on bars.
        "stroke": paints["ground"] if halo else None,
        "stroke-width": 5 if halo else None,
        "paint-order": "stroke" if halo else None,
    }
    return element("text", attributes, text_content(part.text))


def _slash(paints: Paints, shape: Shape) -> str:
    d = "M20 20L80 80" if shape is Shape.CIRCLE else "M12 12L88 88"
    return element("path", {"d": d, "stroke": paints["slash"], "stroke-width": 7})


def _bars(paints: Paints) -> str:
    d = "M73.8 14.2L14.2 73.8M78.3 17.7L17.7 78.3M82.3 21.7L21.7 82.3M85.8 26.2L26.2 85.8"
    return element("path", {"d": d, "stroke": paints["slash"], "stroke-width": 2.4})
