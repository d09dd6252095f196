"""What the options give away by their form."""

import re
from collections.abc import Iterator

from question_bank.item import ItemType, ItemVersion
from question_bank.lint.remark import LANGUAGE_NAMES, Words
from question_bank.text import LANGUAGES

# An option this much longer than the next, in ratio and in letters, is picked by people who don't know the
# rule.
LONGEST_RATIO = 1.6
LONGEST_MARGIN = 20
# The longest beside the shortest: options of very different length are compared by their length.
UNEVEN_RATIO = 4.0
UNEVEN_MARGIN = 45

_ALL_OR_NONE = re.compile(
    r"\b(semua(nya)? (jawaban )?(di atas |tersebut )?(benar|salah)|tidak ada (jawaban )?yang benar"
    r"|(all|none) of the above|(semua|bukan salah satu) (jawaban )?di atas)\b",
    re.IGNORECASE,
)


def _sizes(item: ItemVersion, language: str) -> dict[str, int]:
    return {
        option.id: len(option.text.in_language(language))
        for option in item.options
        if option.text.has(language)
    }


def longest_key(item: ItemVersion) -> Iterator[Words]:
    for language in LANGUAGES:
        sizes = _sizes(item, language)
        rest = [size for name, size in sizes.items() if name not in item.key]
        for key in sorted(item.key & sizes.keys()):
            if rest and sizes[key] >= max(LONGEST_RATIO * max(rest), max(rest) + LONGEST_MARGIN):
                yield (
                    f"the key is the longest option by far ({LANGUAGE_NAMES[language][0]})",
                    f"jawaban benar jauh lebih panjang dari yang lain ({LANGUAGE_NAMES[language][1]})",
                )


def uneven_lengths(item: ItemVersion) -> Iterator[Words]:
    # A key that stands out is one remark, not two; a hotspot's options are names of places.
    if item.type is ItemType.HOTSPOT or any(longest_key(item)):
        return
    for language in LANGUAGES:
        sizes = _sizes(item, language).values()
        if len(sizes) > 1 and max(sizes) >= max(UNEVEN_RATIO * min(sizes), min(sizes) + UNEVEN_MARGIN):
            yield (
                f"the longest option has {max(sizes)} characters, the shortest {min(sizes)} "
                f"({LANGUAGE_NAMES[language][0]})",
                f"pilihan terpanjang {max(sizes)} karakter, yang terpendek {min(sizes)} "
                f"({LANGUAGE_NAMES[language][1]})",
            )


def all_or_none(item: ItemVersion) -> Iterator[Words]:
    for option in item.options:
        if any(_ALL_OR_NONE.search(words) for _, words in option.text.entries):
            yield (
                f"option {option.id} speaks of all or none of the others, but options are shuffled",
                f"pilihan {option.id} menunjuk semua pilihan lain, padahal urutannya diacak",
            )


def all_are_keys(item: ItemVersion) -> Iterator[Words]:
    """Whoever ticks everything would be right without knowing anything."""
    if item.type is ItemType.MULTIPLE_RESPONSE and item.key == frozenset(item.option_ids):
        yield "every option is right: ticking all is enough", "semua pilihan benar: cukup mencentang semuanya"
