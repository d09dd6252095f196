"""Norm tables and percentile ranks. Without a named table there is no percentile."""

from dataclasses import dataclass
from math import sqrt


class NormOutOfRange(ValueError):
    """The norm group is too small to compare one person with."""


@dataclass(frozen=True, slots=True)
class NormTable:
    """Raw scores of a norm group as (raw, people) rows. `provisional` must be shown wherever a percentile is.

    `population` says who they were, `year` when, `source` where it is published. Raises `ValueError` when `n`
    is not the number of people in `values`.
    """

    name: str
    population: str
    year: int
    n: int
    minimum_n: int
    source: str
    provisional: bool
    values: tuple[tuple[float, int], ...]

    def __post_init__(self) -> None:
        if any(people < 1 for _, people in self.values) or sum(people for _, people in self.values) != self.n:
            raise ValueError(
                f"The norm table {self.name} says n = {self.n}, but its rows don't add up to it."
            )


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` to `high` at `level` (0-1), in the unit of the figure it belongs to."""

    low: float
    high: float
    level: float = 0.95


def percentile_rank(raw: float, norm: NormTable) -> float:
    """Share of the norm group that scores below `raw`, in percent (0-100).

    Ties count half (mid-rank). Raises `NormOutOfRange` when `norm` has fewer than `norm.minimum_n` people.
    Source: Crawford, Garthwaite & Slick (2009), percentile norms and their interval.
    """
    if norm.n < max(1, norm.minimum_n):
        raise NormOutOfRange(f"The norm table {norm.name} has {norm.n} people and needs {norm.minimum_n}.")
    below = sum(people for value, people in norm.values if value < raw)
    equal = sum(people for value, people in norm.values if value == raw)
    return 100 * (below + equal / 2) / norm.n


def proportion_interval(share: float, n: int) -> Interval:
    """95 % interval of a share (0-1) seen in `n` cases. Source: Wilson (1927)."""
    if n < 1:
        raise ValueError("An interval needs at least one case.")
    z = 1.959964
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))
