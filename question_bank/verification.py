"""Whether a form keeps its blueprint, counted afresh from its items and not from what the solver said."""

from collections.abc import Iterator, Sequence
from itertools import chain

from question_bank.form import Constraint, constraints_of
from question_bank.item import ItemVersion
from question_bank.pool import Pool


def constraints_of_form(
    pool: Pool, scored: Sequence[ItemVersion], trial: Sequence[ItemVersion]
) -> tuple[Constraint, ...]:
    """Every demand of the pool's blueprint beside what the form gives.

    Facility and information go by the pool's parameters; enemies and pictures over trial items too.
    """
    plain = [
        constraint
        for constraint in constraints_of(scored, pool.blueprint)
        if constraint.name not in {"facility", "enemies", "same_picture"}
    ]
    clashes = [
        constraint
        for constraint in constraints_of([*scored, *trial], pool.blueprint)
        if constraint.name in {"enemies", "same_picture"}
    ]
    return tuple(chain(plain, _measures(pool, scored), clashes, _trials(pool, trial)))


def _measures(pool: Pool, scored: Sequence[ItemVersion]) -> Iterator[Constraint]:
    blueprint = pool.blueprint
    places = {item.item_id: place for place, item in enumerate(pool.items)}
    chosen = [places[item.item_id] for item in scored]
    low, high = blueprint.facility - blueprint.tolerance, blueprint.facility + blueprint.tolerance
    mean = sum(pool.facility[place] for place in chosen) / (1000 * len(chosen))
    yield Constraint("facility", round(low, 4), round(high, 4), round(mean, 6))
    for number, point in enumerate(pool.points):
        actual = sum(pool.information[place][number] for place in chosen)
        yield Constraint(point.name, point.low / 1e4, point.high / 1e4, actual / 1e4)
    points = sum(item.weight for item in scored)
    if blueprint.weight:
        yield Constraint("weight", blueprint.weight.low, blueprint.weight.high, points)


def _trials(pool: Pool, trial: Sequence[ItemVersion]) -> Iterator[Constraint]:
    if pool.blueprint.pilots:
        yield Constraint("pilots", 0, pool.blueprint.pilots, len(trial))
