"""Why a bank cannot fill a blueprint, and what to write so that it can."""

from dataclasses import dataclass

from question_bank.item import Difficulty
from question_bank.pool import Pool
from question_bank.search import Wanted, wanted_items


@dataclass(frozen=True, slots=True)
class Shortage:
    """A constraint the bank can't meet.

    `constraint`: `topic:<topic>`, `difficulty:<level>` (too few), `difficulty_above:<level>` (too many are
    forced), `difficulty_mix` (each band can be met, but not all together), `enemies`, `same_picture` or
    `enemies+same_picture`. `missing` is how many items at least must be added or freed.
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


def diagnose(pool: Pool) -> Infeasible:
    """The reasons why `pool` gives no form; call it only when none exists. May raise `SearchGaveUp`."""
    wanted = wanted_items(pool)
    reasons = _topics(pool) or _bands(pool) or _mix(pool) or _clashes(pool, wanted)
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


def _mix(pool: Pool) -> tuple[Shortage, ...]:
    if pool.table.forms:
        return ()
    missing = sum(want.count for want in wanted_items(pool, enemies=False, pictures=False))
    size = pool.blueprint.items
    return (Shortage("difficulty_mix", size, size - missing, missing),)


def _clashes(pool: Pool, wanted: tuple[Wanted, ...]) -> tuple[Shortage, ...]:
    """Which clashes stand in the way: the kind without which a form would exist, or both."""
    missing = sum(want.count for want in wanted)
    if not wanted_items(pool, enemies=False):
        name = "enemies"
    elif not wanted_items(pool, pictures=False):
        name = "same_picture"
    else:
        name = "enemies+same_picture"
    return (Shortage(name, pool.blueprint.items, pool.blueprint.items - missing, missing),)
