"""Keeping items and pairs of items from being shown too often: which of them a new form should do without.

Van der Linden & Veldkamp (2004, 2007): before each form an item is withheld with the probability that keeps its
rate, estimated from the forms so far; a withheld item still enters where the blueprint can't be kept otherwise
(their big-M method), so exposure control alone never leaves an applicant without a form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from question_bank.blueprint import Blueprint
from question_bank.draw import SeededDraw

# A pair that met twice in the first forms says nothing about its rate.
PAIR_SEEN = 3
# Each is a row of the program and stands in the proof; the most shown come first.
_MOST_PAIRS = 120
_NOTHING: Mapping[str, int] = MappingProxyType({})
_NO_PAIRS: Mapping[tuple[str, str], int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was given so far by one blueprint: `forms` in all; `given` forms an item, or a pair (sorted), stood in;
    `withheld` forms for which an item was to be done without."""

    forms: int = 0
    given: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    withheld: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=lambda: _NO_PAIRS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one form should do without: items (sorted ids), and pairs (sorted) that should not meet."""

    withheld: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


NO_SNAPSHOT = Snapshot()


def snapshot(exposure: Exposure, blueprint: Blueprint, seed: int) -> Snapshot:
    """What the form with `seed` should do without, given the exposure so far."""
    draw = SeededDraw("exposure-2", seed)
    withheld = tuple(
        item_id
        for item_id in sorted(exposure.given)
        if _withhold(exposure, item_id, blueprint.item_rate, draw)
    )
    limit = blueprint.pair_rate * exposure.forms
    busy = [(-count, pair) for pair, count in exposure.pairs.items() if count >= PAIR_SEEN and count >= limit]
    apart = sorted(pair for _, pair in sorted(busy)[:_MOST_PAIRS])
    return Snapshot(withheld, tuple(apart))


def _withhold(exposure: Exposure, item_id: str, rate: float, draw: SeededDraw) -> bool:
    """With the probability 1 − rate × (forms it was open to) / (forms it stood in), in whole per-mille."""
    given = exposure.given[item_id]
    opened = exposure.forms - exposure.withheld.get(item_id, 0)
    # One number an item whatever its rate, so that one item's history does not move another's luck.
    luck = draw.below(1000)
    return given > 0 and luck * given >= round(1000 * rate) * opened
