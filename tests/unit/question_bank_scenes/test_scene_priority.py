"""Who goes first follows from the rules of the road (UU 22/2009), for shipped scenes and for any we can think of."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.scenes import catalogue
from question_bank.scenes.model import Scene
from question_bank.scenes.priority import derive
from question_bank.scenes.reading import parse_scene

OPPOSITE = {"n": "s", "s": "n", "e": "w", "w": "e"}
LEFT_OF = {"s": "w", "w": "n", "n": "e", "e": "s"}
"""The arm that lies on the left of a driver who comes in by the key."""


def situation(layout: str, users: Mapping[str, tuple[str, str]], **changes: Any) -> Scene:
    kinds = changes.pop("kinds", {})
    table = [
        {"kind": kinds.get(label, "car"), "label": label, "arm": arm, "to": to, "at": 70}
        for label, (arm, to) in users.items()
    ]
    return parse_scene(
        {"name": "probe", "layout": layout, "user": table, "alt": {"id": "x", "en": "x"}, **changes}
    )


@pytest.mark.parametrize("name", catalogue.names())
def test_the_shipped_answer_is_the_derived_one(name: str) -> None:
    scene = catalogue.scene(name)
    assert (derive(scene).first or "") == scene.first


@given(arm=st.sampled_from("nesw"))
def test_at_four_equal_arms_the_left_one_goes_first(arm: str) -> None:
    left = LEFT_OF[arm]
    scene = situation("four-arm", {"X": (arm, OPPOSITE[arm]), "Y": (left, OPPOSITE[left])})
    assert derive(scene).first == "Y"
    assert derive(scene).articles == {"113(1)(c)"}


@given(arm=st.sampled_from("nesw"))
def test_at_a_roundabout_the_right_one_goes_first(arm: str) -> None:
    left = LEFT_OF[arm]
    scene = situation("roundabout", {"X": (arm, OPPOSITE[arm]), "Y": (left, OPPOSITE[left])})
    assert derive(scene).first == "X"


@given(arm=st.sampled_from("nesw"), control=st.sampled_from(["stop", "give-way"]))
def test_a_sign_overrides_the_left_rule(arm: str, control: str) -> None:
    left = LEFT_OF[arm]
    arms: dict[str, dict[str, str]] = {name: {} for name in "nesw"}
    arms[left]["control"] = control
    scene = situation("four-arm", {"X": (arm, OPPOSITE[arm]), "Y": (left, OPPOSITE[left])}, arms=arms)
    assert derive(scene).first == "X"


@given(arm=st.sampled_from("nesw"), kind=st.sampled_from(["ambulance", "fire-engine", "hearse"]))
def test_a_priority_vehicle_goes_before_lights_and_sides(arm: str, kind: str) -> None:
    left = LEFT_OF[arm]
    arms = {name: {"control": "red" if name in {arm, OPPOSITE[arm]} else "green"} for name in "nesw"}
    users = {"X": (arm, OPPOSITE[arm]), "Y": (left, OPPOSITE[left])}
    assert derive(situation("four-arm", users, arms=arms)).first == "Y"
    assert derive(situation("four-arm", users, arms=arms, kinds={"X": kind})).first == "X"


@given(arm=st.sampled_from("nesw"))
def test_those_who_pass_without_meeting_need_no_ruling(arm: str) -> None:
    scene = situation("four-arm", {"X": (arm, OPPOSITE[arm]), "Y": (OPPOSITE[arm], arm)})
    assert derive(scene).rulings == ()


@pytest.mark.parametrize(("arm", "to"), [("w", "e"), ("e", "w")])
def test_at_a_t_the_straight_road_goes_first_from_either_side(arm: str, to: str) -> None:
    arms: dict[str, dict[str, str]] = {"w": {}, "e": {}, "s": {}}
    scene = situation("t", {"X": (arm, to), "Y": ("s", "e")}, arms=arms)
    assert derive(scene).first == "X"
    assert derive(scene).articles == {"113(1)(e)"}


def test_the_main_road_goes_before_the_left_arm() -> None:
    arms = {"w": {"rank": "main"}, "e": {"rank": "main"}, "n": {"rank": "minor"}, "s": {"rank": "minor"}}
    scene = situation("four-arm", {"X": ("e", "w"), "Y": ("s", "n")}, arms=arms)
    assert derive(scene).first == "X"
    assert derive(scene).articles == {"113(1)(b)"}


def test_four_who_all_wait_have_no_first() -> None:
    scene = situation(
        "four-arm", {label: (arm, OPPOSITE[arm]) for label, arm in zip("WXYZ", "nesw", strict=True)}
    )
    assert derive(scene).first is None
    assert len(derive(scene).rulings) == 4
