"""Who goes first, derived from the rules of the road in UU 22/2009.

The rules are asked in the order in which one overrides the next: train, officer, priority vehicle, pedestrian on a
crossing, lights, signs, rank of the road, shape of the junction. Each looks at two road users whose ways meet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from question_bank.scenes.geometry import bearing_of, gap, path_of, turn_of
from question_bank.scenes.model import Control, Kind, Layout, Rank, RoadUser, Scene


@dataclass(frozen=True, slots=True)
class Ruling:
    """Of two road users `first` goes before `second`, by `article` of UU 22/2009."""

    first: str
    second: str
    article: str


@dataclass(frozen=True, slots=True)
class Priority:
    """`first` is the label of the only one who has to wait for nobody; None if that is nobody or several."""

    first: str | None
    rulings: tuple[Ruling, ...]

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(ruling.article for ruling in self.rulings)


_Rule = Callable[[Scene, RoadUser, RoadUser], tuple[RoadUser, str] | None]

ESCORT_ORDER = MappingProxyType({Kind.FIRE_ENGINE: 1, Kind.AMBULANCE: 2, Kind.HEARSE: 6})
"""Places in the list of UU 22/2009 art. 134, which is also an order: a fire brigade, b ambulance, f funeral."""

_WEIGHT = MappingProxyType({Rank.MAIN: 3, Rank.EQUAL: 2, Rank.MINOR: 1, Rank.YARD: 0})
_TOUCH = 16.0
_ON_FOOT = frozenset({Kind.PEDESTRIAN, Kind.CHILD})


def derive(scene: Scene) -> Priority:
    """The rulings between all labelled road users whose ways meet, and who therefore goes first."""
    takers = [user for user in scene.users if user.label and user.moving]
    rulings = tuple(ruling for a, b in combinations(takers, 2) if (ruling := _between(scene, a, b)))
    waiting = {ruling.second for ruling in rulings}
    free = [ruling.first for ruling in rulings if ruling.first not in waiting]
    return Priority(free[0] if len(set(free)) == 1 else None, rulings)


def _between(scene: Scene, a: RoadUser, b: RoadUser) -> Ruling | None:
    if not _ways_meet(scene, a, b):
        return None
    for rule in _RULES:
        verdict = rule(scene, a, b)
        if verdict is not None:
            winner, article = verdict
            return Ruling(winner.label, (b if winner is a else a).label, article)
    return None


def _ways_meet(scene: Scene, a: RoadUser, b: RoadUser) -> bool:
    if {a.kind, b.kind} & {Kind.TRAIN, *_ON_FOOT} or scene.narrow or scene.obstructed:
        return True
    return gap(path_of(scene, a), path_of(scene, b)) < _TOUCH


def _prefer(a: RoadUser, b: RoadUser, article: str, first: bool, second: bool) -> tuple[RoadUser, str] | None:
    """The one who alone fulfils the condition."""
    if first == second:
        return None
    return (a if first else b), article


def _train(_: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    return _prefer(a, b, "114", a.kind is Kind.TRAIN, b.kind is Kind.TRAIN)


def _officer(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    go = [_control(scene, user) is Control.OFFICER_GO for user in (a, b)]
    return _prefer(a, b, "104(3)", go[0], go[1])


def _escort(_: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    places = [ESCORT_ORDER.get(user.kind, 99) for user in (a, b)]
    return _prefer(a, b, "134", places[0] < places[1], places[1] < places[0])


def _on_crossing(_: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    return _prefer(a, b, "131(2)", a.kind in _ON_FOOT, b.kind in _ON_FOOT)


def _lights(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    halted = [_control(scene, user) is Control.RED for user in (a, b)]
    return _prefer(a, b, "106(4)", not halted[0], not halted[1])


def _signs(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    bound = [_control(scene, user) in {Control.STOP, Control.GIVE_WAY} for user in (a, b)]
    return _prefer(a, b, "113(1)(a)", not bound[0], not bound[1])


def _rank(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    if scene.layout is Layout.ROUNDABOUT:
        return None
    weight = [_WEIGHT[scene.arm(user.arm).rank] for user in (a, b)]
    return _prefer(a, b, "113(1)(b)", weight[0] > weight[1], weight[1] > weight[0])


def _roundabout(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    """Whoever goes round comes from the right of those who enter; of two who enter, the one on the right."""
    if scene.layout is not Layout.ROUNDABOUT:
        return None
    if a.circulating != b.circulating:
        return (a if a.circulating else b), "113(2)"
    return _prefer(a, b, "113(2)", _on_left_of(scene, b, a), _on_left_of(scene, a, b))


def _meeting(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    """On one road: who finds the own side blocked waits; on a slope too narrow for two, who goes down waits."""
    if scene.obstructed:
        return _prefer(a, b, "110(2)", a.arm != scene.obstructed, b.arm != scene.obstructed)
    if scene.uphill:
        return _prefer(a, b, "111", a.arm == scene.uphill, b.arm == scene.uphill)
    return None


def _through_road(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    if scene.layout is not Layout.T:
        return None
    straight = [_on_through_road(scene, user) and turn_of(scene, user) == "straight" for user in (a, b)]
    return _prefer(a, b, "113(1)(e)", straight[0], straight[1])


def _left_arm(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    if scene.layout not in {Layout.FOUR_ARM, Layout.Y}:
        return None
    article = "113(1)(c)" if scene.layout is Layout.FOUR_ARM else "113(1)(d)"
    return _prefer(a, b, article, _on_left_of(scene, a, b), _on_left_of(scene, b, a))


def _turning_right(scene: Scene, a: RoadUser, b: RoadUser) -> tuple[RoadUser, str] | None:
    """Article 113 is silent on two who face each other; whoever turns must first see that the way is clear."""
    turns = [turn_of(scene, user) == "right" for user in (a, b)]
    return _prefer(a, b, "112(1)", not turns[0], not turns[1])


_RULES: tuple[_Rule, ...] = (
    _train,
    _officer,
    _escort,
    _on_crossing,
    _lights,
    _signs,
    _meeting,
    _rank,
    _roundabout,
    _through_road,
    _left_arm,
    _turning_right,
)


def _control(scene: Scene, user: RoadUser) -> Control:
    return scene.arm(user.arm).control if user.arm else Control.NONE


def _on_left_of(scene: Scene, other: RoadUser, user: RoadUser) -> bool:
    """Whether `other` comes from the left of `user`, as `user` sees it from the driver's seat."""
    return 0 < (bearing_of(scene, other.arm) - bearing_of(scene, user.arm)) % 360 < 180


def _on_through_road(scene: Scene, user: RoadUser) -> bool:
    own = bearing_of(scene, user.arm)
    return any((bearing_of(scene, arm.name) - own) % 360 == 180 for arm in scene.arms)
