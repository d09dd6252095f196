"""The four column statistics of the Kraepelin and Pauli tradition, for any task worked in timed columns.

Source: the Indonesian Kraepelin manuals as quoted in DOMAIN (check values 476/50 = 9.52 and 57.84/50 = 1.157).
"""

from collections.abc import Sequence
from statistics import fmean

Counts = Sequence[int]


def panker(counts: Counts) -> float:
    """Speed: ΣfX / N, the mean number of steps a column. Raises `ValueError` without columns."""
    _need(counts, 1)
    return fmean(counts)


def tianker(errors: int, skips: int) -> int:
    """Accuracy: errors + skips over all columns; fewer is better."""
    if errors < 0 or skips < 0:
        raise ValueError("Errors and skips are counts.")
    return errors + skips


def janker_range(counts: Counts) -> int:
    """Steadiness as the highest column less the lowest; smaller is steadier."""
    _need(counts, 1)
    return max(counts) - min(counts)


def janker(counts: Counts) -> float:
    """Steadiness as the mean absolute deviation Σf|d| / N from the mean column; smaller is steadier."""
    mean = panker(counts)
    return fmean(abs(count - mean) for count in counts)


def trend(counts: Counts) -> tuple[float, float]:
    """Intercept ŷ₀ and slope a column of the least-squares line; columns are numbered from 1."""
    _need(counts, 2)
    centre, mean = (len(counts) + 1) / 2, fmean(counts)
    spread = sum((column - centre) ** 2 for column in range(1, len(counts) + 1))
    together = sum((column - centre) * (count - mean) for column, count in enumerate(counts, start=1))
    slope = together / spread
    return mean - slope * centre, slope


def hanker(counts: Counts) -> float:
    """Endurance: ŷ_N − ŷ₀ of the least-squares line; above 0 the person grew faster, below 0 slower."""
    _, slope = trend(counts)
    return slope * len(counts)


def _need(counts: Counts, minimum: int) -> None:
    if len(counts) < minimum:
        raise ValueError(f"This statistic needs at least {minimum} column(s).")
