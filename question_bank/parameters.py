"""What an item says about a person's ability: its Rasch or two-parameter logistic parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, sqrt
from types import MappingProxyType

from question_bank.item import Difficulty, ItemVersion

# Logits measure ability in a population of mean 0 and standard deviation 1. The mean response curve over it is a
# logistic one, flatter by this factor's root: 1 + (16√3/15π)² (Zeger, Liang & Albert 1988; PROX of Wright & Stone
# 1979 has the same 1 + 1/2.89).
_SPREAD = 0.346


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """`difficulty` b in logits, `discrimination` a (1 in the Rasch model), both in hundredths so that no platform's
    rounding decides; `calibrated` says that they were estimated from responses, not set down by the author."""

    difficulty_hundredths: int
    discrimination_hundredths: int = 100
    calibrated: bool = False

    @classmethod
    def of(
        cls, difficulty: float, discrimination: float = 1.0, *, calibrated: bool = True
    ) -> "ItemParameters":
        """Raises `ValueError` for values no item analysis should pass on: |b| > 6, or a outside 0.1-4."""
        if not -6 <= difficulty <= 6 or not 0.1 <= discrimination <= 4:
            raise ValueError(f"no item has b = {difficulty} and a = {discrimination}")
        return cls(round(100 * difficulty), round(100 * discrimination), calibrated)

    def chance(self, ability: float) -> float:
        """Probability (0-1) that a person of `ability` logits answers right."""
        return _logistic(self.discrimination_hundredths * (100 * ability - self.difficulty_hundredths) / 1e4)

    def facility(self) -> int:
        """Share of the population that answers right, in thousandths."""
        a, b = self.discrimination_hundredths / 100, self.difficulty_hundredths / 100
        return round(1000 * _logistic(-a * b / sqrt(1 + _SPREAD * a * a)))

    def information(self, ability_hundredths: int) -> int:
        """Fisher information at an ability, in ten-thousandths: a²P(1 − P) (Birnbaum 1968)."""
        chance = self.chance(ability_hundredths / 100)
        return round(self.discrimination_hundredths**2 * chance * (1 - chance))

    def as_list(self) -> list[int]:
        return [self.difficulty_hundredths, self.discrimination_hundredths, int(self.calibrated)]


def _logistic(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def _prior(difficulty: Difficulty) -> ItemParameters:
    """a = 1, and the b at which the population's facility is what the author's difficulty stands for."""
    expected = difficulty.expected_facility
    return ItemParameters(round(-100 * log(expected / (1 - expected)) * sqrt(1 + _SPREAD)))


# The author's estimate, until item analysis has enough responses: b = -2.01, -0.72 and +0.23 logits.
PRIOR = MappingProxyType({level: _prior(level) for level in Difficulty})

Calibration = Mapping[tuple[str, int], ItemParameters]


def expected_facility(item: ItemVersion, parameters: ItemParameters) -> int:
    """Share of the population that answers right, in thousandths; the author's own figure until it is calibrated."""
    return parameters.facility() if parameters.calibrated else round(1000 * item.difficulty.expected_facility)


def parameters_of(item: ItemVersion, calibration: Calibration) -> ItemParameters:
    """Calibrated parameters of just this version where there are any, else the author's prior."""
    return calibration.get((item.item_id, item.version), PRIOR[item.difficulty])
