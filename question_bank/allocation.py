"""How many easy, medium and hard items each topic gives to a form, so that every form is equally likely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb

from question_bank.blueprint import Blueprint
from question_bank.draw import SeededDraw
from question_bank.item import Difficulty, Topic

Stock = Mapping[tuple[Topic, Difficulty], int]
Allocation = dict[tuple[Topic, Difficulty], int]


@dataclass(frozen=True, slots=True)
class _Split:
    """One way to fill a topic: `easy` and `hard` items, the rest medium; `ways` choices of items give it."""

    easy: int
    medium: int
    hard: int
    ways: int


class AllocationTable:
    """Counts, exactly, the forms that a stock of items allows, and draws one allocation in proportion.

    Topic by topic, `_forms[t][easy, hard]` is the number of ways to complete a form when the topics before
    `t` gave so many easy and hard items. Drawing each split with weight (its own ways × ways to go on) makes
    every set of items that keeps the topic counts, the bands and the facility equally likely, in whole-number
    arithmetic. Enemies and pictures are not counted here: `assembly` rejects forms with a clash, which leaves
    the remaining ones equally likely.
    """

    def __init__(self, blueprint: Blueprint, stock: Stock) -> None:
        self._topics = [(topic, count) for topic, count in blueprint.topics if count]
        self._splits = [_splits(topic, count, stock) for topic, count in self._topics]
        self._forms = _count_forms(blueprint, self._splits)

    @property
    def forms(self) -> int:
        """How many different sets of items keep the counts; 0 when there is none."""
        return self._forms[0].get((0, 0), 0)

    def draw(self, draw: SeededDraw) -> Allocation:
        """Items to take per topic and difficulty. Raises `ValueError` when `forms` is 0."""
        chosen: Allocation = {}
        easy = hard = 0
        for place, (topic, _) in enumerate(self._topics):
            left = draw.below(self._forms[place].get((easy, hard), 0))
            onward = self._forms[place + 1]
            for split in self._splits[place]:
                left -= split.ways * onward.get((easy + split.easy, hard + split.hard), 0)
                if left < 0:
                    break
            chosen[topic, Difficulty.EASY] = split.easy
            chosen[topic, Difficulty.MEDIUM] = split.medium
            chosen[topic, Difficulty.HARD] = split.hard
            easy, hard = easy + split.easy, hard + split.hard
        return chosen


def _splits(topic: Topic, count: int, stock: Stock) -> tuple[_Split, ...]:
    easy, medium, hard = (stock.get((topic, level), 0) for level in Difficulty)
    found = []
    for from_easy, from_hard in product(range(min(count, easy) + 1), range(min(count, hard) + 1)):
        from_medium = count - from_easy - from_hard
        if 0 <= from_medium <= medium:
            ways = comb(easy, from_easy) * comb(medium, from_medium) * comb(hard, from_hard)
            found.append(_Split(from_easy, from_medium, from_hard, ways))
    return tuple(found)


def _count_forms(
    blueprint: Blueprint, splits: Sequence[tuple[_Split, ...]]
) -> list[dict[tuple[int, int], int]]:
    """For each topic, from the last to the first, the completions of every state that can lead to a form."""
    counts = range(blueprint.items + 1)
    done = {
        (easy, hard): 1
        for easy, hard in product(counts, counts)
        if easy + hard <= blueprint.items and blueprint.allows(easy, hard)
    }
    forms = [done]
    for options in reversed(splits):
        before: dict[tuple[int, int], int] = {}
        for (easy, hard), ways in forms[0].items():
            for split in options:
                state = (easy - split.easy, hard - split.hard)
                if min(state) >= 0:
                    before[state] = before.get(state, 0) + split.ways * ways
        forms.insert(0, before)
    return forms
