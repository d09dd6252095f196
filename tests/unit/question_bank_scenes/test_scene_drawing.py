"""Every shipped scene is a small, self-contained picture that says the same every time."""

import re

import pytest
from defusedxml import ElementTree

from question_bank.scenes import catalogue
from question_bank.scenes.draw import render_scene
from question_bank.scenes.geometry import HEIGHT, WIDTH, placed
from question_bank.scenes.model import Kind

NAMES = catalogue.names()


def test_there_are_scenes_enough_for_a_bank() -> None:
    assert len(NAMES) >= 30


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_scene_is_well_formed_and_small(name: str, language: str) -> None:
    drawn = catalogue.svg(name, language)
    root = ElementTree.fromstring(drawn)
    assert root.get("viewBox") == "0 0 320 200"
    assert root.get("aria-label") == catalogue.alt(name, language)
    assert len(drawn.encode()) < 8 * 1024


@pytest.mark.parametrize("name", NAMES)
def test_a_scene_carries_no_script_and_nothing_from_outside(name: str) -> None:
    drawn = catalogue.svg(name)
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert not tags & {"script", "style", "image", "foreignObject", "use", "a", "animate"}
    assert not re.search(r"\son\w+=|href|style=", drawn)
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert all(
        target in {f"#scene-{name}", f"#fog-{name}"} for target in re.findall(r"url\(([^)]+)\)", drawn)
    )


@pytest.mark.parametrize("name", NAMES)
def test_drawing_twice_gives_the_same_bytes(name: str) -> None:
    scene = catalogue.scene(name)
    assert render_scene(scene) == render_scene(scene)


@pytest.mark.parametrize("name", NAMES)
def test_everyone_named_is_inside_the_picture(name: str) -> None:
    scene = catalogue.scene(name)
    for user in scene.users:
        if user.label and user.kind is not Kind.TRAIN:
            x, y, _ = placed(scene, user)
            assert 8 <= x <= WIDTH - 8
            assert 8 <= y <= HEIGHT - 8


@pytest.mark.parametrize("name", NAMES)
def test_vehicles_do_not_stand_in_each_other(name: str) -> None:
    scene = catalogue.scene(name)
    places = [placed(scene, user)[:2] for user in scene.users]
    for i, (ax, ay) in enumerate(places):
        for bx, by in places[i + 1 :]:
            assert (ax - bx) ** 2 + (ay - by) ** 2 > 15**2


def test_the_own_vehicle_speaks_the_readers_language() -> None:
    assert ">Anda<" in catalogue.svg("roundabout-circulating", "id")
    assert ">You<" in catalogue.svg("roundabout-circulating", "en")


@pytest.mark.parametrize("name", NAMES)
def test_the_description_does_not_give_the_answer_away(name: str) -> None:
    for language, giveaways in (
        ("id", ("hak utama", "didahulukan", "lebih dahulu", "harus menunggu")),
        ("en", ("priority", "goes first", "must wait", "has to wait")),
    ):
        words = catalogue.alt(name, language).lower()
        assert words
        assert not [giveaway for giveaway in giveaways if giveaway in words]


def test_an_unknown_scene_is_refused_by_name() -> None:
    with pytest.raises(catalogue.UnknownScene, match="no-such-place"):
        catalogue.svg("no-such-place")
