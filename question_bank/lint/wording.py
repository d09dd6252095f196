"""Sentences that people stumble over: two negations to turn round, or too long a breath."""

import re
from collections.abc import Iterator
from types import MappingProxyType

from question_bank.item import ItemVersion
from question_bank.lint.remark import LANGUAGE_NAMES, Words
from question_bank.text import LANGUAGES

_NEGATIONS = MappingProxyType(
    {
        "id": re.compile(r"\b(tidak|tak|bukan(lah)?|jangan(lah)?|tanpa|kecuali|belum)\b", re.IGNORECASE),
        "en": re.compile(r"\b(not|never|no|without|except|cannot|neither|nor)\b|n['’]t\b", re.IGNORECASE),
    }
)
# A question that asks for what is not so: its options must not deny anything themselves.
_ASKS_NEGATIVELY = MappingProxyType(
    {
        "id": re.compile(
            r"\b(kecuali|yang (tidak|bukan)|(tidak|bukan) (termasuk|merupakan|benar|boleh))\b", re.IGNORECASE
        ),
        "en": re.compile(
            r"\b(except|which (is|are|does|do|may|must) not|not (true|allowed|one of))\b", re.IGNORECASE
        ),
    }
)
_SENTENCE = re.compile(r"[^.?!;:\n]+[.?!;:]?")
_CLAUSE = re.compile(
    r"[,–—]|\b(dan|atau|tetapi|namun|sebab|karena|and|or|but|because|so that|supaya|agar)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")

LONGEST_SENTENCE = 26
# LIX (Björnsson 1968): words a sentence plus the percentage of words of more than six letters; above 60 reads as "very
# difficult". Indonesian stacks affixes on its words, so the mark for it stands twelve higher.
LIX_LIMIT = MappingProxyType({"id": 72.0, "en": 60.0})
# Below this many words the percentage swings with a single word.
LIX_WORDS = 20


def double_negative(item: ItemVersion) -> Iterator[Words]:
    for language in LANGUAGES:
        english, indonesian = LANGUAGE_NAMES[language]
        stem = item.stem.as_dict().get(language, "")
        if any(_denies_twice(sentence, language) for sentence in _SENTENCE.findall(stem)):
            yield (
                f"the question says no twice in one sentence ({english})",
                f"pertanyaan menyangkal dua kali dalam satu kalimat ({indonesian})",
            )
        if not _ASKS_NEGATIVELY[language].search(stem):
            continue
        for option in item.options:
            if _NEGATIONS[language].search(option.text.as_dict().get(language, "")):
                yield (
                    f"the question asks for what is not so, and option {option.id} denies again ({english})",
                    f"pertanyaan sudah menyangkal, dan pilihan {option.id} menyangkal lagi ({indonesian})",
                )
                break


def hard_to_read(item: ItemVersion) -> Iterator[Words]:
    for language in LANGUAGES:
        english, indonesian = LANGUAGE_NAMES[language]
        stem = item.stem.as_dict().get(language, "")
        longest = max((len(_WORD.findall(each)) for each in _SENTENCE.findall(stem)), default=0)
        if longest > LONGEST_SENTENCE:
            yield (
                f"a sentence of the question has {longest} words ({english}); {LONGEST_SENTENCE} are enough",
                f"satu kalimat pertanyaan berisi {longest} kata ({indonesian}); cukup {LONGEST_SENTENCE}",
            )
        elif (level := lix(stem)) > LIX_LIMIT[language] and len(_WORD.findall(stem)) >= LIX_WORDS:
            yield (
                f"the question reads as very difficult ({english}, LIX {level:.0f})",
                f"pertanyaan sangat sulit dibaca ({indonesian}, LIX {level:.0f})",
            )


def lix(words: str) -> float:
    """Readability of `words`: about 20 (very easy) to 70 (very difficult); 0 when there is none.

    Source: C. H. Björnsson, Läsbarhet (1968).
    """
    found = _WORD.findall(words)
    if not found:
        return 0.0
    sentences = max(1, sum(bool(_WORD.search(each)) for each in re.split(r"[.?!:;\n]+", words)))
    return len(found) / sentences + 100 * sum(len(word) > 6 for word in found) / len(found)


def _denies_twice(sentence: str, language: str) -> bool:
    """Two negations within one clause; "tidak A dan tidak B" only lists."""
    clauses = _CLAUSE.split(sentence)
    return any(len(_NEGATIONS[language].findall(clause or "")) > 1 for clause in clauses)
