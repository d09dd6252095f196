"""An article of law as a reader expects it: *Pasal 15 ayat (2) huruf b* in Indonesian, *Article 15(2)(b)* in English.

The rules and the items name their articles tersely and not all alike ("art. 15(2)", "Pasal 11 ayat (2) huruf b").
"""

import re

# One article after its word: the number, then paragraph and letter, terse or spelt out.
_ONE = r"\d+[A-Z]?(?:\s?\(\w+\))*(?:\s+ayat\s+\(\d+\))?(?:\s+huruf\s+\w\b)?"
_ARTICLES = re.compile(rf"\b(?:Pasal|Article|art\.)\s+({_ONE}(?:,\s*{_ONE})*)")
_PARAGRAPH = re.compile(r"\s?\((\d+)\)")
_LETTER = re.compile(r"\s?\(([a-z])\)")
_UNBROKEN = "\N{NO-BREAK SPACE}"


def article_in(text: str, language: str) -> str:
    """`text` with every article in the form of `language` ("id" or "en"); what is no article stays as it is."""
    said = _ARTICLES.sub(
        lambda found: _english(found[1]) if language == "en" else _indonesian(found[1]), text
    )
    return said.replace(" jo. ", " in conjunction with ") if language == "en" else said


def _terse(articles: str) -> list[str]:
    plain = re.sub(r"\s+ayat\s+(\(\d+\))", r"\1", articles)
    plain = re.sub(r"\s+huruf\s+(\w)\b", r"(\1)", plain)
    return [re.sub(r"\s+", "", one) for one in plain.split(",")]


def _english(articles: str) -> str:
    found = _terse(articles)
    word = "Articles" if len(found) > 1 else "Article"
    return f"{word}{_UNBROKEN}{', '.join(found)}"


def _indonesian(articles: str) -> str:
    return ", ".join(f"Pasal{_UNBROKEN}{_spelt_out(one)}" for one in _terse(articles))


def _spelt_out(one: str) -> str:
    with_paragraph = _PARAGRAPH.sub(rf" ayat{_UNBROKEN}(\1)", one)
    return _LETTER.sub(rf" huruf{_UNBROKEN}\1", with_paragraph)
