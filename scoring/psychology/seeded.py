"""Seeded choices that stay the same for ever.

Python promises the sequence of `Random.random()` between versions, but not that of `shuffle` or `choice`; a
sheet must be reproducible from its seed years later, so only `random()` is used.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def generator(seed: int, purpose: str) -> Random:
    """An independent generator for each purpose, so that lengthening one sheet leaves the others as they were."""
    return Random(f"{purpose}:{seed}")  # noqa: S311 - reproducible by design, nothing secret depends on it


def below(rng: Random, limit: int) -> int:
    """A whole number from 0 to `limit` − 1."""
    return int(rng.random() * limit)


def shuffled(rng: Random, values: Sequence[T]) -> tuple[T, ...]:
    """`values` in a random order (Fisher-Yates)."""
    rest = list(values)
    for last in range(len(rest) - 1, 0, -1):
        other = below(rng, last + 1)
        rest[last], rest[other] = rest[other], rest[last]
    return tuple(rest)


def balanced(rng: Random, values: Sequence[T], count: int) -> tuple[T, ...]:
    """`count` draws in random order in which every value comes equally often, give or take one."""
    order = shuffled(rng, values)
    return shuffled(rng, [order[index % len(order)] for index in range(count)])
