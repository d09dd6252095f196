"""Items that ask nearly the same: found by the words and pictures that they share.

Similarity is the Jaccard index of two sets of features: pairs of neighbouring words in the question, the words of each
option, and the pictures. 1 means alike to the word, 0 nothing in common.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from question_bank.item import ItemVersion
from question_bank.text import PRIMARY_LANGUAGE

# In the shipped bank a pair of variants reaches .68, unrelated items stay below .5.
NEAR = 0.6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items (the one asked about, the other) and how alike they are, 0-1."""

    item: str
    other: str
    similarity: float


def features(item: ItemVersion) -> frozenset[str]:
    """What of an item is compared: its Indonesian words, which every item has, and its pictures."""
    stem = _WORD.findall(item.stem.in_language(PRIMARY_LANGUAGE).casefold())
    found = {f"{one} {two}" for one, two in pairwise(stem)} or set(stem)
    for option in item.options:
        words = _WORD.findall(option.text.in_language(PRIMARY_LANGUAGE).casefold())
        # Sorted: the same words turned round are the same answer.
        found.add("option: " + " ".join(sorted(words)))
        found.update(f"in option: {word}" for word in words)
    found.update(f"picture: {each}" for each in (item.picture, item.clip) if each)
    found.update(f"picture: {option.picture}" for option in item.options if option.picture)
    return frozenset(found)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """The Jaccard index: features in both ÷ features in either."""
    return len(one & other) / len(one | other) if one or other else 0.0


class SimilarityIndex:
    """Finds all items of a bank that are at least `near` alike, without comparing each with each.

    Two sets of similarity s share a feature among the rarest |x| − ⌈s·|x|⌉ + 1 of each (prefix filter: Chaudhuri, Ganti
    & Kaushik 2006), so only items that share such a rare feature are compared. Nothing that is near is missed.
    """

    def __init__(self, items: Iterable[ItemVersion], near: float = NEAR) -> None:
        self._near = near
        self._features = {item.item_id: features(item) for item in items}
        # How rare a feature is, is counted once: any one order will do, as long as it never changes.
        self._common = Counter(each for found in self._features.values() for each in found)
        self._by_rare: dict[str, set[str]] = {}
        for item_id, found in self._features.items():
            self._note(item_id, found)

    def put(self, item: ItemVersion) -> None:
        """Take in an item, or another wording of one that is there."""
        for feature in self._rarest(self._features.get(item.item_id, frozenset())):
            self._by_rare[feature].discard(item.item_id)
        self._features[item.item_id] = features(item)
        self._note(item.item_id, self._features[item.item_id])

    def _note(self, item_id: str, found: frozenset[str]) -> None:
        for feature in self._rarest(found):
            self._by_rare.setdefault(feature, set()).add(item_id)

    def like(self, item: ItemVersion) -> tuple[Likeness, ...]:
        """Items near to `item` (which need not be in the bank, or be there in another wording), the nearest first."""
        return tuple(
            sorted(
                self._near_to(item.item_id, features(item)),
                key=lambda found: (-found.similarity, found.other),
            )
        )

    def pairs(self) -> Iterator[Likeness]:
        """Every pair of the bank that is near, once, by the first item's number."""
        for item_id in sorted(self._features):
            for found in self._near_to(item_id, self._features[item_id]):
                if found.other > item_id:
                    yield found

    def _near_to(self, item_id: str, mine: frozenset[str]) -> Iterator[Likeness]:
        candidates = {other for feature in self._rarest(mine) for other in self._by_rare.get(feature, ())}
        for other in sorted(candidates - {item_id}):
            found = similarity(mine, self._features[other])
            if found >= self._near:
                yield Likeness(item_id, other, found)

    def _rarest(self, found: frozenset[str]) -> list[str]:
        """The features whose absence from another item shows that it can't be near. One order for all items."""
        ordered = sorted(found, key=lambda feature: (self._common.get(feature, 0), feature))
        return ordered[: len(found) - ceil(self._near * len(found) - 1e-9) + 1]
