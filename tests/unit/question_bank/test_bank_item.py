"""What makes an item unfit, and what an applicant gets to see of a fit one."""

import json
import sys
import unicodedata
from dataclasses import replace

import pytest

from question_bank.canonical import bank_digest, content_digest, same_content
from question_bank.check import check_item
from question_bank.item import ItemType, ItemVersion, Option, Part
from question_bank.parse import parse_item, read_item
from question_bank.problem import BadItem
from question_bank.text import Text
from question_bank.view import public_view

DATA = {
    "id": "RAM-0148",
    "type": "single_choice",
    "part": "knowledge",
    "topic": "signs",
    "classes": ["A", "C"],
    "difficulty": "easy",
    "stem": {"id": "Apa arti rambu ini?", "en": "What does this sign mean?"},
    "options": [
        {"id": "a", "text": {"id": "Dilarang masuk", "en": "No entry"}},
        {"id": "b", "text": {"id": "Persimpangan", "en": "Junction"}},
        {"id": "c", "text": {"id": "Jalan licin", "en": "Slippery road"}},
    ],
    "key": "b",
    "explanation": {"id": "Rahasia penjelasan", "en": "Secret explanation"},
    "article": "PM 13/2014 Pasal 8",
    "picture": "sign:warning/y-junction",
    "picture_alt": {"id": "Segitiga kuning", "en": "Yellow diamond"},
}
ITEM = parse_item(DATA)


def codes(item: ItemVersion) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in check_item(item)}


def test_a_sound_item_has_no_problem() -> None:
    assert check_item(ITEM) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"key": frozenset()}, ("key", "missing")),
        ({"key": frozenset({"z"})}, ("key", "key_not_an_option")),
        ({"key": frozenset({"a", "b"})}, ("key", "too_many_keys")),
        ({"options": ITEM.options[:1], "key": frozenset({"a"})}, ("options", "too_few_options")),
        ({"type": ItemType.TRUE_FALSE}, ("options", "too_many_options")),
        ({"stem": Text.of(en="Only English")}, ("stem.id", "missing")),
        ({"stem": Text.of(id=" \u00a0\n")}, ("stem.id", "missing")),
        ({"stem": Text.of(id="x" * 1001)}, ("stem.id", "too_long")),
        ({"stem": Text.of(id="a\x00b")}, ("stem.id", "control_character")),
        ({"stem": Text.of(id="a\u202eb")}, ("stem.id", "control_character")),
        ({"stem": Text.of(id="a\ud800b")}, ("stem.id", "control_character")),
        ({"picture": "http://elsewhere/x.png"}, ("picture", "bad_picture")),
        ({"picture": "sign:../../secret"}, ("picture", "bad_picture")),
        ({"picture": "media:" + "0" * 64 + ".svg"}, ("picture", "bad_picture")),
        ({"item_id": "RAM-148"}, ("id", "bad_item_id")),
        ({"item_id": "RAM-０１４８"}, ("id", "bad_item_id")),
        ({"part": Part.ETHICS}, ("part", "part_topic_mismatch")),
        ({"enemies": frozenset({"RAM-0148"})}, ("enemies", "enemy_of_itself")),
        ({"classes": frozenset()}, ("classes", "missing")),
        ({"weight": 6}, ("weight", "out_of_range")),
    ],
)
def test_a_fault_is_named_at_its_field(change: dict, expected: tuple[str, str]) -> None:
    assert expected in codes(replace(ITEM, **change))


def test_options_that_look_alike_are_refused() -> None:
    twin = Option("c", Text.of(id="  DILARANG   masuk"))
    assert ("options.c.text.id", "duplicate_option_text") in codes(
        replace(ITEM, options=(*ITEM.options[:2], twin))
    )


def test_seven_options_are_too_many() -> None:
    options = tuple(Option(name, Text.of(id=f"Pilihan {name}")) for name in "abcdefg")
    assert ("options", "too_many_options") in codes(replace(ITEM, options=options))


def test_html_is_plain_text() -> None:
    stem = "<script>alert(1)</script> <b>tebal</b>"
    item = replace(ITEM, stem=Text.of(id=stem))
    assert check_item(item) == ()
    assert public_view(item, ("a", "b", "c"), "id").stem == stem


def test_all_faults_of_the_data_are_named_at_once() -> None:
    item, problems = read_item(
        {**DATA, "type": "essay", "classes": ["A", "Z"], "colour": "red", "weight": "5"}
    )
    assert item is None
    assert {(p.field, p.code) for p in problems} == {
        ("type", "not_allowed"),
        ("classes", "not_allowed"),
        ("colour", "unknown_field"),
        ("weight", "not_a_number"),
    }


@pytest.mark.parametrize(
    "junk", [{"stem": "text"}, {"options": "a"}, {"options": [1]}, {"key": 3}, {"id": 4}]
)
def test_data_of_another_shape_is_refused(junk: dict) -> None:
    with pytest.raises(BadItem):
        parse_item({**DATA, **junk})


def test_an_applicant_sees_neither_key_nor_explanation_nor_article_nor_the_sign_s_name() -> None:
    view = public_view(ITEM, ("c", "a", "b"), "en")
    sent = json.dumps(view.as_dict())
    assert [option.id for option in view.options] == ["c", "a", "b"]
    for secret in ("Secret explanation", "PM 13/2014", "y-junction", "key", "easy", "explanation"):
        assert secret not in sent


def test_an_option_order_must_hold_every_option_once() -> None:
    for order in (("a", "b"), ("a", "b", "b"), ("a", "b", "d")):
        with pytest.raises(ValueError, match="no order"):
            public_view(ITEM, order, "id")


def test_english_falls_back_to_indonesian() -> None:
    assert Text.of(id="Rambu").in_language("en") == "Rambu"
    assert not Text.of(id="Rambu").is_complete()


def test_the_digest_tells_any_change_and_nothing_else() -> None:
    respelled = parse_item(
        {
            **DATA,
            "key": ["b"],
            "classes": ["C", "A"],
            "stem": {**DATA["stem"], "id": " Apa arti rambu ini?\r\n"},
        }
    )
    assert content_digest(respelled) == content_digest(ITEM)
    assert content_digest(replace(ITEM, key=frozenset({"a"}))) != content_digest(ITEM)
    assert same_content(ITEM, replace(ITEM, version=7, author="x"))
    other = replace(ITEM, item_id="RAM-0149")
    assert bank_digest([ITEM, other]) == bank_digest([other, ITEM]) != bank_digest([ITEM])


def test_the_digest_is_the_same_on_every_platform() -> None:
    assert content_digest(ITEM) == "9f4346c5bf30fbb74ccf25155a6ca13cbe35ebb06514ac79b315e5d7863286fa"


def test_of_all_characters_those_are_refused_that_nobody_sees_or_that_turn_the_words_round() -> None:
    every = [chr(number) for number in range(sys.maxunicode + 1)]
    # Line breaks stay, tabs and the line ends of other systems are read as blanks and line breaks.
    refused = {each for each in every if unicodedata.category(each) in {"Cc", "Cs"}} - set("\n\r\t")
    refused |= {each for each in every if ord(each) & 0xFFFE == 0xFFFE}
    refused |= set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

    def passes(words: str) -> bool:
        found = check_item(replace(parse_item(DATA), stem=Text.of(id=words)))
        return not [each for each in found if each.code == "control_character"]

    assert passes("".join(each for each in every if each not in refused))
    assert not [each for each in refused if passes(f"a{each}b")]
