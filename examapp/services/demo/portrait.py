"""Camera pictures of nobody: portraits drawn by us, seated before a wall, as JPEG."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]

SIZE = (640, 480)
WALL: Colour = (192, 205, 214)
SHADE: Colour = (178, 128, 92)
LIGHT: Colour = (236, 196, 158)
LIPS: Colour = (178, 92, 92)
DARK: Colour = (44, 32, 30)
WHITE: Colour = (244, 240, 236)
IRIS: Colour = (92, 58, 38)


@dataclass(frozen=True, slots=True)
class Looks:
    """What tells one drawn person from another."""

    shirt: Colour = (46, 94, 142)
    hair: Colour = (38, 32, 34)
    skin: Colour = (214, 168, 128)
    scarf: Colour | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person sits: the middle of the face (parts of width and height) and their size (1: close)."""

    looks: Looks
    across: float = 0.5
    down: float = 0.47
    size: float = 1.0


def draw_room(people: Sequence[Seat], moment: float = 0.0) -> bytes:
    """The JPEG of a room with `people`, at `moment` (0-1 of a loop in which they sway, glance and blink once)."""
    canvas = Image.new("RGB", SIZE, WALL)
    _furnish(ImageDraw.Draw(canvas))
    for seat in people:
        _person(canvas, seat, moment)
    out = io.BytesIO()
    canvas.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=80)
    return out.getvalue()


def _furnish(pen: ImageDraw.ImageDraw) -> None:
    """A shelf and a window: a bare wall would pass for a covered lens."""
    pen.rectangle((0, 40, 110, 480), fill=(126, 104, 84))
    for place, colour in enumerate(((150, 84, 70), (78, 104, 128), (170, 150, 96), (92, 118, 92))):
        pen.rectangle((14 + 24 * place, 70, 30 + 24 * place, 170), fill=colour)
        pen.rectangle((14 + 24 * place, 210, 30 + 24 * place, 310), fill=colour[::-1])
    pen.rectangle((540, 30, 640, 250), fill=(236, 242, 246), outline=(146, 150, 152), width=5)


class _Pen:
    """Draws around a centre in units of a 480-line picture."""

    def __init__(self, canvas: Image.Image, centre: Point, unit: float) -> None:
        self.canvas, self.centre, self.unit = canvas, centre, unit

    def _box(self, at: Point, radii: Point) -> tuple[float, float, float, float]:
        x, y = self.centre[0] + at[0] * self.unit, self.centre[1] + at[1] * self.unit
        across, down = max(1.0, radii[0] * self.unit), max(1.0, radii[1] * self.unit)
        return x - across, y - down, x + across, y + down

    def oval(self, at: Point, radii: Point, colour: Colour, blur: float = 0.0) -> None:
        """A filled ellipse; with `blur`, one that fades into what lies below, as a shadow does."""
        left, top, right, bottom = self._box(at, radii)
        # Drawn four times as large on a mask of its own and scaled down: edges come out smooth.
        reach = 3 * blur * self.unit + 2
        corner = (math.floor(left - reach), math.floor(top - reach))
        size = (math.ceil(right + reach) - corner[0], math.ceil(bottom + reach) - corner[1])
        large = Image.new("L", (size[0] * 4, size[1] * 4), 0)
        inside = tuple(
            4 * (edge - corner[place % 2]) for place, edge in enumerate((left, top, right, bottom))
        )
        ImageDraw.Draw(large).ellipse(inside, fill=204 if blur else 255)
        mask = large.resize(size, Image.Resampling.BOX)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * self.unit))
        self.canvas.paste(Image.new("RGB", size, colour), corner, mask)

    def arc(self, at: Point, radii: Point, span: Point, colour: Colour, thickness: float) -> None:
        """Part of an ellipse's line; `span` in degrees, clockwise from the right."""
        wide = max(1, round(thickness * self.unit))
        ImageDraw.Draw(self.canvas).arc(self._box(at, radii), *span, fill=colour, width=wide)


def _person(canvas: Image.Image, seat: Seat, moment: float) -> None:
    turn = 2 * math.pi * moment
    sway = (5 * math.sin(turn) * seat.size, 3 * math.sin(2 * turn) * seat.size)
    centre = (SIZE[0] * seat.across + sway[0], SIZE[1] * seat.down + sway[1])
    pen = _Pen(canvas, centre, seat.size)
    _body(pen, seat.looks)
    _head(pen, seat.looks)
    _face(pen, 2.5 * math.sin(turn), closed=0.46 < moment < 0.5)


def _body(pen: _Pen, looks: Looks) -> None:
    pen.oval((0, 290), (190, 150), looks.shirt)
    if looks.scarf:
        pen.oval((0, 168), (118, 62), looks.scarf)
        return
    pen.oval((0, 150), (46, 62), SHADE)
    pen.oval((0, 132), (40, 40), SHADE, blur=8)


def _head(pen: _Pen, looks: Looks) -> None:
    if looks.scarf:
        pen.oval((0, 6), (128, 166), looks.scarf)
    else:
        pen.oval((0, -32), (116, 128), looks.hair)
        for side in (-1, 1):
            pen.oval((104 * side, 8), (15, 27), SHADE)
    pen.oval((0, 8), (101, 134), looks.skin)
    pen.oval((0, -112), (76, 30), looks.scarf or looks.hair, blur=3)
    for side in (-1, 1):
        pen.oval((86 * side, 30), (6, 60), SHADE, blur=7)
        pen.oval((48 * side, 40), (24, 16), LIGHT, blur=12)
    pen.oval((0, 138), (60, 12), SHADE, blur=12)
    pen.oval((0, -50), (46, 20), LIGHT, blur=16)


def _face(pen: _Pen, glance: float, closed: bool) -> None:
    for side in (-1, 1):
        pen.oval((42 * side, -16), (32, 17), SHADE, blur=8)
        pen.arc((42 * side, -34), (29, 11), (200, 340), DARK, 6)
        _eye(pen, (42.0 * side, -12.0), glance, closed)
        pen.oval((14 * side, 14), (5, 30), SHADE, blur=7)
        pen.oval((9 * side, 49), (5, 3.5), DARK, blur=2)
        pen.oval((17 * side, 44), (8, 8), SHADE, blur=4)
    pen.oval((0, 22), (6, 30), LIGHT, blur=5)
    pen.oval((0, 40), (10, 8), LIGHT, blur=4)
    pen.oval((0, 58), (14, 4), SHADE, blur=4)
    pen.oval((0, 83), (33, 8), LIPS, blur=2)
    pen.oval((0, 89), (26, 9), LIPS, blur=2)
    pen.arc((0, 74), (34, 11), (20, 160), DARK, 2.5)
    pen.oval((0, 108), (26, 6), SHADE, blur=5)


def _eye(pen: _Pen, at: Point, glance: float, closed: bool) -> None:
    x, y = at
    if closed:
        pen.arc((x, y), (23, 7), (10, 170), DARK, 3)
        return
    pen.oval(at, (23, 10.5), WHITE)
    pen.oval((x + glance, y - 0.5), (10.5, 10.5), IRIS)
    pen.oval((x + glance, y - 0.5), (5, 5), DARK)
    pen.oval((x + glance - 3, y - 4), (2.4, 2.4), WHITE)
    pen.arc((x, y + 1), (25, 13), (195, 345), DARK, 3.5)
    pen.arc((x, y - 1), (23, 12), (20, 160), SHADE, 2)
