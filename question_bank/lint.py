"""Faults of style and care that an item may have and still be sound. Nothing here stops an item; people decide."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from question_bank.item import ItemVersion
from question_bank.text import LANGUAGES, Text

# An option this much longer than the next, in ratio and in letters, is picked by people who don't know the
# rule.
LONGEST_RATIO = 1.6
LONGEST_MARGIN = 20

_ALL_OR_NONE = re.compile(
    r"\b(semua(nya)? (jawaban )?(di atas |tersebut )?(benar|salah)|tidak ada (jawaban )?yang benar"
    r"|(all|none) of the above|(semua|bukan salah satu) (jawaban )?di atas)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: the item's id, the rule's name, and a sentence in English and Indonesian."""

    item: str
    rule: str
    message: str
    message_id: str

    def as_dict(self) -> dict[str, str]:
        return {"item": self.item, "rule": self.rule, "message": self.message}


_Remark = tuple[str, str]
_LANGUAGE_NAMES = MappingProxyType({"id": ("Indonesian", "Indonesia"), "en": ("English", "Inggris")})
_Rule = Callable[[ItemVersion], Iterator[_Remark]]


def lint_item(item: ItemVersion) -> tuple[Finding, ...]:
    """All remarks on `item`, rule by rule."""
    return tuple(
        Finding(item.item_id, name, english, indonesian)
        for name, rule in RULES.items()
        for english, indonesian in rule(item)
    )


def lint(items: Iterable[ItemVersion]) -> tuple[Finding, ...]:
    return tuple(finding for item in items for finding in lint_item(item))


def _missing_translation(item: ItemVersion) -> Iterator[_Remark]:
    texts: list[tuple[_Remark, Text]] = [
        (("the question", "pertanyaan"), item.stem),
        (("the explanation", "penjelasan"), item.explanation),
        (("the description of the picture", "keterangan gambar"), item.picture_alt or Text()),
    ]
    texts += [((f"option {each.id}", f"pilihan {each.id.upper()}"), each.text) for each in item.options]
    for (place, tempat), text in texts:
        for language in text.missing() if text else ():
            english, indonesian = _LANGUAGE_NAMES[language]
            yield f"{place} has no words in {english}", f"{tempat} belum ada dalam bahasa {indonesian}"


def _longest_key(item: ItemVersion) -> Iterator[_Remark]:
    for language in LANGUAGES:
        sizes = {
            option.id: len(option.text.in_language(language))
            for option in item.options
            if option.text.has(language)
        }
        rest = [size for name, size in sizes.items() if name not in item.key]
        for key in sorted(item.key & sizes.keys()):
            if rest and sizes[key] >= max(LONGEST_RATIO * max(rest), max(rest) + LONGEST_MARGIN):
                yield (
                    f"the key is the longest option by far ({_LANGUAGE_NAMES[language][0]})",
                    f"jawaban benar jauh lebih panjang dari yang lain ({_LANGUAGE_NAMES[language][1]})",
                )


def _all_or_none(item: ItemVersion) -> Iterator[_Remark]:
    for option in item.options:
        if any(_ALL_OR_NONE.search(words) for _, words in option.text.entries):
            yield (
                f"option {option.id} speaks of all or none of the others, but options are shuffled",
                f"pilihan {option.id} menunjuk semua pilihan lain, padahal urutannya diacak",
            )


def _picture_without_alt(item: ItemVersion) -> Iterator[_Remark]:
    if item.picture and not item.picture_alt:
        yield (
            "the picture has no description for people who can't see it",
            "gambar belum diberi deskripsi bagi peserta yang tidak dapat melihatnya",
        )


def _no_article(item: ItemVersion) -> Iterator[_Remark]:
    if not item.article:
        yield "no article is named that the key rests on", "pasal yang menjadi dasar kunci belum disebut"


def _no_explanation(item: ItemVersion) -> Iterator[_Remark]:
    if not item.explanation:
        yield "there is no explanation", "penjelasan belum ada"


RULES: MappingProxyType[str, _Rule] = MappingProxyType(
    {
        "missing_translation": _missing_translation,
        "longest_key": _longest_key,
        "all_or_none": _all_or_none,
        "picture_without_alt": _picture_without_alt,
        "no_article": _no_article,
        "no_explanation": _no_explanation,
    }
)
