"""The items over signs and markings: their pictures exist, give nothing away, and the keys follow no pattern."""

import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from question_bank.signs import SignKind, shipped_catalogue

FOLDER = files("question_bank") / "content" / "items"
ITEMS: list[dict[str, Any]] = [
    item
    for file in sorted(FOLDER.iterdir(), key=lambda f: f.name)
    if file.name.startswith(("signs-", "markings-"))
    for item in tomllib.loads(file.read_text("utf-8"))["item"]
]
CHOICES = [item for item in ITEMS if item["type"] == "single_choice"]
BY_ID = {item["id"]: item for item in ITEMS}


def key_text(item: dict[str, Any], language: str) -> str:
    return next(o["text"][language] for o in item["options"] if o["id"] == item["key"])


def test_ids_are_unique_and_numbered_by_topic() -> None:
    assert len(BY_ID) == len(ITEMS)
    prefixes = {"signs": "RAM-", "markings": "MAR-"}
    assert all(item["id"].startswith(prefixes[item["topic"]]) for item in ITEMS)


def test_there_are_as_many_items_as_promised() -> None:
    topics = Counter(item["topic"] for item in ITEMS)
    assert topics["signs"] >= 55
    assert topics["markings"] >= 15


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_the_picture_exists_and_belongs_to_the_topic(item: dict[str, Any]) -> None:
    sign = shipped_catalogue()[item["picture"]]
    assert (sign.kind is SignKind.MARKING) == (item["topic"] == "markings")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_the_alternative_text_does_not_answer_the_question(item: dict[str, Any], language: str) -> None:
    heard = shipped_catalogue().alt(item["picture"], language).lower()
    assert key_text(item, language).lower().rstrip(".") not in heard
    assert shipped_catalogue()[item["picture"]].meaning.get(language).lower().rstrip(".") not in heard


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["id"])
def test_an_item_is_complete_in_both_languages(item: dict[str, Any]) -> None:
    texts = [item["stem"], item["explanation"], *(o["text"] for o in item["options"])]
    assert all(text["id"].strip() and text["en"].strip() for text in texts)
    assert item["article"].startswith(("PM 13/2014", "PM 34/2014", "PM 67/2018", "UU 22/2009"))
    for language in ("id", "en"):
        options = [o["text"][language].casefold() for o in item["options"]]
        assert len(set(options)) == len(options)


@pytest.mark.parametrize("topic", ["signs", "markings"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_longest_option_is_a_poor_guess(topic: str, language: str) -> None:
    choices = [item for item in CHOICES if item["topic"] == topic]
    longest = sum(
        len(key_text(item, language))
        > max(len(o["text"][language]) for o in item["options"] if o["id"] != item["key"])
        for item in choices
    )
    assert longest < len(choices) / 3


def test_no_letter_holds_the_key_much_more_often_than_another() -> None:
    places = Counter(item["key"] for item in CHOICES)
    assert set(places) == {"a", "b", "c", "d"}
    assert max(places.values()) - min(places.values()) <= 3


def test_enemies_name_each_other() -> None:
    for item in ITEMS:
        for enemy in item.get("enemies", []):
            assert item["id"] in BY_ID[enemy]["enemies"], (item["id"], enemy)


def test_items_on_the_same_picture_never_meet_in_one_form() -> None:
    for item in ITEMS:
        for other in ITEMS:
            if item["picture"] == other["picture"] and item["id"] != other["id"]:
                assert other["id"] in item.get("enemies", []), (item["id"], other["id"])
