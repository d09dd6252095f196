from dataclasses import replace

import pytest

from question_bank.content_loader import load_items
from question_bank.item import ItemType, ItemVersion, Option
from question_bank.lint import RULES, lint, lint_item
from question_bank.parse import parse_item
from question_bank.text import Text

CLEAN = parse_item(
    {
        "id": "TST-0001",
        "type": "single_choice",
        "part": "ethics",
        "topic": "ethics",
        "classes": ["A"],
        "difficulty": "easy",
        "stem": {"id": "Soal?", "en": "Question?"},
        "options": [
            {"id": "a", "text": {"id": "Berhenti", "en": "Stop"}},
            {"id": "b", "text": {"id": "Jalan terus", "en": "Go on"}},
        ],
        "key": "a",
        "explanation": {"id": "Sebab", "en": "Because"},
        "article": "UU 22/2009 Pasal 106",
    }
)


def _option(indonesian: str, english: str = "Something else") -> tuple[Option, ...]:
    return (Option("a", Text.of(id=indonesian, en=english)), CLEAN.options[1])


def test_a_clean_item_gets_no_remark() -> None:
    assert lint_item(CLEAN) == ()


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        (replace(CLEAN, stem=Text.of(id="Soal?")), "missing_translation"),
        (
            replace(CLEAN, options=_option("Berhenti dan memberi jalan kepada semua pemakai jalan lain")),
            "longest_key",
        ),
        (replace(CLEAN, options=_option("Semua benar")), "all_or_none"),
        (replace(CLEAN, options=_option("Semua jawaban di atas benar")), "all_or_none"),
        (replace(CLEAN, options=_option("Tidak ada", "None of the above")), "all_or_none"),
        (replace(CLEAN, picture="sign:warning/y-junction"), "picture_without_alt"),
        (replace(CLEAN, article=""), "no_article"),
        (
            replace(CLEAN, options=(CLEAN.options[0], Option("b", Text.of(id="x" * 90, en="y" * 90)))),
            "option_lengths",
        ),
        (
            replace(CLEAN, stem=Text.of(id="Bukankah tidak boleh berhenti?", en="May one not never stop?")),
            "double_negative",
        ),
        (
            replace(
                CLEAN,
                stem=Text.of(id="Mana yang tidak benar?", en="Which is true?"),
                options=_option("Jangan berhenti"),
            ),
            "double_negative",
        ),
        (replace(CLEAN, stem=Text.of(id=" ".join(["jalan"] * 27) + "?", en="Question?")), "hard_to_read"),
        (
            replace(CLEAN, stem=Text.of(id="Soal?", en=" ".join(["considering intersections"] * 12))),
            "hard_to_read",
        ),
        (replace(CLEAN, audio=Text.of(id=f"media:{'0' * 64}.mp3")), "audio_in_part"),
        (
            replace(CLEAN, type=ItemType.MULTIPLE_RESPONSE, key=frozenset({"a", "b"})),
            "all_are_keys",
        ),
        (replace(CLEAN, explanation=Text()), "no_explanation"),
    ],
)
def test_each_fault_is_found_by_its_rule_alone(item: ItemVersion, rule: str) -> None:
    findings = lint([item])
    assert {finding.rule for finding in findings} == {rule}
    assert findings[0].as_dict()["item"] == "TST-0001"
    assert rule in RULES


@pytest.mark.parametrize(
    "sentence",
    [
        "Korban tidak sadar dan tidak bernapas. Apa tindakan Anda?",
        "Simpang ini tidak berlampu, tanpa rambu. Siapa lebih dahulu?",
        "Apa yang tidak boleh Anda lakukan di sini?",
    ],
)
def test_a_list_of_what_is_not_so_is_no_double_negation(sentence: str) -> None:
    assert lint_item(replace(CLEAN, stem=Text.of(id=sentence, en="Question?"))) == ()


def test_the_shipped_bank_is_readable_and_says_it_straight() -> None:
    found = {finding.rule for finding in lint(load_items())}
    assert found.isdisjoint(
        {"double_negative", "hard_to_read", "option_lengths", "longest_key", "all_are_keys"}
    )
