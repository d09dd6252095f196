"""The blueprints that ship with the platform: `content/blueprints/*.toml`."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any

from question_bank.blueprint import Band, Blueprint, check_blueprint
from question_bank.content_loader import BadContent, read_toml, shipped_folder, toml_files
from question_bank.item import Difficulty, Part, Topic
from question_bank.licence import LicenceClass
from question_bank.problem import BadItem
from question_bank.text import Text


def load_blueprints(folder: Traversable | None = None) -> dict[str, Blueprint]:
    """Shipped blueprints by name. Raises `BadContent` naming the file that can't be used."""
    found: dict[str, Blueprint] = {}
    for file in toml_files(folder or shipped_folder("blueprints")):
        try:
            blueprint = parse_blueprint(read_toml(file))
        except BadItem as error:
            raise BadContent(file.name, "-", error.problems) from error
        except (KeyError, TypeError, ValueError) as error:
            raise BadContent(file.name, "-", (), f"{type(error).__name__}: {error}") from error
        if f"{blueprint.name}.toml" != file.name:
            raise BadContent(file.name, blueprint.name, (), "the name must be the file's name")
        found[blueprint.name] = blueprint
    return found


def parse_blueprint(data: Mapping[str, Any]) -> Blueprint:
    """The blueprint that `data` describes, in the shape of `Blueprint.as_dict`.

    Raises `BadItem` when it contradicts itself, `KeyError`, `TypeError` or `ValueError` when it has another
    shape.
    """
    blueprint = Blueprint(
        name=data["name"],
        licence_class=LicenceClass(data["licence_class"]),
        title=Text.of(data["title"]),
        items=int(data["items"]),
        minutes=int(data["minutes"]),
        topics=tuple((Topic(name), int(count)) for name, count in sorted(data["topics"].items())),
        parts=tuple((Part(name), int(count)) for name, count in sorted(data["parts"].items())),
        difficulty=tuple(
            (Difficulty(name), _band(band)) for name, band in sorted(data["difficulty"].items())
        ),
        facility=float(data["facility"]["target"]),
        tolerance=float(data["facility"]["tolerance"]),
        max_same_picture=int(data.get("max_same_picture", 1)),
        weight=_band(data["weight"]) if "weight" in data else None,
        pilot_share=_number(data, "pilot_share"),
        max_exposure=_number(data, "max_exposure"),
        max_pair_exposure=_number(data, "max_pair_exposure"),
        information_tolerance=_number(data.get("information", {}), "tolerance"),
        information_target=_number(data.get("information", {}), "target"),
    )
    problems = check_blueprint(blueprint)
    if problems:
        raise BadItem(problems)
    return blueprint


def _band(data: Mapping[str, Any]) -> Band:
    return Band(int(data["min"]), int(data["max"]))


def _number(data: Mapping[str, Any], name: str) -> float | None:
    return float(data[name]) if name in data else None
