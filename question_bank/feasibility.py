"""Why a bank cannot fill a blueprint, and what to write so that it can."""

from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.item import Difficulty
from question_bank.pool import Pool
from question_bank.program import FAMILIES, SearchGaveUp, Wanted, wanted_items


@dataclass(frozen=True, slots=True)
class Shortage:
    """A constraint the bank can't meet.

    `constraint`: `topic:<topic>`, `difficulty:<level>` (too few), `difficulty_above:<level>` (too many are
    forced), or what stands in the way though every topic and band can be met: `difficulty_mix` (the facility),
    `weight`, `information`, `enemies`, `same_picture`, several joined by `+` where only all together do;
    `contradiction` when no bank could. `missing` is how many items at least must be added or freed.
    """

    constraint: str
    required: int
    available: int
    missing: int


class Infeasible(Exception):
    """No form exists. `reasons` name the constraints; `wanted` is the shortest list of items to write."""

    def __init__(self, blueprint: str, reasons: tuple[Shortage, ...], wanted: tuple[Wanted, ...]) -> None:
        self.blueprint, self.reasons, self.wanted = blueprint, reasons, wanted
        words = "; ".join(
            f"{reason.constraint} needs {reason.required}, has {reason.available}, missing {reason.missing}"
            for reason in reasons
        )
        super().__init__(f"no form for {blueprint}: {words}")


def diagnose(pool: Pool, families: Sequence[str] = FAMILIES) -> Infeasible:
    """The reasons why `pool` gives no form; call it only when none exists. May raise `SearchGaveUp`."""
    try:
        wanted = wanted_items(pool, families)
    except SearchGaveUp:
        size = pool.blueprint.items
        return Infeasible(pool.blueprint.name, (Shortage("contradiction", size, 0, size),), ())
    reasons = _topics(pool) or _bands(pool) or _in_the_way(pool, families, wanted)
    return Infeasible(pool.blueprint.name, reasons, wanted)


def _stock(pool: Pool) -> dict[tuple[str, str], int]:
    return {(topic, level): len(places) for (topic, level), places in pool.cells.items()}


def _topics(pool: Pool) -> tuple[Shortage, ...]:
    stock = _stock(pool)
    found = []
    for topic, count in pool.blueprint.topics:
        available = sum(stock.get((topic, level), 0) for level in Difficulty)
        if available < count:
            found.append(Shortage(f"topic:{topic.value}", count, available, count - available))
    return tuple(found)


def _bands(pool: Pool) -> tuple[Shortage, ...]:
    """Bands out of reach when every topic gives as many, or as few, items of a difficulty as it can."""
    stock = _stock(pool)
    found = []
    for level in Difficulty:
        band, most, least = pool.blueprint.band(level), 0, 0
        for topic, count in pool.blueprint.topics:
            others = sum(stock.get((topic, other), 0) for other in Difficulty if other is not level)
            most += min(count, stock.get((topic, level), 0))
            least += max(0, count - others)
        if most < band.low:
            found.append(Shortage(f"difficulty:{level.value}", band.low, most, band.low - most))
        if least > band.high:
            found.append(Shortage(f"difficulty_above:{level.value}", band.high, least, least - band.high))
    return tuple(found)


def _in_the_way(pool: Pool, families: Sequence[str], wanted: tuple[Wanted, ...]) -> tuple[Shortage, ...]:
    """The fewest families of demands that together leave no form: each is dropped if there is none without it too.

    Chinneck (2008), Feasibility and Infeasibility in Optimization: the deletion filter. Cheap ones are tried last,
    so that what is told first is what an administrator can mend first.
    """
    needed = list(families)
    for family in reversed(families):
        without = [each for each in needed if each != family]
        if wanted_items(pool, without):
            needed = without
    missing, size = sum(want.count for want in wanted), pool.blueprint.items
    return (Shortage("+".join(needed), size, size - missing, missing),)
