"""What a blueprint that is being typed would mean: contradictions, what the bank lacks, what would become thin."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from sqlalchemy.orm import Session

from examapp.services.sitting.banks import PREPARED
from question_bank.assembly import Infeasible, SearchGaveUp, assemble_from
from question_bank.blueprint import Blueprint
from question_bank.blueprint_loader import parse_blueprint
from question_bank.form import Form
from question_bank.pool import Pool
from question_bank.problem import BadItem, Problem


@dataclass(frozen=True, slots=True)
class Thin:
    """A topic with too few items for the exposure rate: `needed` of them, `available` there."""

    topic: str
    needed: int
    available: int

    @property
    def missing(self) -> int:
        return self.needed - self.available


@dataclass(frozen=True, slots=True)
class Check:
    """The first of these that is not empty says why there is no form: `problems`, `infeasible`, `gave_up`.

    With a form: `form` is an example, `thin` the topics where the exposure rate can't be kept, `pilots` how many
    trial items there are beside how many a form wants.
    """

    blueprint: Blueprint | None
    problems: tuple[Problem, ...] = ()
    infeasible: Infeasible | None = None
    gave_up: bool = False
    form: Form | None = None
    thin: tuple[Thin, ...] = ()
    pilots: tuple[int, int] = (0, 0)

    @property
    def possible(self) -> bool:
        return self.form is not None


def check(session: Session, data: Mapping[str, Any]) -> Check:
    """`data` in the shape of `Blueprint.as_dict`, against the bank as it stands. Stores nothing."""
    try:
        blueprint = parse_blueprint(data)
    except BadItem as error:
        return Check(None, error.problems)
    pool = PREPARED.bank(session).pool(blueprint)
    pilots, thin = (len(pool.pilots), blueprint.pilots), thin_topics(pool)
    try:
        form = assemble_from(pool, seed=0)
    except Infeasible as error:
        return Check(blueprint, infeasible=error, thin=thin, pilots=pilots)
    except SearchGaveUp:
        return Check(blueprint, gave_up=True, thin=thin, pilots=pilots)
    return Check(blueprint, form=form, thin=thin, pilots=pilots)


def thin_topics(pool: Pool) -> tuple[Thin, ...]:
    """Topics whose items must stand in more forms than the rate allows, however they are chosen."""
    stock = Counter(item.topic for item in pool.items)
    found = []
    for topic, count in pool.blueprint.topics:
        needed = ceil(round(count / pool.blueprint.item_rate, 6))
        if count and stock[topic] < needed:
            found.append(Thin(topic.value, needed, stock[topic]))
    return tuple(found)
