"""The shipped items agree with the pictures they show and with the rules the pictures are judged by."""

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from question_bank.content_loader import load_items
from question_bank.item import Difficulty, ItemType, ItemVersion, Topic
from question_bank.licence import LicenceClass
from question_bank.scenes import catalogue
from question_bank.scenes.model import OWN
from question_bank.scenes.priority import derive

LEAST = {
    Topic.RIGHT_OF_WAY: 22,
    Topic.HAZARD: 24,
    Topic.SPEED: 14,
    Topic.SAFETY: 22,
    Topic.LAW: 18,
    Topic.FIRST_AID: 14,
    Topic.VEHICLE: 16,
    Topic.ETHICS: 16,
}
ITEMS = [item for item in load_items() if item.topic in LEAST]
PICTURED = [item for item in ITEMS if item.picture]


def key_text(item: ItemVersion, language: str) -> str:
    return next(option.text.in_language(language) for option in item.options if option.id in item.key)


def asks_who_goes_first(item: ItemVersion) -> bool:
    return bool(re.search(r"who goes first\?$", item.stem.in_language("en"), re.IGNORECASE))


WHO_FIRST = [item for item in ITEMS if asks_who_goes_first(item)]


def leader(words: str, language: str) -> str:
    """The road user an option names at its beginning, as its label in the scene."""
    own = OWN if language == "id" else "You"
    found = re.match(rf"(?:.*?\b([XYZ])\b|({own})\b)", words.partition(",")[0])
    assert found, words
    return found.group(1) or OWN


@pytest.mark.parametrize("topic", LEAST)
def test_each_topic_has_enough_items_for_every_licence(topic: Topic) -> None:
    items = [item for item in ITEMS if item.topic is topic]
    assert len(items) >= LEAST[topic]
    for licence in LicenceClass:
        assert sum(licence in item.classes for item in items) >= 0.75 * LEAST[topic], licence


@pytest.mark.parametrize("item", PICTURED, ids=lambda item: item.item_id)
def test_a_picture_exists(item: ItemVersion) -> None:
    room, _, name = (item.picture or "").partition(":")
    assert room == "scene"
    assert name in catalogue.names()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("item", WHO_FIRST, ids=lambda item: item.item_id)
def test_a_key_is_what_the_rules_of_the_road_say(item: ItemVersion, language: str) -> None:
    scene = catalogue.scene((item.picture or "").removeprefix("scene:"))
    first = derive(scene).first
    assert first is not None
    assert leader(key_text(item, language), language) == first


@pytest.mark.parametrize("item", WHO_FIRST, ids=lambda item: item.item_id)
def test_the_article_is_one_the_derivation_rests_on(item: ItemVersion) -> None:
    rulings = derive(catalogue.scene((item.picture or "").removeprefix("scene:"))).articles
    assert any(article in item.article for article in rulings)


def test_most_right_of_way_items_ask_who_goes_first() -> None:
    right_of_way = [item for item in ITEMS if item.topic is Topic.RIGHT_OF_WAY]
    assert sum(map(asks_who_goes_first, right_of_way)) >= 0.6 * len(right_of_way)


def test_every_text_is_there_in_both_languages() -> None:
    for item in ITEMS:
        texts = [item.stem, item.explanation, *(option.text for option in item.options)]
        assert all(text.is_complete() for text in texts), item.item_id
        assert item.article, item.item_id


def test_texts_are_short() -> None:
    for item in ITEMS:
        for language in ("id", "en"):
            assert len(item.stem.in_language(language).split()) <= 25, item.item_id
            for option in item.options:
                assert len(option.text.in_language(language).split()) <= 14, item.item_id


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_longest_option_is_seldom_the_key(language: str) -> None:
    choices = [item for item in ITEMS if item.type is ItemType.SINGLE_CHOICE]
    longest = [
        item.item_id
        for item in choices
        if all(
            len(option.text.in_language(language)) < len(key_text(item, language))
            for option in item.options
            if option.id not in item.key
        )
    ]
    assert len(longest) < len(choices) / 3


def test_keys_stand_in_all_places() -> None:
    places = Counter(
        min(item.key) for item in ITEMS if item.type is ItemType.SINGLE_CHOICE and len(item.options) == 4
    )
    assert set(places) == set("abcd")
    assert max(places.values()) < 0.4 * places.total()


def test_true_and_false_are_both_keys() -> None:
    keys = Counter(min(item.key) for item in ITEMS if item.type is ItemType.TRUE_FALSE)
    assert min(keys["a"], keys["b"]) >= 0.35 * keys.total()


def test_difficulties_are_mixed_in_every_topic() -> None:
    for topic in LEAST:
        assert {item.difficulty for item in ITEMS if item.topic is topic} == set(Difficulty)


def test_items_on_one_scene_are_enemies() -> None:
    by_scene: dict[str, list[ItemVersion]] = defaultdict(list)
    for item in PICTURED:
        by_scene[item.picture or ""].append(item)
    for items in by_scene.values():
        for one, other in combinations(items, 2):
            # Said on one side is enough: a pool holds it both ways.
            assert other.item_id in one.enemies or one.item_id in other.enemies
