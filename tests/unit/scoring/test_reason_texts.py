"""Every reason can be said in both languages."""

import re
import string
from pathlib import Path

import scoring
from scoring.reasons import Reason, describe, reason_texts

ROOM = Path(scoring.__file__).parent
MADE = re.compile(r'(?:Reason|Refused|InvalidNik|Observation)\(\s*"([a-z_0-9]+)"')


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_code_has_both_languages_with_the_same_placeholders() -> None:
    for code, texts in reason_texts().items():
        assert set(texts) == {"id", "en"}, code
        assert fields(texts["id"]) == fields(texts["en"]), code
        assert "!" not in texts["id"] + texts["en"], code


def test_every_code_that_the_rules_give_is_known() -> None:
    made = {code for path in ROOM.rglob("*.py") for code in MADE.findall(path.read_text(encoding="utf-8"))}
    assert len(made) > 25
    assert made <= set(reason_texts())


def test_a_code_alone_is_enough_where_nothing_is_to_be_filled_in() -> None:
    assert describe("theory_passed", "id") == "Ujian teori lulus."
    assert describe(Reason("retakes_used_up", {"retakes": 2}), "en").startswith("All 2 retakes")


def test_a_decimal_is_written_as_its_readers_write_it() -> None:
    quick = Reason("validity_too_fast", {"seconds": 1.4})
    assert "1,4 detik" in describe(quick, "id")
    assert "1.4 seconds" in describe(quick, "en")
