"""Draws things beside and across the road. Each function draws around 0,0; `width` and `height` may be 0."""

from collections.abc import Callable
from types import MappingProxyType

from question_bank.scenes import palette as p
from question_bank.scenes.model import Prop
from question_bank.scenes.roads import give_way_sign, stop_sign
from question_bank.scenes.svg import at, circle, group, path, rect, stroke, text

_WORDS = MappingProxyType({"SEKOLAH": "SCHOOL", "HALTE": "BUS STOP", "PASAR": "MARKET", "naik": "uphill"})


def draw_prop(prop: Prop, language: str) -> str:
    words = prop.text if language == "id" else _WORDS.get(prop.text, prop.text)
    return group(PROPS[prop.what](prop, words), at(prop.x, prop.y, prop.turn))


def _tree(prop: Prop, _: str) -> list[str]:
    size = prop.width or 13
    return [circle(0, 0, size, p.TREE), circle(-size / 4, -size / 4, size * 0.6, p.TREE_TOP)]


def _house(prop: Prop, words: str) -> list[str]:
    width, height = prop.width or 60, prop.height or 36
    parts = [
        rect(-width / 2, -height / 2, width, height, p.ROOF, 3),
        rect(-width / 2, -height / 2, width, height / 2, "#ffffff", 3, ' opacity=".14"'),
    ]
    return [*parts, text(0, 4, words, 11, p.WHITE)] if words else parts


def _hedge(prop: Prop, _: str) -> list[str]:
    width, height = prop.width or 60, prop.height or 16
    return [
        rect(-width / 2, -height / 2, width, height, "#7fa36e", 7),
        rect(-width / 2 + 3, -height / 2 + 2, width - 6, height / 3, p.TREE_TOP, 3),
    ]


def _zebra(prop: Prop, _: str) -> list[str]:
    """Stripes across a road that runs sideways; `height` is the road's width."""
    height = prop.height or 58
    count = int(height // 9)
    first = -(count - 1) * 4.5
    return [rect(-9, first + 9 * k - 2.6, 18, 5.2, p.LINE) for k in range(count)]


def _school_zone(prop: Prop, _: str) -> list[str]:
    width, height = prop.width or 110, prop.height or 60
    return [rect(-width / 2, -height / 2, width, height, "#b4574d", 0, ' opacity=".8"')]


def _rails(prop: Prop, _: str) -> list[str]:
    """Two rails that run up and down the picture, with their sleepers."""
    sleepers = "".join(f"M-15,{y}H15" for y in range(-114, 115, 12))
    return [
        rect(-19, -120, 38, 240, "#b7ada0"),
        path(sleepers, extra=stroke("#7d6a55", 4)),
        path("M-9,-120V120M9,-120V120", extra=stroke("#e3e7ea", 3)),
    ]


def _barrier(prop: Prop, _: str) -> list[str]:
    length = prop.width or 34
    return [
        rect(-5, -5, 10, 10, p.INK, 2),
        rect(0, -2.2, length, 4.4, p.WHITE, 1),
        path(f"M5,0H{length}", extra=stroke(p.RED, 4.4, dash="6 6")),
    ]


def _rail_lights(_: Prop, __: str) -> list[str]:
    return [rect(-13, -7, 26, 14, p.INK, 4), circle(-6, 0, 4.2, "#ff4d3d"), circle(6, 0, 4.2, "#ff4d3d")]


def _speed_limit(_: Prop, words: str) -> list[str]:
    return [circle(0, 0, 11, p.WHITE, stroke(p.RED, 3.4)), text(0, 4.3, words, 12, p.INK)]


def _warning(inner: Callable[[], list[str]]) -> Callable[[Prop, str], list[str]]:
    def draw(_: Prop, __: str) -> list[str]:
        return [
            rect(-10, -10, 20, 20, p.WARNING, 2.5, stroke(p.INK, 1.6) + ' transform="rotate(45)"'),
            *inner(),
        ]

    return draw


def _rail_symbol() -> list[str]:
    return [path("M-6,-3H6M-6,3H6M-4,-6V6M0,-6V6M4,-6V6", extra=stroke(p.INK, 1.8))]


def _children_symbol() -> list[str]:
    return [
        circle(-3.4, -5, 2, p.INK),
        circle(3.6, -3.4, 1.7, p.INK),
        path(
            "M-3.4,-3V3M-3.4,2L-6,7M-3.4,2L-1,7M3.6,-2V3M3.6,2L1.8,6.6M3.6,2L6,6.6M-3.4,-1L3.6,0",
            extra=stroke(p.INK, 1.7),
        ),
    ]


def _bend_symbol() -> list[str]:
    return [path("M-4,8V1Q-4,-4 1,-4H5", extra=stroke(p.INK, 2.6)), path("M4,-8L9.5,-4 4,0Z", p.INK)]


def _works_symbol() -> list[str]:
    return [
        circle(1, -5.4, 2, p.INK),
        path("M1,-3L-1,2 2,7M-1,2L-4,7M0,-1L5,2L8,7", extra=stroke(p.INK, 1.8)),
    ]


def _slip_symbol() -> list[str]:
    return [
        rect(-4, -6.5, 8, 4.5, p.INK, 1.5),
        path("M-3,0Q-7,3 -3,7M3,0Q-1,3 3,7", extra=stroke(p.INK, 1.8)),
    ]


def _no_overtaking(_: Prop, __: str) -> list[str]:
    return [
        circle(0, 0, 11.5, p.WHITE, stroke(p.RED, 3)),
        rect(-6.8, -4, 5.6, 9, p.RED, 1.6),
        rect(1.2, -4, 5.6, 9, p.INK, 1.6),
        path("M-7,-7L7,7", extra=stroke(p.RED, 2)),
    ]


def _stop(_: Prop, __: str) -> list[str]:
    return stop_sign()


def _give_way(_: Prop, __: str) -> list[str]:
    return give_way_sign()


def _speed_bump(prop: Prop, _: str) -> list[str]:
    height = prop.height or 58
    return [
        rect(-6, -height / 2, 12, height, "#3e4a55", 2),
        path(f"M0,{-height / 2 + 2}V{height / 2 - 2}", extra=stroke(p.WARNING, 8, dash="6 6")),
    ]


def _puddle(prop: Prop, _: str) -> list[str]:
    width = prop.width or 30
    return [
        f'<ellipse cx="0" cy="0" rx="{width}" ry="{width * 0.42:g}" fill="#8fc0e6"/>',
        f'<ellipse cx="{-width * 0.25:g}" cy="{-width * 0.1:g}" rx="{width * 0.42:g}" '
        f'ry="{width * 0.12:g}" fill="#d8ecfa"/>',
    ]


def _pothole(prop: Prop, _: str) -> list[str]:
    return [path("M-12,-2Q-8,-9 0,-7T12,-2Q13,6 3,7T-12,-2Z", "#2c343c", stroke("#98a3ad", 1.6))]


def _gravel(prop: Prop, _: str) -> list[str]:
    spots = [
        (-20, -4),
        (-14, 5),
        (-7, -7),
        (-2, 3),
        (5, -3),
        (10, 6),
        (16, -6),
        (21, 2),
        (-24, 4),
        (0, -11),
        (12, -12),
    ]
    return [circle(x, y, 2.6, "#d2c3a5", stroke("#8d8068", 0.6)) for x, y in spots]


def _ball(_: Prop, __: str) -> list[str]:
    return [
        circle(0, 0, 5, "#ff7a2f", stroke(p.WHITE, 1.2)),
        path("M-5,0H5M0,-5V5", extra=stroke(p.WHITE, 0.9)),
    ]


def _door(prop: Prop, _: str) -> list[str]:
    """An opened car door, hinged at 0,0."""
    return [
        path("M0,0L11,7", extra=stroke(p.INK, 3.6, cap="round")),
        path("M0,0L11,7", extra=stroke(p.WHITE, 1.4, cap="round")),
    ]


def _triangle(_: Prop, __: str) -> list[str]:
    return [path("M0,-9L9.5,7H-9.5Z", p.WHITE, stroke(p.RED, 3.6) + ' stroke-linejoin="round"')]


def _cone(_: Prop, __: str) -> list[str]:
    return [circle(0, 0, 5.2, "#f0772b", stroke(p.WHITE, 1)), circle(0, 0, 2.2, p.WHITE)]


def _bus_stop(prop: Prop, words: str) -> list[str]:
    width = prop.width or 70
    return [rect(-width / 2, -10, width, 20, "#3f7fb5", 4), text(0, 4, words, 11, p.WHITE)]


def _uphill(prop: Prop, words: str) -> list[str]:
    width = prop.width or 96
    shown = text(0, -8, words, 11.5, p.INK, "" if not prop.turn else f' transform="rotate({-prop.turn:g})"')
    return [
        path(f"M{-width / 2},2H{width / 2 - 10}", extra=stroke(p.INK, 3)),
        path(f"M{width / 2 - 11},-4.5L{width / 2},2L{width / 2 - 11},8.5Z", p.INK),
        shown,
    ]


def _crest(prop: Prop, _: str) -> list[str]:
    """The top of a hill: what lies beyond the line can't be seen."""
    height = prop.height or 70
    bands = [rect(4 * k, -height / 2, 160, height, p.INK, 0, ' opacity=".1"') for k in (0, 4, 8)]
    return [*bands, path(f"M0,{-height / 2}V{height / 2}", extra=stroke(p.KERB, 3))]


def _wall(prop: Prop, _: str) -> list[str]:
    width, height = prop.width or 60, prop.height or 30
    return [rect(-width / 2, -height / 2, width, height, p.WALL, 2, stroke("#b8a68d", 1.2))]


PROPS: dict[str, Callable[[Prop, str], list[str]]] = {
    "tree": _tree,
    "house": _house,
    "wall": _wall,
    "hedge": _hedge,
    "zebra": _zebra,
    "school-zone": _school_zone,
    "rails": _rails,
    "barrier": _barrier,
    "rail-lights": _rail_lights,
    "speed-limit": _speed_limit,
    "warning-rails": _warning(_rail_symbol),
    "warning-children": _warning(_children_symbol),
    "warning-bend": _warning(_bend_symbol),
    "warning-works": _warning(_works_symbol),
    "warning-slippery": _warning(_slip_symbol),
    "no-overtaking": _no_overtaking,
    "stop": _stop,
    "give-way": _give_way,
    "speed-bump": _speed_bump,
    "puddle": _puddle,
    "pothole": _pothole,
    "gravel": _gravel,
    "ball": _ball,
    "door": _door,
    "triangle": _triangle,
    "cone": _cone,
    "bus-stop": _bus_stop,
    "uphill": _uphill,
    "crest": _crest,
}
UPRIGHT = frozenset(name for name in PROPS if name.startswith("warning-")) | {
    "speed-limit",
    "no-overtaking",
    "stop",
    "give-way",
    "triangle",
    "cone",
    "barrier",
    "rail-lights",
    "ball",
    "door",
}
"""Props that stay readable at night and above an intended way; all others lie below the road users."""
