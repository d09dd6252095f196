"""Draws road users from above, each around its own middle and facing up."""

from collections.abc import Callable

from question_bank.scenes import palette as p
from question_bank.scenes.geometry import LENGTH, outward, placed, turn_of
from question_bank.scenes.model import OWN, Kind, RoadUser, Scene
from question_bank.scenes.svg import at, circle, group, path, rect, stroke, text


def draw_user(scene: Scene, user: RoadUser) -> str:
    x, y, heading = placed(scene, user)
    parts = _SHAPES[user.kind](p.BODY.get(user.label, p.BODY[""]))
    return group([*parts, *_lamps(scene, user)], at(x, y, heading))


def _own(_: str) -> list[str]:
    return [path("M0,-16 11,13Q0,6 -11,13Z", p.BLUE, stroke(p.WHITE, 2.4) + ' stroke-linejoin="round"')]


def _car(body: str) -> list[str]:
    return [
        rect(-9, -17, 18, 34, body, 5.5, stroke(p.INK, 0.8)),
        path("M-7,-7Q0,-10.5 7,-7L5.8,-2.5H-5.8Z", p.GLASS),
        path("M-6.5,12.5H6.5L5.6,8.5H-5.6Z", p.GLASS),
        path("M-6,-16.2h3M3,-16.2h3", extra=stroke("#fff6cf", 1.8)),
    ]


def _rider(helmet: str, jacket: str) -> list[str]:
    return [rect(-5.5, -3, 11, 7.5, jacket, 3.6), circle(0, -2.2, 3.9, helmet, stroke(p.INK, 0.8))]


def _motorcycle(body: str) -> list[str]:
    return [
        rect(-2, -13, 4, 26, p.INK, 2),
        path("M-6.5,-7.5H6.5", extra=stroke(p.INK, 2, cap="round")),
        rect(-3, -8, 6, 15, body, 3),
        *_rider(body, "#2d4256"),
    ]


def _bicycle(body: str) -> list[str]:
    return [
        rect(-0.9, -13, 1.8, 26, p.INK, 0.9),
        path("M-5,-6.5H5", extra=stroke(p.INK, 1.4, cap="round")),
        *_rider("#d9a679", body if body != p.BODY[""] else "#7a9a4d"),
    ]


def _truck(body: str) -> list[str]:
    return [
        rect(-10, -25, 20, 14, body, 3.5, stroke(p.INK, 0.8)),
        path("M-8,-20Q0,-23 8,-20V-16.5H-8Z", p.GLASS),
        rect(-10.5, -10, 21, 35, "#e6e0d4", 1.5, stroke(p.INK, 0.8)),
        path("M-10,-1H10M-10,8H10M-10,17H10", extra=stroke("#b9b1a2", 1)),
    ]


def _bus(body: str) -> list[str]:
    return [
        rect(-10.5, -28, 21, 56, body, 4, stroke(p.INK, 0.8)),
        path("M-9,-25.5H9V-21.5H-9Z", p.GLASS),
        path("M-10,-17V22M10,-17V22", extra=stroke(p.GLASS, 1.4, dash="6 2")),
        rect(-5.5, -8, 11, 7, "#ffffff", 1.5, ' opacity=".55"'),
        rect(-5.5, 8, 11, 7, "#ffffff", 1.5, ' opacity=".55"'),
    ]


def _beacon(left: str, right: str) -> list[str]:
    return [rect(-6.5, -9, 6, 3.6, left, 1), rect(0.5, -9, 6, 3.6, right, 1)]


def _ambulance(_: str) -> list[str]:
    return [
        rect(-10, -20, 20, 40, p.WHITE, 4, stroke(p.INK, 0.9)),
        path("M-8,-15Q0,-18 8,-15V-11H-8Z", p.GLASS),
        *_beacon("#e5252a", "#e5252a"),
        path("M-10,-3V18M10,-3V18", extra=stroke(p.RED, 1.6)),
        path("M-1.9,0H1.9V3.7H5.6V7.5H1.9V11.2H-1.9V7.5H-5.6V3.7H-1.9Z", p.RED),
    ]


def _hearse(_: str) -> list[str]:
    return [
        rect(-10, -20, 20, 40, "#35424e", 4, stroke(p.WHITE, 1)),
        path("M-8,-15Q0,-18 8,-15V-11H-8Z", "#a9bccb"),
        *_beacon("#e5252a", "#e5252a"),
        rect(-5, 0, 10, 16, "#e9e2d0", 2),
    ]


def _fire_engine(_: str) -> list[str]:
    return [
        rect(-10.5, -25, 21, 50, "#d6362b", 3.5, stroke(p.INK, 0.8)),
        path("M-8.5,-21.5H8.5V-17H-8.5Z", p.GLASS),
        rect(-6.5, -14.5, 6, 3.6, "#ff8a80", 1),
        rect(0.5, -14.5, 6, 3.6, "#ff8a80", 1),
        path("M-4,-7V22M4,-7V22", extra=stroke("#f3f0e8", 1.8)),
        path("M-4,-3H4M-4,3H4M-4,9H4M-4,15H4M-4,21H4", extra=stroke("#f3f0e8", 1.4)),
    ]


def _train(_: str) -> list[str]:
    return [
        rect(-13, -75, 26, 72, "#47617a", 5, stroke(p.INK, 1)),
        rect(-13, 1, 26, 74, "#5a7691", 3, stroke(p.INK, 1)),
        path("M-9,-70Q0,-74 9,-70V-64H-9Z", "#cfe3f2"),
        path("M-4,-58V-8M4,-58V-8M-4,6V70M4,6V70", extra=stroke("#ffd24a", 2)),
    ]


def _person(shirt: str, hair: str, size: float) -> list[str]:
    return [
        group(
            [
                path("M-3.4,-5.5V2M3.4,-1V5.5", extra=stroke("#34465a", 3.2, cap="round")),
                rect(-7.5, -3.4, 15, 6.8, shirt, 3.4, stroke(p.WHITE, 0.8)),
                circle(0, 0, 3.9, hair, stroke(p.WHITE, 0.8)),
            ],
            f"scale({size})",
        )
    ]


def _pedestrian(_: str) -> list[str]:
    return _person("#c98a2b", "#2b2118", 1.15)


def _child(_: str) -> list[str]:
    return [*_person("#ffffff", "#2b2118", 0.95), rect(-3.6, 3.4, 7.2, 5, p.RED, 1.6)]


def _officer(_: str) -> list[str]:
    return [
        path("M-15,0H15", extra=stroke("#8a6d3b", 4.2, cap="round")),
        *_person("#d9f24a", "#5b4a2a", 1.2),
        circle(15, 0, 2.6, p.WHITE),
        circle(-15, 0, 2.6, p.WHITE),
    ]


def _cow(_: str) -> list[str]:
    return [
        rect(-6, -8, 12, 21, "#9a6a44", 5.5, stroke("#5d3f28", 0.8)),
        rect(-3.6, -15, 7.2, 10, "#8a5c3a", 3.2, stroke("#5d3f28", 0.8)),
        path("M-4,-11L-8,-13M4,-11L8,-13", extra=stroke("#efe6d6", 2, cap="round")),
        path("M0,13V17", extra=stroke("#5d3f28", 1.4)),
    ]


_SHAPES: dict[Kind, Callable[[str], list[str]]] = {
    Kind.OWN: _own,
    Kind.CAR: _car,
    Kind.MOTORCYCLE: _motorcycle,
    Kind.BICYCLE: _bicycle,
    Kind.TRUCK: _truck,
    Kind.BUS: _bus,
    Kind.FIRE_ENGINE: _fire_engine,
    Kind.AMBULANCE: _ambulance,
    Kind.HEARSE: _hearse,
    Kind.TRAIN: _train,
    Kind.PEDESTRIAN: _pedestrian,
    Kind.CHILD: _child,
    Kind.OFFICER: _officer,
    Kind.COW: _cow,
}
_HALF = {Kind.MOTORCYCLE: 5.5, Kind.OWN: 9.0, Kind.TRUCK: 10.5, Kind.BUS: 10.5}
_SLIM = {Kind.MOTORCYCLE, Kind.BICYCLE, Kind.PEDESTRIAN, Kind.CHILD}
_WITHOUT_LAMPS = {Kind.BICYCLE, Kind.PEDESTRIAN, Kind.CHILD, Kind.OFFICER, Kind.COW, Kind.TRAIN}


def _lamps(scene: Scene, user: RoadUser) -> list[str]:
    """Indicators beside the body (where a still picture can show them) and brake lamps."""
    if user.kind in _WITHOUT_LAMPS:
        return []
    side = user.indicator or turn_of(scene, user)
    half, length = _HALF.get(user.kind, 9.5), LENGTH[user.kind] / 2
    found = []
    for name, sign in (("left", -1), ("right", 1)):
        if user.hazard_lights or side == name:
            found += [
                circle(sign * half, y, 2.6, p.LAMP, stroke(p.WHITE, 0.7)) for y in (4 - length, length - 4)
            ]
            tip, base = sign * (half + 8), sign * (half + 3.4)
            found.append(path(f"M{tip},{4 - length}L{base},{-length - 0.2}V{8.2 - length}Z", p.LAMP))
    if user.brakes:
        wide = half - 2
        found += [
            rect(x - 2.6, length - 2.5, 5.2, 3.4, p.BRAKE, 1.2) for x in ((-wide, wide) if half > 6 else (0,))
        ]
    return found


def draw_label(scene: Scene, user: RoadUser, language: str) -> str:
    """The letter on the roof, or a tag beside what is too slim to carry one."""
    if not user.label:
        return ""
    x, y = _label_place(scene, user)
    if user.label == OWN:
        words, wide = (OWN, 36.0) if language == "id" else ("You", 29.0)
        tag = [
            rect(-wide / 2, -8.5, wide, 17, p.BLUE, 8.5, stroke(p.WHITE, 1.4)),
            text(0, 4, words, 11.5, p.WHITE),
        ]
        return group(tag, at(x, y))
    badge = [circle(0, 0, 8.2, p.WHITE, stroke(p.INK, 1.2)), text(0, 4.2, user.label, 12, p.INK)]
    return group(badge, at(x, y))


def _label_place(scene: Scene, user: RoadUser) -> tuple[float, float]:
    x, y, heading = placed(scene, user)
    if user.label_dx or user.label_dy:
        return x + user.label_dx, y + user.label_dy
    if user.label == OWN:
        left = outward(heading - 90)
        return x + left[0] * 36, y + left[1] * 29
    if user.kind in _SLIM:
        back = outward(heading + 180)
        return x + back[0] * 23, y + back[1] * 23
    return x, y
