"""A sentence in several languages."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

PRIMARY_LANGUAGE = "id"
LANGUAGES = ("id", "en")

# Every blank of Unicode and the line break, but no control character: those are to be seen and refused.
_BLANKS = (
    " \n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_LINE_BREAK = re.compile(r"\r\n?")


def normalise(raw: str) -> str:
    """`raw` in Unicode NFC, with `\\n` line ends, tabs as spaces, and no blanks around it.

    Two people who type the same words on two systems get equal texts, so digests compare words.
    Control characters stay in: `check_item` refuses them by name rather than dropping them unseen.
    """
    composed = unicodedata.normalize("NFC", raw)
    return _LINE_BREAK.sub("\n", composed).replace("\t", " ").strip(_BLANKS)


@dataclass(frozen=True, slots=True)
class Text:
    """Words by language code, sorted by code; a language without words is absent. Build it with `Text.of`."""

    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, words: Mapping[str, str] | None = None, /, **by_language: str) -> "Text":
        """`Text.of(id="…", en="…")` or `Text.of({"id": "…"})`. Normalises; drops empty languages."""
        merged = {**(words or {}), **by_language}
        clean = {language: normalise(text) for language, text in merged.items()}
        return cls(tuple(sorted((language, text) for language, text in clean.items() if text)))

    def as_dict(self) -> dict[str, str]:
        return dict(self.entries)

    def has(self, language: str) -> bool:
        return any(code == language for code, _ in self.entries)

    def in_language(self, language: str) -> str:
        """The words in `language`, else in Indonesian, else an empty string."""
        words = self.as_dict()
        return words.get(language) or words.get(PRIMARY_LANGUAGE, "")

    def missing(self, languages: tuple[str, ...] = LANGUAGES) -> tuple[str, ...]:
        """Languages of `languages` that have no words here."""
        return tuple(language for language in languages if not self.has(language))

    def is_complete(self) -> bool:
        return not self.missing()

    def __bool__(self) -> bool:
        return bool(self.entries)


NO_TEXT = Text()
