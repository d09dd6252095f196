"""Exact search for a form through HiGHS, for when draws keep clashing; it also judges infeasibility."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.draw import SeededDraw
from question_bank.item import Difficulty, Topic
from question_bank.pool import Pool

# Random whole-number costs this large make two forms of equal cost, hence a platform-dependent choice,
# unlikely.
_COST_RANGE = 1 << 16
TIME_LIMIT_S = 20.0


class SearchGaveUp(RuntimeError):
    """The solver reached its time limit without a form and without a proof that there is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Items that the bank lacks: `count` more of this topic and difficulty."""

    topic: Topic
    difficulty: Difficulty
    count: int


def search(pool: Pool, draw: SeededDraw) -> tuple[int, ...] | None:
    """Places of a form without clashes, the cheapest under seeded random costs; None when there is none.

    Raises `SearchGaveUp` after `TIME_LIMIT_S` seconds.
    """
    model = _Model(pool)
    costs = [1 + draw.below(_COST_RANGE) for _ in pool.items]
    if not model.solve(costs):
        return None
    return model.chosen()


def wanted_items(pool: Pool, *, enemies: bool = True, pictures: bool = True) -> tuple[Wanted, ...]:
    """The fewest items to write so that a form exists; `enemies` or `pictures` off ignores those clashes."""
    model = _Model(pool, enemies=enemies, pictures=pictures, newcomers=True)
    if not model.solve([0] * len(pool.items)):
        raise SearchGaveUp("the blueprint contradicts itself")
    return model.newcomers_wanted()


class _Model:
    """0/1 variables, one an item; with `newcomers`, integer variables for items that do not exist yet."""

    def __init__(
        self, pool: Pool, *, enemies: bool = True, pictures: bool = True, newcomers: bool = False
    ) -> None:
        self._highspy, self._solver = _quiet_solver()
        self._pool = pool
        self._cells = [
            (topic, level) for topic, count in pool.blueprint.topics if count for level in Difficulty
        ]
        self._newcomers = newcomers
        self._add_columns()
        self._add_counts()
        if enemies:
            self._add_enemies()
        if pictures:
            self._add_pictures()

    def solve(self, costs: Sequence[int]) -> bool:
        """Whether there is a solution; finds the cheapest. A newcomer costs 1."""
        for place, cost in enumerate(costs):
            self._solver.changeColCost(place, float(cost))
        for place in range(len(costs), self._size):
            self._solver.changeColCost(place, 1.0)
        self._solver.run()
        status, known = self._solver.getModelStatus(), self._highspy.HighsModelStatus
        if status == known.kOptimal:
            return True
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            return False
        raise SearchGaveUp(f"the solver stopped with {self._solver.modelStatusToString(status)}")

    def chosen(self) -> tuple[int, ...]:
        values = self._solver.getSolution().col_value
        return tuple(place for place in range(len(self._pool.items)) if values[place] > 0.5)

    def newcomers_wanted(self) -> tuple[Wanted, ...]:
        counts = self._solver.getSolution().col_value[len(self._pool.items) :]
        found = zip(self._cells, map(round, counts), strict=True)
        return tuple(Wanted(topic, level, count) for (topic, level), count in found if count)

    def _add_columns(self) -> None:
        size = self._pool.blueprint.items
        upper = [1.0] * len(self._pool.items) + [float(size)] * (len(self._cells) if self._newcomers else 0)
        self._size = len(upper)
        for place, most in enumerate(upper):
            self._solver.addVar(0.0, most)
            self._solver.changeColIntegrality(place, self._highspy.HighsVarType.kInteger)

    def _add_counts(self) -> None:
        blueprint = self._pool.blueprint
        for topic, count in blueprint.topics:
            if count:
                self._row(count, count, dict.fromkeys(self._columns_of({topic}, set(Difficulty)), 1.0))
        topics = {topic for topic, _ in blueprint.topics}
        per_mille: dict[int, float] = {}
        for level in Difficulty:
            columns = self._columns_of(topics, {level})
            band = blueprint.band(level)
            self._row(band.low, band.high, dict.fromkeys(columns, 1.0))
            per_mille.update(dict.fromkeys(columns, float(round(1000 * level.expected_facility))))
        target, tolerance = round(1000 * blueprint.facility), round(1000 * blueprint.tolerance)
        low, high = (target - tolerance) * blueprint.items, (target + tolerance) * blueprint.items
        self._row(low, high, per_mille)

    def _add_enemies(self) -> None:
        for place, others in sorted(self._pool.enemies.items()):
            for other in sorted(others):
                if place < other:
                    self._row(0, 1, {place: 1.0, other: 1.0})

    def _add_pictures(self) -> None:
        most = self._pool.blueprint.max_same_picture
        for _, places in sorted(self._pool.pictures().items()):
            if len(places) > most:
                self._row(0, most, dict.fromkeys(places, 1.0))

    def _columns_of(self, topics: set[Topic], levels: set[Difficulty]) -> tuple[int, ...]:
        return tuple(self._columns(topics, levels))

    def _columns(self, topics: set[Topic], levels: set[Difficulty]) -> Iterator[int]:
        for (topic, level), places in self._pool.cells.items():
            if topic in topics and level in levels:
                yield from places
        if self._newcomers:
            for offset, (topic, level) in enumerate(self._cells):
                if topic in topics and level in levels:
                    yield len(self._pool.items) + offset

    def _row(self, low: float, high: float, values: dict[int, float]) -> None:
        self._solver.addRow(float(low), float(high), len(values), list(values), list(values.values()))


def _quiet_solver() -> tuple[Any, Any]:
    # Costs 0.2 s to import, and nearly no form needs it.
    import highspy

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:
            # The constructor calls this, and it prints a banner that would spoil JSON on standard output.
            self.silent()
            super().enableCallbacks()

    solver = Quiet()
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    return highspy, solver


_OPTIONS: dict[str, Any] = {
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
    "time_limit": TIME_LIMIT_S,
}
