"""Where arms, lanes and intended paths lie in the drawing (320 x 200 units, y downward)."""

from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, radians, sin
from types import MappingProxyType

from question_bank.scenes.model import Kind, Layout, Rank, RoadUser, Scene

Point = tuple[float, float]

WIDTH, HEIGHT = 320, 200
CENTRE: Point = (160.0, 100.0)
BEARINGS = MappingProxyType(
    {
        Layout.FOUR_ARM: {"n": 0.0, "e": 90.0, "s": 180.0, "w": 270.0},
        Layout.T: {"n": 0.0, "e": 90.0, "s": 180.0, "w": 270.0},
        Layout.Y: {"s": 180.0, "nw": 302.0, "ne": 58.0},
        Layout.ROUNDABOUT: {"n": 0.0, "e": 90.0, "s": 180.0, "w": 270.0},
        Layout.ROAD: {"e": 90.0, "w": 270.0},
        Layout.BEND: {"s": 180.0, "e": 90.0},
    }
)
"""Compass bearing of each arm by layout, in degrees clockwise from up; a T uses three of its four."""

LANE = MappingProxyType({Rank.MAIN: 35.0, Rank.EQUAL: 30.0, Rank.MINOR: 20.0, Rank.YARD: 19.0})
RING_INNER, RING_OUTER = 18.0, 58.0
RING = (RING_INNER + RING_OUTER) / 2
LENGTH = MappingProxyType(
    {
        Kind.OWN: 30.0,
        Kind.CAR: 34.0,
        Kind.MOTORCYCLE: 26.0,
        Kind.BICYCLE: 26.0,
        Kind.TRUCK: 50.0,
        Kind.BUS: 56.0,
        Kind.FIRE_ENGINE: 50.0,
        Kind.AMBULANCE: 40.0,
        Kind.HEARSE: 40.0,
        Kind.TRAIN: 150.0,
        Kind.PEDESTRIAN: 10.0,
        Kind.CHILD: 9.0,
        Kind.OFFICER: 12.0,
        Kind.COW: 26.0,
    }
)


def outward(bearing: float) -> Point:
    return sin(radians(bearing)), -cos(radians(bearing))


def bearing_of(scene: Scene, arm: str) -> float:
    return BEARINGS[scene.layout][arm]


def half_width(scene: Scene, arm: str) -> float:
    """Half the width of an arm in drawing units."""
    found = scene.arm(arm)
    if scene.narrow:
        return 19.0
    return LANE[found.rank] * (found.lanes if found.lanes == 1 else found.lanes * 0.85)


def lane_offset(scene: Scene, arm: str, lane: int) -> float:
    """Distance of the middle of a lane from the road's middle line; lane 0 is the leftmost."""
    found = scene.arm(arm)
    if scene.narrow:
        return 0.0
    width = half_width(scene, arm) / found.lanes
    return width * (found.lanes - lane - 0.5)


def on_arm(scene: Scene, arm: str, distance: float, *, inbound: bool, lane: int = 0) -> Point:
    """The middle of a lane, `distance` from the centre; traffic keeps left of its own direction."""
    ux, uy = outward(bearing_of(scene, arm))
    dx, dy = (-ux, -uy) if inbound else (ux, uy)
    offset = lane_offset(scene, arm, lane)
    return CENTRE[0] + ux * distance + dy * offset, CENTRE[1] + uy * distance - dx * offset


def placed(scene: Scene, user: RoadUser) -> tuple[float, float, float]:
    """x, y and heading of a road user."""
    if not user.arm or (user.x or user.y):
        return user.x, user.y, user.heading
    x, y = on_arm(scene, user.arm, user.at, inbound=True, lane=user.lane)
    return x, y, (bearing_of(scene, user.arm) + 180) % 360


def turn_of(scene: Scene, user: RoadUser) -> str:
    """`straight`, `left` or `right`: what the way from `arm` to `to` means for the driver; empty without a way."""
    if not user.arm or not user.to:
        return ""
    change = (bearing_of(scene, user.to) - bearing_of(scene, user.arm) - 180) % 360
    if change < 20 or change > 340:
        return "straight"
    return "right" if change < 180 else "left"


def path_of(scene: Scene, user: RoadUser) -> tuple[Point, ...]:
    """The intended way as points, from the vehicle's front to the end of the arrow; empty without a way."""
    x, y, heading = placed(scene, user)
    hx, hy = outward(heading)
    front = (x + hx * (LENGTH[user.kind] / 2 + 3), y + hy * (LENGTH[user.kind] / 2 + 3))
    if not user.to:
        return ()
    if not user.arm:
        return (front, (front[0] + hx * 40, front[1] + hy * 40))
    if scene.layout is Layout.ROUNDABOUT:
        return _round_path(scene, user, front)
    if scene.layout is Layout.ROAD:
        end = (x + hx * 88, y)
        return (front, end)
    end = on_arm(scene, user.to, 66.0, inbound=False)
    if turn_of(scene, user) == "straight":
        return (front, end)
    entry = on_arm(scene, user.arm, min(user.at - LENGTH[user.kind] / 2 - 3, 34.0), inbound=True)
    exit_ = on_arm(scene, user.to, 36.0, inbound=False)
    return (front, *_curve(entry, heading, exit_, bearing_of(scene, user.to)), end)


def _curve(start: Point, start_heading: float, end: Point, end_heading: float) -> tuple[Point, ...]:
    """A quadratic curve whose corner is where the two lanes cross."""
    ax, ay = outward(start_heading)
    bx, by = outward(end_heading)
    cross = ax * by - ay * bx
    along = ((end[0] - start[0]) * by - (end[1] - start[1]) * bx) / cross
    corner = (start[0] + ax * along, start[1] + ay * along)
    steps = [i / 8 for i in range(9)]
    return tuple(
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * corner[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * corner[1] + t**2 * end[1],
        )
        for t in steps
    )


def _round_path(scene: Scene, user: RoadUser, front: Point) -> tuple[Point, ...]:
    """Into the ring, clockwise around the island, and out on the left of the arm."""
    exit_ = on_arm(scene, user.to, RING_OUTER + 4, inbound=False)
    end = on_arm(scene, user.to, RING_OUTER + 20, inbound=False)
    start_angle = _angle(front) + (0 if user.circulating else 24)
    stop_angle = bearing_of(scene, user.to) - 24
    sweep = (stop_angle - start_angle) % 360
    count = max(2, round(sweep / 15))
    ring = [
        (
            CENTRE[0] + RING * sin(radians(start_angle + sweep * i / count)),
            CENTRE[1] - RING * cos(radians(start_angle + sweep * i / count)),
        )
        for i in range(count + 1)
    ]
    return (front, *ring, exit_, end)


def _angle(point: Point) -> float:
    """Bearing of a point as seen from the centre."""
    return degrees(atan2(point[0] - CENTRE[0], CENTRE[1] - point[1])) % 360


def on_ring(bearing: float) -> tuple[float, float, float]:
    """x, y and heading of a vehicle that is going round at this bearing."""
    angle = bearing * pi / 180
    return CENTRE[0] + RING * sin(angle), CENTRE[1] - RING * cos(angle), (bearing + 90) % 360


def gap(first: tuple[Point, ...], second: tuple[Point, ...]) -> float:
    """Smallest distance between two paths, in drawing units."""
    return min(
        (hypot(a[0] - b[0], a[1] - b[1]) for a in _dense(first) for b in _dense(second)), default=float("inf")
    )


def _dense(path: tuple[Point, ...]) -> list[Point]:
    points: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(path):
        count = max(1, round(hypot(bx - ax, by - ay) / 4))
        points.extend((ax + (bx - ax) * i / count, ay + (by - ay) * i / count) for i in range(count + 1))
    return points
