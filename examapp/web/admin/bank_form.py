"""The editor's fields are the columns of the item table: what is typed and what is imported are read by one rule."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from question_bank.formats.columns import COLUMNS, LETTERS, column_of, from_row, split_list, to_row
from question_bank.item import PART_OF_TOPIC, SHAPES, ItemVersion, Topic
from question_bank.licence import LicenceClass
from question_bank.problem import Problem
from question_bank.problem_words import WORDS, explain

WORDS_AND_PICTURE = ("id", "en", "picture")
AUDIO = ("audio_id", "audio_en")
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
    values["key"] = ", ".join(form.getlist("key"))
    topic = values["topic"]
    values["part"] = PART_OF_TOPIC[Topic(topic)].value if topic in set(Topic) else ""
    return _of_its_type(values)


def _of_its_type(values: dict[str, str]) -> dict[str, str]:
    """Without what the page hides for this type of item: it stays there for who switches back, and is not saved."""
    shape = SHAPES.get(values["type"])  # type: ignore[call-overload]
    if shape is None:
        return values
    hidden = [
        f"option_{letter}_{kind}"
        for letter in LETTERS[shape.max_options :]
        for kind in (*WORDS_AND_PICTURE, *AUDIO, "region")
    ]
    if not shape.regions:
        hidden += [f"option_{letter}_region" for letter in LETTERS]
    hidden.append("key" if shape.ordered else "order")
    return values | dict.fromkeys(hidden, "")


def data_of(values: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The plain form for the services, and what can't even be read."""
    data, problems = from_row(values)
    data.pop("version", None)
    return data, problems


def option_rows(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Letter and name of each place for an option: the name is what the key points to."""
    names = split_list(values.get("option_ids", ""))
    return [(letter, names[i] if i < len(names) else letter) for i, letter in enumerate(LETTERS)]


def used_letters(values: Mapping[str, str]) -> list[str]:
    return [
        letter
        for letter in LETTERS
        if any(values.get(f"option_{letter}_{kind}", "").strip() for kind in WORDS_AND_PICTURE)
    ]


def complete_parts(values: Mapping[str, str]) -> set[str]:
    """Which tabs of the editor have all they need: `id`, `en`, `sound`, `pictures`, `law`."""
    letters = used_letters(values)

    def has(*names: str) -> bool:
        return all(values.get(name, "").strip() for name in names)

    found = set()
    for language in ("id", "en"):
        explained = f"explanation_{language}" if values.get("explanation_id", "").strip() else "stem_id"
        words = [f"option_{letter}_{language}" for letter in letters]
        if len(letters) > 1 and has(f"stem_{language}", explained, *words):
            found.add(language)
    spoken = [
        language
        for language in ("id", "en")
        if has(f"audio_{language}", *(f"option_{letter}_audio_{language}" for letter in letters))
    ]
    if spoken and set(spoken) >= found & {"id", "en"}:
        found.add("sound")
    drawn = not values.get("picture", "").startswith("media:")
    if has("picture") and (drawn or has("picture_alt_id", "picture_alt_en")):
        found.add("pictures")
    if has("article"):
        found.add("law")
    return found


def chosen_keys(values: Mapping[str, str]) -> set[str]:
    return set(split_list(values.get("key", "")))


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
