"""How well the bank covers the blueprints: usable items by topic and difficulty, beside what a form takes."""

from dataclasses import dataclass

from examapp.persistence.repositories import bank
from examapp.services.platform import Platform
from examapp.services.sitting.blueprints import blueprints
from question_bank.assembly import Infeasible, assemble
from question_bank.blueprint import Blueprint
from question_bank.item import PART_OF_TOPIC, Difficulty, ItemVersion

# With fewer items for each place of a form, people who sit twice meet the same questions.
COMFORTABLE = 4


@dataclass(frozen=True, slots=True)
class TopicCover:
    """One topic: how many a form takes, how many usable items there are by difficulty (easy, medium, hard)."""

    topic: str
    part: str
    wanted: int
    by_difficulty: tuple[tuple[str, int], ...]

    @property
    def available(self) -> int:
        return sum(count for _, count in self.by_difficulty)

    @property
    def comfortable(self) -> int:
        return COMFORTABLE * self.wanted

    @property
    def tone(self) -> str:
        """red: no form can be drawn; amber: thin; green."""
        if self.available < self.wanted:
            return "red"
        return "amber" if self.available < self.comfortable else "green"


@dataclass(frozen=True, slots=True)
class Cover:
    """One blueprint. `shortages` is empty when forms can be drawn; else constraint and how many items are missing."""

    blueprint: Blueprint
    topics: tuple[TopicCover, ...]
    usable: int
    shortages: tuple[tuple[str, int], ...]

    @property
    def widest(self) -> int:
        """What the longest bar stands for, so that all bars of a blueprint share one scale."""
        return max((max(line.available, line.comfortable) for line in self.topics), default=1) or 1


def coverage(platform: Platform) -> list[Cover]:
    """Every blueprint, by name."""
    with platform.reading() as session:
        items, wanted = bank.usable_items(session), blueprints(session)
    return [_cover(blueprint, items) for blueprint in wanted.values()]


def _cover(blueprint: Blueprint, items: list[ItemVersion]) -> Cover:
    mine = [item for item in items if blueprint.licence_class in item.classes]
    topics = tuple(
        TopicCover(
            topic.value,
            PART_OF_TOPIC[topic].value,
            wanted,
            tuple(
                (level.value, sum(item.topic is topic and item.difficulty is level for item in mine))
                for level in Difficulty
            ),
        )
        for topic, wanted in blueprint.topics
    )
    return Cover(blueprint, topics, len(mine), _shortages(blueprint, items))


def _shortages(blueprint: Blueprint, items: list[ItemVersion]) -> tuple[tuple[str, int], ...]:
    try:
        assemble(items, blueprint, seed=0)
    except Infeasible as error:
        return tuple((reason.constraint, reason.missing) for reason in error.reasons)
    return ()
