"""From TOML to scenes, with every fault named."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, TypeVar

from question_bank.scenes.geometry import BEARINGS, on_ring
from question_bank.scenes.model import Arm, Control, Kind, Layout, Prop, Rank, RoadUser, Scene, Weather
from question_bank.scenes.props import PROPS
from question_bank.text import Text

_E = TypeVar("_E", bound=StrEnum)
_SCENE = {
    "name",
    "layout",
    "arms",
    "user",
    "prop",
    "alt",
    "weather",
    "first",
    "centre_line",
    "narrow",
    "obstructed",
    "uphill",
}


class BadScene(ValueError):
    """A scene's description can't be used; the message names the scene and the fault."""


def parse_scene(data: Mapping[str, Any]) -> Scene:
    """The scene that one `[[scene]]` table describes. Raises `BadScene`."""
    name = str(data.get("name", "?"))
    unknown = sorted(set(data) - _SCENE)
    if unknown:
        raise BadScene(f"{name}: unknown field {unknown[0]}")
    layout = _choice(name, Layout, data.get("layout"))
    scene = Scene(
        name=name,
        layout=layout,
        arms=_arms(name, layout, data.get("arms", {})),
        users=tuple(_user(name, user) for user in data.get("user", [])),
        props=tuple(_record(name, Prop, prop) for prop in data.get("prop", [])),
        alt=Text.of(data.get("alt", {})),
        weather=_choice(name, Weather, data.get("weather", Weather.CLEAR)),
        **{
            key: data[key]
            for key in ("first", "centre_line", "narrow", "obstructed", "uphill")
            if key in data
        },
    )
    _check(scene)
    return scene


def _arms(name: str, layout: Layout, described: Mapping[str, Any]) -> tuple[Arm, ...]:
    """Arms named in the file; without any, all the arms of the layout, equal."""
    chosen: Mapping[str, Any] = described or {arm: {} for arm in BEARINGS[layout]}
    arms = []
    for arm, table in chosen.items():
        if arm not in BEARINGS[layout]:
            raise BadScene(f"{name}: a {layout} has no arm {arm}")
        arms.append(
            Arm(
                arm,
                rank=_choice(name, Rank, table.get("rank", Rank.EQUAL)),
                control=_choice(name, Control, table.get("control", Control.NONE)),
                lanes=int(table.get("lanes", 1)),
            )
        )
    return tuple(arms)


def _user(name: str, table: Mapping[str, Any]) -> RoadUser:
    data = dict(table)
    data["kind"] = _choice(name, Kind, data.get("kind"))
    if "ring" in data:
        data["x"], data["y"], data["heading"] = on_ring(float(data.pop("ring")))
        data["circulating"] = True
    return _record(name, RoadUser, data)


_R = TypeVar("_R", RoadUser, Prop)


def _record(name: str, kind: type[_R], table: Mapping[str, Any]) -> _R:
    known = {field.name for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    for fault in sorted(set(table) - known):
        raise BadScene(f"{name}: {kind.__name__} has no field {fault}")
    for fault in sorted(needed - set(table)):
        raise BadScene(f"{name}: {kind.__name__} lacks {fault}")
    return kind(**table)


def _choice(name: str, kind: type[_E], raw: object) -> _E:
    try:
        return kind(str(raw))
    except ValueError as error:
        raise BadScene(f"{name}: {raw} is no {kind.__name__} ({', '.join(kind)})") from error


def _check(scene: Scene) -> None:
    arms = {arm.name for arm in scene.arms}
    labels = [user.label for user in scene.users if user.label]
    for user in scene.users:
        for arm in (user.arm, user.to):
            if arm and arm not in arms:
                raise BadScene(f"{scene.name}: {user.kind} uses the arm {arm}, which is not there")
    for arm in (scene.obstructed, scene.uphill):
        if arm and arm not in arms:
            raise BadScene(f"{scene.name}: the arm {arm} is not there")
    for prop in scene.props:
        if prop.what not in PROPS:
            raise BadScene(f"{scene.name}: nobody can draw a {prop.what}")
    if len(labels) != len(set(labels)):
        raise BadScene(f"{scene.name}: two road users carry one label")
    if scene.first and scene.first not in labels:
        raise BadScene(f"{scene.name}: first = {scene.first}, but nobody is called so")
    if scene.alt.missing():
        raise BadScene(f"{scene.name}: alt lacks {', '.join(scene.alt.missing())}")
