"""The blueprint editor's fields: from a blueprint, and back into the plain form that the rules read."""

from collections.abc import Mapping
from typing import Any

from question_bank.blueprint import Blueprint
from question_bank.item import PART_OF_TOPIC, Difficulty, Part, Topic
from question_bank.problem import Problem
from question_bank.problem_words import explain

# Fields in percent on the page, shares in the blueprint; those that may stay empty.
_OPEN_SHARES = ("pilot_share", "max_exposure", "max_pair_exposure", "information_tolerance")


def values_of(blueprint: Blueprint) -> dict[str, str]:
    """What the fields show for a stored blueprint."""
    values = {f"topic_{topic.value}": "0" for topic in Topic}
    values |= {f"topic_{topic.value}": str(count) for topic, count in blueprint.topics}
    for level in Difficulty:
        band = blueprint.band(level)
        values |= {f"{level.value}_min": str(band.low), f"{level.value}_max": str(band.high)}
    values |= {
        "minutes": str(blueprint.minutes),
        "max_same_picture": str(blueprint.max_same_picture),
        "facility": _percent(blueprint.facility),
        "tolerance": _percent(blueprint.tolerance),
        "weight_min": str(blueprint.weight.low) if blueprint.weight else "",
        "weight_max": str(blueprint.weight.high) if blueprint.weight else "",
        "information_target": _plain(blueprint.information_target),
    }
    for name in _OPEN_SHARES:
        share = getattr(blueprint, name)
        values[name] = "" if share is None else _percent(share)
    return values


def posted_values(form: Mapping[str, str], blueprint: Blueprint) -> dict[str, str]:
    """What was typed, field by field; what was not sent stays as it is stored."""
    return {name: form.get(name, value).strip()[:20] for name, value in values_of(blueprint).items()}


def data_of(values: Mapping[str, str], blueprint: Blueprint) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """`values` as `Blueprint.as_dict` has them, and what is no number. Parts and the sum follow from the topics."""
    reader = _Reader(values)
    topics = {topic.value: reader.whole(f"topic_{topic.value}") for topic in Topic}
    parts = {
        part.value: sum(topics[topic.value] for topic in Topic if PART_OF_TOPIC[topic] is part)
        for part in Part
    }
    data: dict[str, Any] = blueprint.as_dict() | {
        "items": sum(topics.values()),
        "minutes": reader.whole("minutes"),
        "topics": topics,
        "parts": parts,
        "difficulty": {
            level.value: {
                "min": reader.whole(f"{level.value}_min"),
                "max": reader.whole(f"{level.value}_max"),
            }
            for level in Difficulty
        },
        "facility": {"target": reader.share("facility"), "tolerance": reader.share("tolerance")},
        "max_same_picture": reader.whole("max_same_picture"),
    }
    for name in ("weight", "information", *_OPEN_SHARES):
        data.pop(name, None)
    if values["weight_min"] or values["weight_max"]:
        data["weight"] = {"min": reader.whole("weight_min"), "max": reader.whole("weight_max")}
    for name in ("pilot_share", "max_exposure", "max_pair_exposure"):
        if values[name]:
            data[name] = reader.share(name)
    information = {}
    if values["information_tolerance"]:
        information["tolerance"] = reader.share("information_tolerance")
    if values["information_target"]:
        information["target"] = reader.number("information_target")
    return data | ({"information": information} if information else {}), tuple(reader.problems)


def sentences(problems: tuple[Problem, ...], language: str) -> list[tuple[str, str]]:
    """(field of the page, what is wrong with it) for each problem."""
    return [
        (_field(problem.field), explain(problem, language).removeprefix(f"{problem.field}: "))
        for problem in problems
    ]


def _field(path: str) -> str:
    head, _, level = path.partition(".")
    if head == "difficulty" and level:
        return f"{level}_min"
    return {
        "weight": "weight_min",
        "topics": "topic_signs",
        "items": "topic_signs",
        "difficulty": "facility",
    }.get(head, head)


class _Reader:
    """Numbers out of fields; what is none counts as 0 and is written down."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.problems: list[Problem] = []

    def whole(self, name: str) -> int:
        text = self._values[name]
        if text.isascii() and text.isdigit():
            return int(text)
        self.problems.append(Problem.of(name, "not_a_number", value=text))
        return 0

    def number(self, name: str) -> float:
        text = self._values[name].replace(",", ".")
        plain = text.replace(".", "", 1)
        if plain.isascii() and plain.isdigit():
            return float(text)
        self.problems.append(Problem.of(name, "not_a_decimal", value=self._values[name]))
        return 0.0

    def share(self, name: str) -> float:
        return round(self.number(name) / 100, 6)


def _percent(share: float) -> str:
    return _plain(round(100 * share, 4))


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
