"""Every problem the code can report has words, in both languages, for the params it carries."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import question_bank
from question_bank.problem import Problem
from question_bank.problem_words import WORDS, explain

_ROOM = Path(question_bank.__file__).parent
# Forms of the administrators report what can't be read in the same words.
_FORMS = (_ROOM.parent / "examapp" / "web" / "admin").glob("*_form.py")
_FILES = [*_ROOM.glob("*.py"), *(_ROOM / "formats").glob("*.py"), *_FORMS]


@cache
def reported() -> dict[str, set[str]]:
    """Codes used in the source, each with the params that every use of it gives."""
    found: dict[str, set[str]] = {}
    for file in _FILES:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = {"of": 1, "note": 1, "NotText": 0}.get(name)
            if place is None or len(call.args) <= place or not isinstance(call.args[place], ast.Constant):
                continue
            params = {keyword.arg for keyword in call.keywords if keyword.arg}
            found[call.args[place].value] = params & found.get(call.args[place].value, params)
    return found


def test_the_source_is_searched() -> None:
    assert {"key_not_an_option", "not_utf8", "formula_cell", "sum_differs"} <= reported().keys()


def test_codes_and_words_match() -> None:
    assert reported().keys() == WORDS.keys()


@pytest.mark.parametrize("code", sorted(WORDS))
def test_a_sentence_needs_only_the_params_its_problem_carries(code: str) -> None:
    for words in WORDS[code]:
        assert set(re.findall(r"{(\w+)}", words)) <= reported()[code]


def test_a_value_with_braces_is_shown_as_typed() -> None:
    problem = Problem.of("key", "key_not_an_option", value="{field}")
    assert "“{field}”" in explain(problem, "en")
