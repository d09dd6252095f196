"""What the content policy forbids must not stand in a template: it would silently do nothing."""

import re

import pytest

from tests.support.repository import ROOT, files

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a script in the page": r"<script(?![^>]*(\bsrc=|type=.application/json))[^>]*>",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a style sheet in the page": r"<style\b",
    "code in an htmx attribute": r"\bhx-(on\b|vals\s*=\s*[\"']js:|headers\s*=\s*[\"']js:)",
    "a file from elsewhere": r"(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!www\.w3\.org)[^\"']*\.(?:js|css|woff2?)",
}
TEMPLATES = [path for path in files(".html") if "templates" in path.parts]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_keep_to_the_content_policy(what: str) -> None:
    assert TEMPLATES
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    assert [
        str(path.relative_to(ROOT)) for path in TEMPLATES if pattern.search(path.read_text("utf-8"))
    ] == []


# Names, units and signs that are the same in every language.
_SAME_EVERYWHERE = {
    *("SIM Daring", "SIM", "NIK", "CSV", "XLSX"),
    *("WIB", "WITA", "WIT"),
    *("English", "Indonesia", "Bahasa Indonesia / English"),
}
_CODE = re.compile(
    r"\{#.*?#\}|\{% block body_class %\}[^{]*|\{% set \w+ %\}.*?\{% endset %\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
_TAG = re.compile(r"""<kbd\b.*?</kbd>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|&\w+;|[\w-]+="[^"]*["]""", re.DOTALL)


def _bare_words(template: str) -> list[str]:
    text = _TAG.sub("\n", _CODE.sub("", template))
    lines = [line.strip(" \t·:.,()–-") for line in text.splitlines()]
    return [line for line in lines if re.search(r"[A-Za-z]{3}", line) and line not in _SAME_EVERYWHERE]


def test_every_word_of_a_template_goes_through_the_catalogue() -> None:
    found = {str(path.relative_to(ROOT)): _bare_words(path.read_text("utf-8")) for path in TEMPLATES}
    assert {name: words for name, words in found.items() if words} == {}


def test_a_bare_word_would_be_found() -> None:
    assert _bare_words('<p class="x">{{ _("Fine") }} Hello</p>') == ["Hello"]
