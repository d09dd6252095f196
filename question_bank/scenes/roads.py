"""Draws the road itself: kerbs, asphalt, lines, lights and signs at the mouths."""

from question_bank.scenes import palette as p
from question_bank.scenes.geometry import (
    CENTRE,
    RING_INNER,
    RING_OUTER,
    Point,
    bearing_of,
    half_width,
    lane_offset,
    outward,
)
from question_bank.scenes.model import Arm, Control, Layout, Rank, Scene
from question_bank.scenes.svg import at, circle, group, line, path, points, rect, stroke, text

_BEND = "M90,215V160Q90,70 180,70H335"
_FAR = 260.0


def draw_road(scene: Scene) -> list[str]:
    if scene.layout is Layout.BEND:
        return _bend(scene)
    kerbs = [_strip(scene, arm, p.KERB, 6) for arm in scene.arms]
    surface = [
        _strip(scene, arm, p.YARD if arm.rank is Rank.YARD else p.ASPHALT, 0) for arm in _yards_first(scene)
    ]
    if scene.layout is Layout.ROUNDABOUT:
        kerbs.append(circle(*CENTRE, RING_OUTER + 3, p.KERB))
        surface.append(circle(*CENTRE, RING_OUTER, p.ASPHALT))
    else:
        # The hair of stroke closes the seam that antialiasing leaves between two fills.
        corners = [path(corner, p.ASPHALT, stroke(p.ASPHALT, 0.8)) for corner in _corners(scene)]
        kerbs += [path(corner, p.KERB, stroke(p.KERB, 6)) for corner in _corners(scene)]
        surface += corners
    return [*kerbs, *surface, *_lines(scene), *_island(scene)]


def _yards_first(scene: Scene) -> list[Arm]:
    return sorted(scene.arms, key=lambda arm: arm.rank is not Rank.YARD)


def _strip(scene: Scene, arm: Arm, colour: str, margin: float) -> str:
    ux, uy = outward(bearing_of(scene, arm.name))
    end = (CENTRE[0] + ux * _FAR, CENTRE[1] + uy * _FAR)
    return line(CENTRE, end, colour, half_width(scene, arm.name) * 2 + margin)


def _corners(scene: Scene) -> list[str]:
    """A rounded kerb wherever two neighbouring arms meet at less than a straight angle."""
    arms = sorted(scene.arms, key=lambda arm: bearing_of(scene, arm.name))
    found = []
    for arm, following in zip(arms, arms[1:] + arms[:1], strict=True):
        opening = (bearing_of(scene, following.name) - bearing_of(scene, arm.name)) % 360
        if 0 < opening < 170:
            found.append(_corner(scene, arm.name, following.name))
    return found


def _corner(scene: Scene, arm: str, following: str) -> str:
    radius = 9.0
    a, b = bearing_of(scene, arm), bearing_of(scene, following)
    (ux, uy), (vx, vy) = outward(a), outward(b)
    (cx, cy), (dx, dy) = outward(a + 90), outward(b - 90)
    ax, ay = cx * half_width(scene, arm), cy * half_width(scene, arm)
    bx, by = dx * half_width(scene, following), dy * half_width(scene, following)
    along = ((bx - ax) * vy - (by - ay) * vx) / (ux * vy - uy * vx)
    corner = (CENTRE[0] + ax + ux * along, CENTRE[1] + ay + uy * along)
    first = (corner[0] + ux * radius, corner[1] + uy * radius)
    second = (corner[0] + vx * radius, corner[1] + vy * radius)
    return f"M{points((first,))}Q{points((corner,))} {points((second,))}L{points((corner,))}Z"


def mouth(scene: Scene, arm: str) -> float:
    """Distance from the centre at which an arm meets the junction."""
    if scene.layout is Layout.ROUNDABOUT:
        return RING_OUTER + 2
    if scene.layout is Layout.Y:
        return 44.0
    own = bearing_of(scene, arm)
    across = [
        half_width(scene, other.name)
        for other in scene.arms
        if (bearing_of(scene, other.name) - own) % 180 != 0
    ]
    return max(across, default=0.0) + 8


def _lines(scene: Scene) -> list[str]:
    found: list[str] = []
    for arm in scene.arms:
        if arm.rank is Rank.YARD or scene.narrow:
            continue
        ux, uy = outward(bearing_of(scene, arm.name))
        start = mouth(scene, arm.name) if len(scene.arms) > 2 else 0.0
        if _goes_through(scene, arm):
            start = 0.0
        a = (CENTRE[0] + ux * start, CENTRE[1] + uy * start)
        b = (CENTRE[0] + ux * _FAR, CENTRE[1] + uy * _FAR)
        found += _centre_line(scene, a, b, outward(bearing_of(scene, arm.name) + 90))
        found += [_lane_line(scene, arm, start, side, k) for k in range(1, arm.lanes) for side in (-1, 1)]
        found.append(_stop_line(scene, arm))
    return [part for part in found if part]


def _goes_through(scene: Scene, arm: Arm) -> bool:
    """A main road runs through the junction unbroken."""
    return arm.rank is Rank.MAIN and scene.layout is not Layout.ROUNDABOUT


def _centre_line(scene: Scene, start: Point, end: Point, across: Point) -> list[str]:
    if scene.centre_line == "none":
        return []
    if scene.centre_line == "median":
        return [line(start, end, p.KERB, 7), line(start, end, p.TREE, 4)]
    if scene.centre_line == "solid":
        return [line(start, end, p.LINE, 2)]
    return [line(start, end, p.LINE, 2, ' stroke-dasharray="9 8"')]


def _lane_line(scene: Scene, arm: Arm, start: float, side: int, k: int) -> str:
    bearing = bearing_of(scene, arm.name)
    (ux, uy), (cx, cy) = outward(bearing), outward(bearing + 90)
    offset = side * half_width(scene, arm.name) * k / arm.lanes
    a = (CENTRE[0] + ux * start + cx * offset, CENTRE[1] + uy * start + cy * offset)
    b = (CENTRE[0] + ux * _FAR + cx * offset, CENTRE[1] + uy * _FAR + cy * offset)
    return line(a, b, p.LINE, 1.6, ' stroke-dasharray="9 8"')


def _stop_line(scene: Scene, arm: Arm) -> str:
    if arm.control is Control.NONE:
        return ""
    bearing = bearing_of(scene, arm.name)
    # Seen from the centre, those who come in on the left of their own direction lie a quarter turn clockwise.
    (ux, uy), (cx, cy) = outward(bearing), outward(bearing + 90)
    distance = mouth(scene, arm.name) + 1
    side = half_width(scene, arm.name)
    if lane_offset(scene, arm.name, 0):
        a = (CENTRE[0] + ux * distance + cx * 1.5, CENTRE[1] + uy * distance + cy * 1.5)
        b = (CENTRE[0] + ux * distance + cx * (side - 1), CENTRE[1] + uy * distance + cy * (side - 1))
        return line(a, b, p.LINE, 3.2, ' stroke-dasharray="5 3"' if arm.control is Control.GIVE_WAY else "")
    return ""


def _island(scene: Scene) -> list[str]:
    if scene.layout is not Layout.ROUNDABOUT:
        return []
    return [
        circle(*CENTRE, RING_INNER, p.KERB),
        circle(*CENTRE, RING_INNER - 3, p.TREE_TOP),
        circle(*CENTRE, 8, p.TREE),
    ]


def _bend(scene: Scene) -> list[str]:
    dash = "" if scene.centre_line == "solid" else "9 8"
    return [
        path(_BEND, extra=stroke(p.KERB, 66)),
        path(_BEND, extra=stroke(p.ASPHALT, 60)),
        path(_BEND, extra=stroke(p.LINE, 2, dash=dash)),
    ]


def draw_controls(scene: Scene) -> list[str]:
    """Signs and lights at the left kerb of an arm, upright so that they can be read."""
    found = []
    for arm in scene.arms:
        if arm.control is Control.NONE:
            continue
        bearing = bearing_of(scene, arm.name)
        (ux, uy), (cx, cy) = outward(bearing), outward(bearing + 90)
        distance = mouth(scene, arm.name) + 12
        offset = half_width(scene, arm.name) + 15
        place = at(CENTRE[0] + ux * distance + cx * offset, CENTRE[1] + uy * distance + cy * offset)
        found.append(group(_control(arm.control), place))
    return found


def _control(control: Control) -> list[str]:
    if control is Control.STOP:
        return stop_sign()
    if control is Control.GIVE_WAY:
        return give_way_sign()
    if control is Control.OFFICER_STOP:
        return [circle(0, 0, 8, p.RED), rect(-4.5, -1.6, 9, 3.2, p.WHITE)]
    if control is Control.OFFICER_GO:
        return [circle(0, 0, 8, p.GREEN), path("M-4,1 0,-4 4,1M0,-4V5", extra=stroke(p.WHITE, 2.2))]
    lamps = ((Control.RED, -8, "#ff4d3d"), (Control.AMBER, 0, "#ffb000"), (Control.GREEN, 8, "#35d07f"))
    return [
        rect(-5.5, -13, 11, 26, p.INK, 4),
        *[circle(0, y, 3.4, colour if control is name else "#42566a") for name, y, colour in lamps],
    ]


def stop_sign() -> list[str]:
    return [
        path("M-4.5,-11H4.5L11,-4.5V4.5L4.5,11H-4.5L-11,4.5V-4.5Z", p.RED, stroke(p.WHITE, 1.4)),
        text(0, 2.6, "STOP", 7.2, p.WHITE),
    ]


def give_way_sign() -> list[str]:
    return [path("M-11,-9H11L0,10Z", p.WHITE, stroke(p.RED, 3.4) + ' stroke-linejoin="round"')]
