"""The integer program of a form: 0/1 variables, one an item, and the blueprint's demands as rows. Solved by HiGHS.

The formulation is that of van der Linden (2005), Linear Models for Optimal Test Design: counts, weights, facility and
information as bounded sums, enemies and pictures as sums of at most one or a few, costs at random.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.item import Difficulty, Topic
from question_bank.parameters import PRIOR
from question_bank.pool import Pool

TIME_LIMIT_S = 20.0
# The demands that a bank of enough items in each topic and band may still miss, in the order they are told.
FAMILIES = ("difficulty_mix", "weight", "information", "enemies", "same_picture")
_MAX_ITEM_WEIGHT = 5


class SearchGaveUp(RuntimeError):
    """The solver reached its time limit without a form and without a proof that there is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Items that the bank lacks: `count` more of this topic and difficulty."""

    topic: Topic
    difficulty: Difficulty
    count: int


def cheapest_form(
    pool: Pool,
    costs: Mapping[int, int],
    apart: Iterable[tuple[int, int]] = (),
    *,
    families: Sequence[str] = FAMILIES,
    time_limit_s: float = TIME_LIMIT_S,
) -> tuple[int, ...] | None:
    """Of the places that have a cost, the set that keeps the blueprint at the least sum; None when there is none.

    The counts and bands always hold, of the other demands those in `families`.
    `apart` are pairs of places that may not meet in this form. Raises `SearchGaveUp` after `time_limit_s`.
    """
    program = _Program(pool, sorted(costs), families)
    program.keep_apart(apart)
    values = program.solve([costs[place] for place in program.places], time_limit_s)
    if values is None:
        return None
    return tuple(place for place, value in zip(program.places, values, strict=False) if value > 0.5)


def wanted_items(pool: Pool, families: Sequence[str] = FAMILIES) -> tuple[Wanted, ...]:
    """The fewest items to write so that a form keeps the counts, the bands and `families`.

    Raises `SearchGaveUp` when no bank at all could keep them, or after the time limit.
    """
    program = _Program(pool, range(len(pool.items)), families, newcomers=True)
    values = program.solve([0] * len(program.places), TIME_LIMIT_S)
    if values is None:
        raise SearchGaveUp("the blueprint contradicts itself")
    counts = values[len(program.places) : len(program.places) + len(program.cells)]
    found = zip(program.cells, map(round, counts), strict=True)
    return tuple(Wanted(topic, level, count) for (topic, level), count in found if count)


class _Program:
    """Columns: `places`; then, with `newcomers`, how many items to write per cell, and their points together.

    A newcomer has the prior of its difficulty, 1 to 5 points, no enemies and no picture.
    """

    def __init__(
        self, pool: Pool, places: Iterable[int], families: Sequence[str], *, newcomers: bool = False
    ) -> None:
        self._pool = pool
        self.places = tuple(places)
        topics = [topic for topic, count in pool.blueprint.topics if count]
        self.cells = [(topic, level) for topic in topics for level in Difficulty] if newcomers else []
        self._newcomers = newcomers
        self._column = {place: column for column, place in enumerate(self.places)}
        self._rows: list[tuple[float, float, dict[int, float]]] = []
        self._counts()
        for family in families:
            {
                "difficulty_mix": self._facility,
                "weight": self._weight,
                "information": self._information,
                "enemies": self._enemies,
                "same_picture": self._pictures,
            }[family]()

    def keep_apart(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in sorted(pairs):
            if one in self._column and other in self._column:
                self._rows.append((0, 1, {self._column[one]: 1, self._column[other]: 1}))

    def solve(self, costs: Sequence[int], time_limit_s: float) -> list[float] | None:
        """The columns' values at the least cost, or None. A newcomer costs 1, its points nothing."""
        extra = [1] * len(self.cells) + ([0] if self._newcomers else [])
        upper = [1] * len(costs) + [self._pool.blueprint.items] * len(self.cells)
        upper += [_MAX_ITEM_WEIGHT * self._pool.blueprint.items] if self._newcomers else []
        return _solve([*costs, *extra], upper, self._rows, time_limit_s)

    def _newcomer_columns(self) -> Iterable[tuple[int, Topic, Difficulty]]:
        for offset, (topic, level) in enumerate(self.cells):
            yield len(self.places) + offset, topic, level

    def _counts(self) -> None:
        blueprint, items = self._pool.blueprint, self._pool.items
        by_topic: dict[Topic, dict[int, float]] = {topic: {} for topic, _ in blueprint.topics}
        by_level: dict[Difficulty, dict[int, float]] = {level: {} for level in Difficulty}
        for column, place in enumerate(self.places):
            by_topic[items[place].topic][column] = 1
            by_level[items[place].difficulty][column] = 1
        for column, topic, level in self._newcomer_columns():
            by_topic[topic][column] = 1
            by_level[level][column] = 1
        self._rows += [(count, count, by_topic[topic]) for topic, count in blueprint.topics if count]
        for level in Difficulty:
            band = blueprint.band(level)
            self._rows.append((band.low, band.high, by_level[level]))

    def _facility(self) -> None:
        blueprint = self._pool.blueprint
        target, tolerance = round(1000 * blueprint.facility), round(1000 * blueprint.tolerance)
        values = self._sums(self._pool.facility, lambda level: round(1000 * level.expected_facility))
        low, high = (target - tolerance) * blueprint.items, (target + tolerance) * blueprint.items
        self._rows.append((low, high, values))

    def _weight(self) -> None:
        blueprint = self._pool.blueprint
        if blueprint.weight is None:
            return
        points = {column: float(self._pool.items[place].weight) for column, place in enumerate(self.places)}
        if self._newcomers:
            together = len(self.places) + len(self.cells)
            added = {column: 1.0 for column, _, _ in self._newcomer_columns()}
            points[together] = 1
            self._rows.append((0, _MAX_ITEM_WEIGHT * blueprint.items, {**_times(added, -1), together: 1}))
            most = {**_times(added, _MAX_ITEM_WEIGHT), together: -1.0}
            self._rows.append((0, _MAX_ITEM_WEIGHT * blueprint.items, most))
        self._rows.append((blueprint.weight.low, blueprint.weight.high, points))

    def _information(self) -> None:
        for number, point in enumerate(self._pool.points):
            own = [values[number] for values in self._pool.information]
            values = self._sums(own, lambda level, at=point.ability: PRIOR[level].information(at))
            self._rows.append((point.low, point.high, values))

    def _sums(self, own: Sequence[int], newcomer: Any) -> dict[int, float]:
        values = {column: float(own[place]) for column, place in enumerate(self.places)}
        return values | {column: float(newcomer(level)) for column, _, level in self._newcomer_columns()}

    def _enemies(self) -> None:
        pairs = (
            (one, other) for one, others in self._pool.enemies.items() for other in others if one < other
        )
        self.keep_apart(pairs)

    def _pictures(self) -> None:
        most = self._pool.blueprint.max_same_picture
        for _, places in sorted(self._pool.pictures().items()):
            columns = [self._column[place] for place in places if place in self._column]
            if len(columns) > most:
                self._rows.append((0, most, dict.fromkeys(columns, 1.0)))


def _times(values: dict[int, float], factor: float) -> dict[int, float]:
    return {column: factor * value for column, value in values.items()}


def _solve(
    costs: Sequence[int],
    upper: Sequence[int],
    rows: Sequence[tuple[float, float, dict[int, float]]],
    time_limit_s: float,
) -> list[float] | None:
    highspy, solver = quiet_solver(time_limit_s)
    import numpy

    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_ = numpy.array(costs, dtype=numpy.double)
    program.col_lower_ = numpy.zeros(len(costs))
    program.col_upper_ = numpy.array(upper, dtype=numpy.double)
    program.row_lower_ = numpy.array([low for low, _, _ in rows], dtype=numpy.double)
    program.row_upper_ = numpy.array([high for _, high, _ in rows], dtype=numpy.double)
    lengths = [0, *(len(values) for _, _, values in rows)]
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = numpy.cumsum(lengths).astype(numpy.int32)
    matrix.index_ = numpy.array([column for _, _, values in rows for column in values], dtype=numpy.int32)
    matrix.value_ = numpy.array([value for _, _, row in rows for value in row.values()], dtype=numpy.double)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    solver.passModel(program)
    solver.run()
    status, known = solver.getModelStatus(), highspy.HighsModelStatus
    if status == known.kOptimal:
        return list(solver.getSolution().col_value)
    if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
        return None
    if status == known.kModelEmpty:
        return [] if all(low <= 0 <= high for low, high, _ in rows) else None
    raise SearchGaveUp(f"the solver stopped with {solver.modelStatusToString(status)}")


def quiet_solver(time_limit_s: float = TIME_LIMIT_S) -> tuple[Any, Any]:
    """highspy and a solver that prints nothing and takes the same way on every machine."""
    # Costs 0.2 s to import: only those who solve should pay.
    import highspy

    class Quiet(highspy.Highs):  # type: ignore[misc]
        def enableCallbacks(self) -> None:
            # The constructor calls this, and it prints a banner that would spoil JSON on standard output.
            self.silent()
            super().enableCallbacks()

    solver = Quiet()
    # Gap 0.5 between whole-number costs proves the optimum; several threads would race for it.
    options = {"threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 0.5}
    for option, value in {**options, "time_limit": time_limit_s}.items():
        solver.setOptionValue(option, value)
    return highspy, solver


def solver_name() -> str:
    """HiGHS and its version, as the proof names it."""
    from importlib.metadata import version

    return f"HiGHS {version('highspy')}"
