"""The first battery: which task speaks for which aspect, which it leaves open, and what a psychologist reads.

Perpol 5/2021 art. 12 asks for cognitive, psychomotor and personality measures. This battery has psychomotor tasks and a
personality scale; a cognitive test is not in it, and the result says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scoring.psychology import choice_reaction, missing_symbol, statements
from scoring.psychology.aspects import Aspect, Coverage, Direction
from scoring.psychology.choice_reaction import ReactionScores
from scoring.psychology.missing_symbol import MissingSymbolScores
from scoring.psychology.norms import Interval, NormTable, percentile_rank, proportion_interval
from scoring.psychology.statements import AspectScore
from scoring.reasons import Reason

VERSION = "battery-2"
"""2: no two rows of missing symbols in succession look alike. What is measured, and how, is as in 1."""
DOMAINS_OPEN = ("cognitive",)
"""Domains of art. 12 that no task of this battery measures."""
COLUMNS_FOR_ENDURANCE = 10
"""Fewer timed columns show a trend of some minutes, not endurance at work."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A part of the sitting after theory. `minutes` is what it usually takes; `timed` tasks end by themselves."""

    name: str
    minutes: int
    timed: bool


INSTRUMENTS = (
    Instrument(statements.NAME, minutes=10, timed=False),
    Instrument(missing_symbol.NAME, minutes=7, timed=True),
    Instrument(choice_reaction.NAME, minutes=4, timed=True),
)
"""In the order they are sat: quiet reading first, the fast tasks while hands are warm."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """A percentile below which a norm calls for attention, with the policy that set it."""

    percentile: float
    source: str


@dataclass(frozen=True, slots=True)
class AspectResult:
    """What a result must say of an aspect, so that a court could read it.

    `raw` in `unit` (None: not measured, `explanation` says why). `percentile` (0-100) always counts so that
    higher is better; it, `cut_off` and `margin` (percentile − cut-off) stay None without a named norm.
    `uncertainty` is the 95 % interval of `raw`, None when the reliability is not known. `explanation` is a
    code of explanations.toml.
    """

    aspect: Aspect
    coverage: Coverage
    instrument: str | None
    raw: float | None
    unit: str
    direction: Direction
    explanation: str
    norm: NormTable | None = None
    percentile: float | None = None
    cut_off: CutOff | None = None
    margin: float | None = None
    uncertainty: Interval | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure that speaks for no aspect by itself, but that a psychologist wants to see."""

    code: str
    instrument: str
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class BatteryResult:
    """All six aspects in fixed order. There is no total and no pass mark: a psychologist decides."""

    aspects: tuple[AspectResult, ...]
    observations: tuple[Observation, ...]
    validity: tuple[Reason, ...]
    domains_open: tuple[str, ...] = DOMAINS_OPEN
    version: str = VERSION


def score_battery(
    traits: tuple[AspectScore, ...] | None,
    symbols: MissingSymbolScores | None,
    reaction: ReactionScores | None,
    *,
    validity: tuple[Reason, ...] = (),
    norms: Mapping[Aspect, NormTable] | None = None,
    cut_offs: Mapping[Aspect, CutOff] | None = None,
) -> BatteryResult:
    """The result by aspect; None for an instrument that was not sat.

    Raises `NormOutOfRange` for a norm table with too few people.
    """
    by_aspect = {trait.aspect: trait for trait in traits or ()}
    measured = (
        _concentration(reaction),
        _accuracy(symbols),
        *(
            _trait(aspect, by_aspect.get(aspect))
            for aspect in (Aspect.SELF_CONTROL, Aspect.ADJUSTMENT, Aspect.EMOTIONAL_STABILITY)
        ),
        _endurance(symbols),
    )
    norms, cut_offs = norms or {}, cut_offs or {}
    aspects = tuple(
        _against_norm(result, norms.get(result.aspect), cut_offs.get(result.aspect)) for result in measured
    )
    return BatteryResult(aspects, _observations(symbols, reaction), validity)


def _trait(aspect: Aspect, score: AspectScore | None) -> AspectResult:
    mean = score.mean if score else None
    explanation = f"explain_{aspect}" if mean is not None else _absent(score is not None)
    coverage = Coverage.COVERED if mean is not None else Coverage.OPEN
    return AspectResult(
        aspect, coverage, statements.NAME, mean, "mean_1_5", Direction.HIGHER_IS_BETTER, explanation
    )


def _accuracy(symbols: MissingSymbolScores | None) -> AspectResult:
    share = symbols.error_share if symbols else None
    result = AspectResult(
        Aspect.ACCURACY,
        Coverage.COVERED if share is not None else Coverage.OPEN,
        missing_symbol.NAME,
        share,
        "error_share",
        Direction.LOWER_IS_BETTER,
        "explain_accuracy" if share is not None else _absent(symbols is not None),
    )
    if symbols is None or share is None:
        return result
    worked = symbols.correct + symbols.accuracy_lost
    return replace(result, uncertainty=proportion_interval(share, worked))


def _concentration(reaction: ReactionScores | None) -> AspectResult:
    spread = reaction.iqr_ms if reaction else None
    return AspectResult(
        Aspect.CONCENTRATION,
        # Evenness over a few minutes of reactions indicates attention; it is not a concentration test.
        Coverage.PARTIAL if spread is not None else Coverage.OPEN,
        choice_reaction.NAME,
        spread,
        "iqr_ms",
        Direction.LOWER_IS_BETTER,
        "explain_concentration" if spread is not None else _absent(reaction is not None),
    )


def _endurance(symbols: MissingSymbolScores | None) -> AspectResult:
    long_enough = symbols is not None and len(symbols.columns) >= COLUMNS_FOR_ENDURANCE
    raw = symbols.endurance if symbols and long_enough and symbols.error_share is not None else None
    return AspectResult(
        Aspect.WORK_ENDURANCE,
        Coverage.PARTIAL if raw is not None else Coverage.OPEN,
        missing_symbol.NAME if raw is not None else None,
        raw,
        "rows",
        Direction.HIGHER_IS_BETTER,
        "explain_work_endurance" if raw is not None else "open_work_endurance",
    )


def _absent(sat: bool) -> str:
    return "open_too_few_answers" if sat else "open_not_sat"


def _observations(
    symbols: MissingSymbolScores | None, reaction: ReactionScores | None
) -> tuple[Observation, ...]:
    found: list[Observation] = []
    if symbols:
        found += [
            Observation("symbol_speed", missing_symbol.NAME, symbols.speed, "rows_a_column"),
            Observation("symbol_steadiness", missing_symbol.NAME, symbols.steadiness, "rows"),
            Observation("symbol_trend", missing_symbol.NAME, symbols.endurance, "rows"),
        ]
    if reaction:
        found += [
            Observation("reaction_median", choice_reaction.NAME, reaction.median_ms, "ms"),
            Observation("reaction_errors", choice_reaction.NAME, reaction.error_rate, "share"),
            Observation("reaction_lapses", choice_reaction.NAME, reaction.lapses, "count"),
            Observation("reaction_device_delay", choice_reaction.NAME, reaction.device_delay_ms, "ms"),
        ]
    return tuple(found)


def _against_norm(result: AspectResult, norm: NormTable | None, cut_off: CutOff | None) -> AspectResult:
    if norm is None or result.raw is None:
        return result
    rank = percentile_rank(result.raw, norm)
    percentile = 100 - rank if result.direction is Direction.LOWER_IS_BETTER else rank
    margin = None if cut_off is None else percentile - cut_off.percentile
    return replace(result, norm=norm, percentile=percentile, cut_off=cut_off, margin=margin)
