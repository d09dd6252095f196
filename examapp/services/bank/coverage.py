"""How well the bank covers the blueprints: usable items by topic and difficulty, beside what a form takes."""

from dataclasses import dataclass

from sqlalchemy import select

from examapp.persistence.records.forms import BlueprintVersion
from examapp.services.bank.blueprint_check import Thin, thin_topics
from examapp.services.platform import Platform
from examapp.services.sitting.banks import PREPARED
from examapp.services.sitting.blueprints import blueprints
from question_bank.assembly import Infeasible, Pool, SearchGaveUp, assemble_from
from question_bank.blueprint import Blueprint
from question_bank.item import PART_OF_TOPIC, Difficulty

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
    """One blueprint. `infeasible` says why there is no form; `thin` are topics too small for the exposure rate."""

    blueprint: Blueprint
    topics: tuple[TopicCover, ...]
    usable: int
    trial: int
    infeasible: Infeasible | None
    thin: tuple[Thin, ...]
    waiting: int | None

    @property
    def widest(self) -> int:
        """What the longest bar stands for, so that all bars of a blueprint share one scale."""
        return max((max(line.available, line.comfortable) for line in self.topics), default=1) or 1


def coverage(platform: Platform) -> list[Cover]:
    """Every blueprint in force, by name."""
    with platform.reading() as session:
        proposed = select(BlueprintVersion.name, BlueprintVersion.version).where(
            BlueprintVersion.state == "proposed"
        )
        waiting = {row.name: row.version for row in session.execute(proposed)}
        return [
            _cover(PREPARED.get(session, blueprint), waiting.get(name))
            for name, blueprint in blueprints(session).items()
        ]


def _cover(pool: Pool, waiting: int | None) -> Cover:
    blueprint = pool.blueprint
    topics = tuple(
        TopicCover(
            topic.value,
            PART_OF_TOPIC[topic].value,
            wanted,
            tuple((level.value, len(pool.cells.get((topic, level), ()))) for level in Difficulty),
        )
        for topic, wanted in blueprint.topics
        if wanted
    )
    return Cover(
        blueprint, topics, len(pool.items), len(pool.pilots), _infeasible(pool), thin_topics(pool), waiting
    )


def _infeasible(pool: Pool) -> Infeasible | None:
    try:
        assemble_from(pool, seed=0)
    except Infeasible as error:
        return error
    except SearchGaveUp:
        return Infeasible(pool.blueprint.name, (), ())
    return None
