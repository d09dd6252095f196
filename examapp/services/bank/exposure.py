"""How often the items of a blueprint are shown, beside the rate they are kept under."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examapp.domain.errors import NotFound
from examapp.domain.roles import Permission
from examapp.persistence.records.attempts import FormRecord
from examapp.persistence.records.forms import ExposureTotal, ItemExposure, PairExposure
from examapp.services.platform import Actor, Platform
from examapp.services.sitting.banks import PREPARED
from examapp.services.sitting.blueprints import in_force
from question_bank.blueprint import Blueprint
from question_bank.item import Topic

MOST_PAIRS = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One item: in how many of the counted forms it stood, as a number and as a share (0-1)."""

    item_id: str
    given: int
    share: float


@dataclass(frozen=True, slots=True)
class TopicExposure:
    """A topic's items, the most shown first; `even` is the share each had if all were shown alike."""

    topic: str
    wanted: int
    items: tuple[Shown, ...]

    @property
    def even(self) -> float:
        return min(1.0, self.wanted / len(self.items)) if self.items else 0.0


@dataclass(frozen=True, slots=True)
class ExposureReport:
    """`forms` are the counted ones of late, `ever` all that were given. `pairs` are those that met most often."""

    blueprint: Blueprint
    forms: int
    ever: int
    topics: tuple[TopicExposure, ...]
    pairs: tuple[tuple[str, str, int, float], ...]

    @property
    def above(self) -> int:
        """How many items stand above the rate."""
        rate = self.blueprint.item_rate
        return sum(item.share > rate for topic in self.topics for item in topic.items)

    @property
    def widest(self) -> float:
        shares = [item.share for topic in self.topics for item in topic.items]
        return max(*shares, self.blueprint.item_rate, 0.05) if shares else 1.0


def exposure_report(platform: Platform, actor: Actor, name: str) -> ExposureReport:
    """The exposure of a blueprint's items. Raises `NotFound("blueprint_missing")`."""
    actor.must(Permission.EDIT_BANK)
    with platform.reading() as session:
        found = in_force(session).get(name)
        if found is None:
            raise NotFound("blueprint_missing", blueprint=name)
        forms = session.scalar(select(ExposureTotal.forms).where(ExposureTotal.blueprint == name)) or 0
        ever = session.scalar(
            select(func.count()).select_from(FormRecord).where(FormRecord.blueprint == name)
        )
        topics = _topics(session, found.blueprint, forms)
        return ExposureReport(found.blueprint, forms, int(ever or 0), topics, _pairs(session, name, forms))


def _topics(session: Session, blueprint: Blueprint, forms: int) -> tuple[TopicExposure, ...]:
    counts = select(ItemExposure.item_id, ItemExposure.given).where(ItemExposure.blueprint == blueprint.name)
    given: dict[str, int] = {row.item_id: row.given for row in session.execute(counts)}
    by_topic: dict[Topic, list[Shown]] = {topic: [] for topic, count in blueprint.topics if count}
    for item in PREPARED.get(session, blueprint).items:
        count = given.get(item.item_id, 0)
        by_topic[item.topic].append(Shown(item.item_id, count, count / forms if forms else 0.0))
    wanted = dict(blueprint.topics)
    return tuple(
        TopicExposure(
            topic.value, wanted[topic], tuple(sorted(items, key=lambda each: (-each.given, each.item_id)))
        )
        for topic, items in by_topic.items()
    )


def _pairs(session: Session, name: str, forms: int) -> tuple[tuple[str, str, int, float], ...]:
    query = (
        select(PairExposure.one, PairExposure.other, PairExposure.given)
        .where(PairExposure.blueprint == name, PairExposure.given > 1)
        .order_by(PairExposure.given.desc(), PairExposure.one, PairExposure.other)
        .limit(MOST_PAIRS)
    )
    return tuple(
        (one, other, count, count / forms if forms else 0.0) for one, other, count in session.execute(query)
    )
