"""The shipped scenes by name."""

from functools import cache

from question_bank.content_loader import read_toml, shipped_folder, toml_files
from question_bank.scenes.draw import render_scene
from question_bank.scenes.model import Scene
from question_bank.scenes.reading import BadScene, parse_scene
from question_bank.text import PRIMARY_LANGUAGE


class UnknownScene(LookupError):
    """No shipped scene has this name."""


@cache
def scenes() -> dict[str, Scene]:
    """All shipped scenes by name, sorted. Raises `BadScene` at the first description that can't be used."""
    found: dict[str, Scene] = {}
    for file in toml_files(shipped_folder("scenes")):
        for table in read_toml(file).get("scene", []):
            scene = parse_scene(table)
            if scene.name in found:
                raise BadScene(f"{file.name}: {scene.name} is described twice")
            found[scene.name] = scene
    return dict(sorted(found.items()))


def names() -> tuple[str, ...]:
    return tuple(scenes())


def scene(name: str) -> Scene:
    try:
        return scenes()[name]
    except KeyError as error:
        raise UnknownScene(name) from error


@cache
def svg(name: str, language: str = PRIMARY_LANGUAGE) -> str:
    """The picture as SVG text. Raises `UnknownScene`."""
    return render_scene(scene(name), language)


def alt(name: str, language: str = PRIMARY_LANGUAGE) -> str:
    """What the picture shows, for those who can't see it; never who goes first. Raises `UnknownScene`."""
    return scene(name).alt.in_language(language)
