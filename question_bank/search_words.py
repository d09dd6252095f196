"""The words an item is found by, and those of somebody who looks for it: small letters, without what surrounds them."""

import re

from question_bank.item import ItemVersion

# "RAM-0148" and "hati-hati" are words of their own, and so are their parts.
_WORD = re.compile(r"\w+(?:-\w+)*")
LONGEST = 60
MOST_ASKED = 8


def words_of(item: ItemVersion) -> frozenset[str]:
    """Every word of an item's number, article, question and options, in all its languages."""
    texts = [item.stem, item.explanation, *(option.text for option in item.options)]
    lines = [item.item_id, item.article, item.source, *(words for text in texts for _, words in text.entries)]
    found: set[str] = set()
    for word in _WORD.findall(" ".join(lines).casefold()):
        found.update(part[:LONGEST] for part in {word, *word.split("-")})
    return frozenset(found)


def asked_words(typed: str) -> tuple[str, ...]:
    """What is to be looked for, each once; an item matches when for each of them it has a word that begins so."""
    return tuple(dict.fromkeys(word[:LONGEST] for word in _WORD.findall(typed.casefold())))[:MOST_ASKED]
