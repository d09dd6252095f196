"""A description that can't be drawn or judged is refused with the scene and the fault."""

from typing import Any

import pytest

from question_bank.scenes.reading import BadScene, parse_scene

ALT = {"id": "Sebuah jalan.", "en": "A road."}


def described(**changes: Any) -> dict[str, Any]:
    return {
        "name": "probe",
        "layout": "four-arm",
        "alt": ALT,
        "user": [{"kind": "car", "label": "X", "arm": "s", "to": "n", "at": 60}],
        **changes,
    }


def test_a_good_description_is_read() -> None:
    scene = parse_scene(described())
    assert [arm.name for arm in scene.arms] == ["n", "e", "s", "w"]
    assert scene.user("X").to == "n"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"layout": "spiral"}, "spiral"),
        ({"arms": {"up": {}}}, "no arm up"),
        ({"colour": "red"}, "unknown field colour"),
        ({"alt": {"id": "Sebuah jalan."}}, "alt lacks en"),
        ({"first": "Y"}, "nobody is called so"),
        ({"user": [{"kind": "dragon"}]}, "dragon"),
        ({"user": [{"kind": "car", "arm": "q"}]}, "the arm q"),
        ({"user": [{"kind": "car", "speed": 9}]}, "no field speed"),
        ({"user": [{"kind": "car", "label": "X", "x": 9, "y": 9}] * 2}, "carry one label"),
        ({"prop": [{"what": "tree", "x": 1}]}, "lacks y"),
        ({"prop": [{"what": "castle", "x": 1, "y": 1}]}, "castle"),
        ({"obstructed": "q"}, "q"),
    ],
)
def test_a_bad_description_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(BadScene, match=fault) as refusal:
        parse_scene(described(**changes))
    assert "probe" in str(refusal.value)
