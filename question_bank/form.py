"""A drawn form and the proof that it keeps its blueprint."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.blueprint import Blueprint
from question_bank.item import Difficulty, ItemVersion, Part


@dataclass(frozen=True, slots=True)
class FormItem:
    """An item at its place in a form: which version, and the option ids in the order they are shown.

    One that is not `scored` is a trial item: shown like the others, never counted.
    """

    item_id: str
    version: int
    option_order: tuple[str, ...]
    scored: bool = True

    def as_dict(self) -> dict[str, Any]:
        return {
            "item_id": self.item_id,
            "version": self.version,
            "option_order": list(self.option_order),
            "scored": self.scored,
        }


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand of the blueprint: `low ≤ actual ≤ high`."""

    name: str
    low: float
    high: float
    actual: float

    @property
    def met(self) -> bool:
        return self.low - 1e-9 <= self.actual <= self.high + 1e-9

    def as_dict(self) -> dict[str, Any]:
        values = {"name": self.name, "low": self.low, "high": self.high, "actual": self.actual}
        return {**values, "met": self.met}


@dataclass(frozen=True, slots=True)
class Proof:
    """How a form drawn by `assembly-1` came about; with the same bank and blueprint, `seed` gives it again.

    `method` is `draw` (every form without a clash equally likely), `repair` (clashing items of a draw
    exchanged) or `search` (found by the solver); `draws` counts the draws. `expected_facility` is the mean
    expected facility of the items (0-1).
    """

    algorithm: str
    seed: int
    blueprint: str
    blueprint_digest: str
    bank_digest: str
    method: str
    draws: int
    expected_facility: float
    constraints: tuple[Constraint, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "algorithm": self.algorithm,
            "seed": self.seed,
            "blueprint": self.blueprint,
            "blueprint_digest": self.blueprint_digest,
            "bank_digest": self.bank_digest,
            "method": self.method,
            "draws": self.draws,
            "expected_facility": self.expected_facility,
            "constraints": [constraint.as_dict() for constraint in self.constraints],
        }


@dataclass(frozen=True, slots=True)
class ProgramProof:
    """How a form of `assembly-2` came about; the same bank, blueprint, seed and exposure snapshot give it again.

    `method` is `core` (the program over the cheapest items of each cell) or `all` (over all). `unscored` are the
    trial items. The exposure snapshot: `withheld` items were used only where nothing else kept the blueprint (`used`
    says which), `apart` are pairs that were kept from meeting, unless `apart_kept` is False. `expected_facility` is
    the mean share of right answers of the population, `expected_at_cut` that of a person at the cut score.
    """

    algorithm: str
    seed: int
    blueprint: str
    blueprint_digest: str
    bank_digest: str
    pilot_digest: str
    parameter_digest: str
    method: str
    solver: str
    expected_facility: float
    expected_at_cut: float
    unscored: tuple[str, ...]
    withheld: tuple[str, ...]
    used: tuple[str, ...]
    apart: tuple[tuple[str, str], ...]
    apart_kept: bool
    constraints: tuple[Constraint, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "algorithm": self.algorithm,
            "seed": self.seed,
            "blueprint": self.blueprint,
            "blueprint_digest": self.blueprint_digest,
            "bank_digest": self.bank_digest,
            "pilot_digest": self.pilot_digest,
            "parameter_digest": self.parameter_digest,
            "method": self.method,
            "solver": self.solver,
            "expected_facility": self.expected_facility,
            "expected_at_cut": self.expected_at_cut,
            "unscored": list(self.unscored),
            "exposure": {
                "withheld": list(self.withheld),
                "used": list(self.used),
                "apart": [list(pair) for pair in self.apart],
                "apart_kept": self.apart_kept,
            },
            "constraints": [constraint.as_dict() for constraint in self.constraints],
        }


@dataclass(frozen=True, slots=True)
class Form:
    items: tuple[FormItem, ...]
    proof: Proof | ProgramProof

    def as_dict(self) -> dict[str, Any]:
        return {"items": [item.as_dict() for item in self.items], "proof": self.proof.as_dict()}


def expected_facility(items: Sequence[ItemVersion]) -> float:
    """Mean expected facility (0-1), rounded to four places."""
    return round(sum(item.difficulty.expected_facility for item in items) / len(items), 4)


def constraints_of(items: Sequence[ItemVersion], blueprint: Blueprint) -> tuple[Constraint, ...]:
    """Every demand of `blueprint` beside what `items` give, counted afresh from the items themselves."""
    return tuple(_constraints(items, blueprint))


def _constraints(items: Sequence[ItemVersion], blueprint: Blueprint) -> Iterator[Constraint]:
    yield Constraint("items", blueprint.items, blueprint.items, len({item.item_id for item in items}))
    parts = dict(blueprint.parts)
    for part in Part:
        wanted = parts.get(part, 0)
        yield Constraint(f"part:{part.value}", wanted, wanted, sum(item.part is part for item in items))
    for topic, wanted in blueprint.topics:
        yield Constraint(f"topic:{topic.value}", wanted, wanted, sum(item.topic is topic for item in items))
    for level in Difficulty:
        band, actual = blueprint.band(level), sum(item.difficulty is level for item in items)
        yield Constraint(f"difficulty:{level.value}", band.low, band.high, actual)
    low, high = blueprint.facility - blueprint.tolerance, blueprint.facility + blueprint.tolerance
    mean = sum(item.difficulty.expected_facility for item in items) / len(items)
    yield Constraint("facility", round(low, 4), round(high, 4), round(mean, 6))
    yield Constraint("enemies", 0, 0, _enemy_pairs(items))
    pictures = [item.picture for item in items if item.picture]
    most = max((pictures.count(picture) for picture in pictures), default=0)
    yield Constraint("same_picture", 0, blueprint.max_same_picture, most)


def _enemy_pairs(items: Sequence[ItemVersion]) -> int:
    present = {item.item_id for item in items}
    return len({frozenset((item.item_id, enemy)) for item in items for enemy in item.enemies & present})
