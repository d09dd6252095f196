"""The editor's fields are the columns of the item table: what is typed and what is imported are read by one rule."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from question_bank.formats.columns import COLUMNS, LETTERS, column_of, from_row, split_list, to_row
from question_bank.item import PART_OF_TOPIC, ItemVersion, Topic
from question_bank.licence import LicenceClass
from question_bank.problem import Problem
from question_bank.problem_words import WORDS, explain

NEW_ITEM = {
    "type": "single_choice",
    "topic": "signs",
    "difficulty": "medium",
    "classes": "A, C",
    "weight": "1",
}


def values_of(item: ItemVersion) -> dict[str, str]:
    """The fields of an item as the editor shows them."""
    return to_row(item)


def posted_values(form: MultiDict[str, str]) -> dict[str, str]:
    """The fields as they were typed; the part follows from the topic."""
    values = {name: form.get(name, "") for name in COLUMNS}
    values["classes"] = ", ".join(form.getlist("classes"))
    topic = values["topic"]
    values["part"] = PART_OF_TOPIC[Topic(topic)].value if topic in set(Topic) else ""
    if values["type"] == "true_false":
        # Fields that the page hides for this kind are not part of it.
        for letter in LETTERS[2:]:
            for kind in ("id", "en", "picture"):
                values[f"option_{letter}_{kind}"] = ""
    return values


def data_of(values: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The plain form for the services, and what can't even be read."""
    data, problems = from_row(values)
    data.pop("version", None)
    return data, problems


def option_rows(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Letter and name of each place for an option: the name is what the key points to."""
    names = split_list(values.get("option_ids", ""))
    return [(letter, names[i] if i < len(names) else letter) for i, letter in enumerate(LETTERS)]


def chosen_classes(values: Mapping[str, str]) -> set[str]:
    return set(split_list(values.get("classes", "")))


def all_classes() -> list[str]:
    return [licence.value for licence in LicenceClass]


def errors_by_field(
    problems: tuple[Problem, ...], values: Mapping[str, str], language: str
) -> dict[str, list[str]]:
    """Each field's sentences."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        column = column_of(problem.field, values)
        if column == "part":
            column = "topic"
        found.setdefault(column, []).append(sentence_of(problem, language))
    return found


def sentence_of(problem: Problem, language: str) -> str:
    """What is wrong, without the field's path: the page names the field by itself."""
    if problem.code not in WORDS:
        return problem.code
    bare = Problem("", problem.code, problem.params)
    words = explain(bare, language).removeprefix(": ")
    return words[0].upper() + words[1:]
