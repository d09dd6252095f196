"""Where a blueprint's forms must measure alike, and how much: test information at the cut score and beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from question_bank.blueprint import Blueprint
from question_bank.item import Difficulty
from question_bank.parameters import PRIOR, ItemParameters

# The law's pass mark, as the share of points at which people are told apart (Perpol 5/2021; the mark itself is policy).
CUT_SHARE = 0.70
# Half a logit either way holds about the third of the people nearest to the cut score.
_BESIDE = 50
DEFAULT_INFORMATION_TOLERANCE = 0.06


@dataclass(frozen=True, slots=True)
class Point:
    """An ability in hundredths of a logit, and the bounds of a form's information there in ten-thousandths."""

    ability: int
    low: int
    high: int

    @property
    def name(self) -> str:
        return f"information:{self.ability / 100:+.2f}"


def information_points(blueprint: Blueprint) -> tuple[Point, ...]:
    """The three abilities (below, at and above the cut score) and the bounds there; none while no mix fits.

    The target is what the blueprint's central mix of difficulties gives by the authors' priors, so it depends on
    the blueprint alone, never on the bank: forms drawn years apart agree with each other. Where
    `information_target` says what the cut score gets, the points beside it follow in proportion.
    """
    mix = central_mix(blueprint)
    if mix is None:
        return ()
    counts = dict(zip(Difficulty, mix, strict=True))
    cut = _cut_ability(counts)
    abilities = (cut - _BESIDE, cut, cut + _BESIDE)
    targets = [
        sum(PRIOR[level].information(at) * count for level, count in counts.items()) for at in abilities
    ]
    if blueprint.information_target is not None:
        wanted, middle = round(1e4 * blueprint.information_target), targets[1]
        targets = [target * wanted // middle for target in targets]
    tolerance = blueprint.information_tolerance
    per_mille = round(1000 * (DEFAULT_INFORMATION_TOLERANCE if tolerance is None else tolerance))
    return tuple(
        Point(at, target * (1000 - per_mille) // 1000, target * (1000 + per_mille) // 1000)
        for at, target in zip(abilities, targets, strict=True)
    )


def central_mix(blueprint: Blueprint) -> tuple[int, int, int] | None:
    """Of the allowed (easy, medium, hard): nearest to the target facility, then to the middle of the bands."""
    middles = [blueprint.band(level).low + blueprint.band(level).high for level in Difficulty]
    goal = round(1000 * blueprint.facility) * blueprint.items

    def distance(mix: tuple[int, int, int]) -> tuple[int, int, tuple[int, int, int]]:
        expected = sum(
            round(1000 * level.expected_facility) * count
            for level, count in zip(Difficulty, mix, strict=True)
        )
        beside = sum(abs(2 * count - middle) for count, middle in zip(mix, middles, strict=True))
        return abs(expected - goal), beside, mix

    return min(blueprint.mixes(), key=distance, default=None)


def _cut_ability(counts: dict[Difficulty, int]) -> int:
    """The ability, in hundredths of a logit, whose expected score is the pass mark's share."""
    items, low, high = sum(counts.values()), -600, 600
    while high - low > 1:
        middle = (low + high) // 2
        score = sum(PRIOR[level].chance(middle / 100) * count for level, count in counts.items())
        low, high = (low, middle) if score >= CUT_SHARE * items else (middle, high)
    return high


def expected_share(parameters: Iterable[ItemParameters], ability: int) -> float:
    """Share of right answers (0-1, four places) expected of a person of `ability` hundredths of a logit."""
    chances = [each.chance(ability / 100) for each in parameters]
    return round(sum(chances) / len(chances), 4)
