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
    "SIM Daring",
    "SIM",
    "NIK",
    "English",
    "Indonesia",
    "WIB",
    "WITA",
    "WIT",
    "CSV",
    "XLSX",
    "kbd",
}
_NOT_WORDS = re.compile(
    r"\{% block body_class %\}[^{]*|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", re.DOTALL
)


def test_every_word_of_a_template_goes_through_the_catalogue() -> None:
    bare: dict[str, list[str]] = {}
    for path in TEMPLATES:
        text = _NOT_WORDS.sub("\n", path.read_text("utf-8"))
        lines = [line.strip(" \t·:.,()–-") for line in text.splitlines()]
        found = [line for line in lines if re.search(r"[A-Za-z]{3}", line) and line not in _SAME_EVERYWHERE]
        if found:
            bare[str(path.relative_to(ROOT))] = found
    assert bare == {}
