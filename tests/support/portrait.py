"""A friendly portrait of nobody, drawn by us, that breathes, blinks and glances a little."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np

Picture = np.ndarray[Any, Any]
Point = tuple[float, float]
Colour = tuple[int, int, int]

WALL: Colour = (214, 205, 192)
SHIRT: Colour = (142, 94, 46)
SKIN: Colour = (128, 168, 214)
SHADE: Colour = (92, 128, 178)
LIGHT: Colour = (158, 196, 236)
HAIR: Colour = (34, 32, 38)
LIPS: Colour = (92, 92, 178)
DARK: Colour = (30, 32, 44)
WHITE: Colour = (236, 240, 244)
IRIS: Colour = (38, 58, 92)

# Drawn large and scaled down: edges come out smooth, as through a lens.
SCALE = 2


def draw_portrait(moment: float, size: tuple[int, int] = (640, 480), gaze: Point | None = None) -> Picture:
    """The picture at `moment` (0-1 of a loop), `size` as (width, height), BGR.

    `gaze` (degrees to the image's right and up) fixes where the eyes look; otherwise they glance about.
    """
    width, height = size[0] * SCALE, size[1] * SCALE
    canvas = np.full((height, width, 3), WALL, np.uint8)
    turn = 2 * math.pi * moment
    unit = height / 480
    centre = (width / 2 + 5 * unit * math.sin(turn), height * 0.47 + 3 * unit * math.sin(2 * turn))
    pen = Pen(canvas, centre, unit)
    _body(pen)
    _head(pen)
    glance = (2.5 * math.sin(turn), 0.0) if gaze is None else (gaze[0] * 0.6, -gaze[1] * 0.6)
    _features(pen, glance, closed=0.46 < moment < 0.5)
    soft = cv2.GaussianBlur(canvas, (0, 0), 1.6 * unit / SCALE)
    return cv2.resize(soft, size, interpolation=cv2.INTER_AREA)


class Pen:
    """Draws around a centre in units of a 480-line picture."""

    def __init__(self, canvas: Picture, centre: Point, unit: float) -> None:
        self.canvas, self.centre, self.unit = canvas, centre, unit

    def spot(self, at: Point) -> tuple[int, int]:
        """A place on the canvas."""
        return round(self.centre[0] + at[0] * self.unit), round(self.centre[1] + at[1] * self.unit)

    def oval(self, at: Point, radii: Point, colour: Colour, blur: float = 0.0) -> None:
        """A filled ellipse; with `blur`, one that fades into what lies below, as a shadow does."""
        axes = (max(1, round(radii[0] * self.unit)), max(1, round(radii[1] * self.unit)))
        if not blur:
            cv2.ellipse(self.canvas, self.spot(at), axes, 0, 0, 360, colour, -1, cv2.LINE_AA)
            return
        # Only the surroundings are touched: blurring the whole canvas for each shadow takes seconds.
        reach = 3 * blur * self.unit
        (x, y), (across, down) = self.spot(at), axes
        left, top = max(0, int(x - across - reach)), max(0, int(y - down - reach))
        part = self.canvas[top : int(y + down + reach), left : int(x + across + reach)]
        mask = np.zeros(part.shape[:2], np.float32)
        cv2.ellipse(mask, (x - left, y - top), axes, 0, 0, 360, 1.0, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), blur * self.unit)[:, :, None] * 0.8
        part[:] = (part * (1 - mask) + np.array(colour) * mask).astype(np.uint8)

    def arc(self, at: Point, radii: Point, span: Point, colour: Colour, thickness: float) -> None:
        """Part of an ellipse's line; `span` in degrees, clockwise from the right."""
        axes = (round(radii[0] * self.unit), round(radii[1] * self.unit))
        thick = max(1, round(thickness * self.unit))
        cv2.ellipse(self.canvas, self.spot(at), axes, 0, *span, colour, thick, cv2.LINE_AA)


def _body(pen: Pen) -> None:
    pen.oval((0, 290), (190, 150), SHIRT)
    pen.oval((0, 150), (46, 62), SHADE)
    pen.oval((0, 132), (40, 40), SHADE, blur=8)


def _head(pen: Pen) -> None:
    pen.oval((0, -32), (116, 128), HAIR)
    for side in (-1, 1):
        pen.oval((104 * side, 8), (15, 27), SHADE)
    pen.oval((0, 8), (101, 134), SKIN)
    pen.oval((0, -112), (76, 30), HAIR, blur=3)
    for side in (-1, 1):
        pen.oval((86 * side, 30), (6, 60), SHADE, blur=7)
        pen.oval((48 * side, 40), (24, 16), LIGHT, blur=12)
    pen.oval((0, 138), (60, 12), SHADE, blur=12)
    pen.oval((0, -50), (46, 20), LIGHT, blur=16)


def _features(pen: Pen, glance: Point, closed: bool) -> None:
    for side in (-1, 1):
        pen.oval((42 * side, -16), (32, 17), SHADE, blur=8)
        pen.arc((42 * side, -34), (29, 11), (200, 340), HAIR, 7)
        _eye(pen, (42 * side, -12), glance, closed)
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


def _eye(pen: Pen, at: Point, glance: Point, closed: bool) -> None:
    x, y = at
    if closed:
        pen.arc((x, y), (23, 7), (10, 170), DARK, 3)
        return
    pen.oval(at, (23, 10.5), WHITE)
    iris = (x + glance[0], y - 0.5 + glance[1])
    pen.oval(iris, (10.5, 10.5), IRIS)
    pen.oval(iris, (5, 5), DARK)
    pen.oval((iris[0] - 3, iris[1] - 3.5), (2.4, 2.4), WHITE)
    pen.arc((x, y + 1), (25, 13), (195, 345), DARK, 3.5)
    pen.arc((x, y - 1), (23, 12), (20, 160), SHADE, 2)
