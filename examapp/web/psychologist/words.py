"""The words of a report: aspects, tasks, units, states; and where a raw score lies on its possible range."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from examapp.domain.attempt import Part
from scoring.psychology.aspects import Aspect, Coverage
from scoring.psychology.choice_reaction import Limits
from scoring.verdict import PsychologyState

ASPECTS = {
    Aspect.CONCENTRATION: _l("Concentration"),
    Aspect.ACCURACY: _l("Accuracy"),
    Aspect.SELF_CONTROL: _l("Self-control"),
    Aspect.ADJUSTMENT: _l("Adjustment"),
    Aspect.EMOTIONAL_STABILITY: _l("Emotional stability"),
    Aspect.WORK_ENDURANCE: _l("Work endurance"),
}
TASKS = {
    Part.STATEMENTS: _l("Statements"),
    Part.MISSING_SYMBOL: _l("Missing symbol"),
    Part.CHOICE_REACTION: _l("Choice reaction"),
}
COVERAGE = {
    Coverage.COVERED: (_l("Covered"), "green"),
    Coverage.PARTIAL: (_l("An indication only"), "amber"),
    Coverage.OPEN: (_l("Left open"), "quiet"),
}
STATES: dict[str, tuple[Any, str]] = {
    PsychologyState.AWAITING_SIGNATURE: (_l("Waits"), "blue"),
    PsychologyState.SIGNED_FIT: (_l("Meets the requirement"), "green"),
    PsychologyState.SIGNED_UNFIT: (_l("Does not meet the requirement"), "red"),
    PsychologyState.DECLINED: (_l("Not signed"), "amber"),
}
PART_STATES = {
    "submitted": _l("submitted"),
    "expired": _l("ended by its deadline"),
    "not_sat": _l("not sat"),
    "running": _l("running"),
    "pending": _l("not begun"),
}
_LIMITS = Limits()
# The possible range of a raw score by its unit; right answers lie between an anticipation and a lapse.
_RANGES = {
    "mean_1_5": (1.0, 5.0),
    "error_share": (0.0, 1.0),
    "iqr_ms": (0.0, _LIMITS.lapse_ms - _LIMITS.anticipation_ms),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Shares (0-1) of the possible range: the score, and its 95 % interval where one is known."""

    at: float
    low: float | None
    high: float | None
    first: str
    last: str


def figure(raw: float | None, unit: str) -> str:
    """A raw score with its unit, in the reader's language."""
    if raw is None:
        return "–"
    match unit:
        case "mean_1_5":
            return _("%(value)s of 5", value=format_decimal(round(raw, 2)))
        case "error_share" | "share":
            return _("%(value)s %%", value=format_decimal(round(100 * raw, 1)))
        case "iqr_ms" | "ms":
            return _("%(value)s ms", value=format_decimal(round(raw, 1)))
        case "rows_a_column":
            return _("%(value)s rows a column", value=format_decimal(round(raw, 1)))
        case "rows":
            return _("%(value)s rows", value=format_decimal(round(raw, 1)))
        case "count":
            return str(round(raw))
        case _:
            return str(format_decimal(round(raw, 2)))


def plain(value: float) -> str:
    """A figure with one decimal, in the reader's language."""
    return str(format_decimal(round(value, 1)))


def direction(aspect: Mapping[str, Any]) -> str:
    return _("Higher is better.") if aspect["direction"] == "higher_is_better" else _("Lower is better.")


def scale(aspect: Mapping[str, Any]) -> Scale | None:
    """The score on its possible range; None where it has none, or was not measured."""
    span = _RANGES.get(aspect["unit"])
    if span is None or aspect["raw"] is None:
        return None

    def share(value: float) -> float:
        return min(1.0, max(0.0, (value - span[0]) / (span[1] - span[0])))

    band = aspect["uncertainty"]
    return Scale(
        at=share(aspect["raw"]),
        low=share(band["low"]) if band else None,
        high=share(band["high"]) if band else None,
        first=figure(span[0], aspect["unit"]),
        last=figure(span[1], aspect["unit"]),
    )
