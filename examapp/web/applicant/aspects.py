"""The aspects of psychology as the result page shows them: a bar only where a number has a scale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scoring.psychology.aspects import Aspect

NAMES = {
    Aspect.CONCENTRATION: _l("Concentration"),
    Aspect.ACCURACY: _l("Accuracy"),
    Aspect.SELF_CONTROL: _l("Self-control"),
    Aspect.ADJUSTMENT: _l("Adjustment"),
    Aspect.EMOTIONAL_STABILITY: _l("Emotional stability"),
    Aspect.WORK_ENDURANCE: _l("Work endurance"),
}

# How a raw figure of a unit with both ends known lies on a bar from 0 to 1.
_SHARE: dict[str, Callable[[float], float]] = {
    "mean_1_5": lambda raw: (raw - 1) / 4,
    "error_share": lambda raw: raw,
}


@dataclass(frozen=True, slots=True)
class ShownAspect:
    """One row: `value`, `cut`, `low`, `high` are shares of the bar (0-1), None where none can honestly be drawn.

    `band` says in words what the thin band from `low` to `high` means; empty where there is none.
    """

    name: Any
    score: str
    value: float | None
    cut: float | None
    low: float | None
    high: float | None
    band: str
    explanation: str
    norm: str


def shown_aspects(aspects: Sequence[Mapping[str, Any]]) -> list[ShownAspect]:
    """The aspects in their order, from `services.result_view.PsychologyShown.aspects`."""
    return [_shown(aspect) for aspect in aspects]


def _band(aspect: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """The interval of the raw figure as shares of the bar; it belongs to no percentile."""
    found = aspect.get("uncertainty")
    if not found:
        return None, None
    share = _SHARE[aspect["unit"]]
    low, high = sorted((share(found["low"]), share(found["high"])))
    return max(low, 0.0), min(high, 1.0)


def _shown(aspect: Mapping[str, Any]) -> ShownAspect:
    raw, percentile = aspect.get("raw"), aspect.get("percentile")
    value = cut = None
    if percentile is not None:
        value = percentile / 100
        cut = aspect["cut_off"]["percentile"] / 100 if aspect.get("cut_off") else None
    elif raw is not None and aspect.get("unit") in _SHARE:
        value = _SHARE[aspect["unit"]](raw)
    low, high = _band(aspect) if value is not None and percentile is None else (None, None)
    return ShownAspect(
        name=NAMES[Aspect(aspect["aspect"])],
        score=_score(aspect),
        value=value,
        cut=cut,
        low=low,
        high=high,
        band="" if low is None else _("The thin line: the true figure is very likely somewhere along it"),
        explanation=aspect["explanation_text"],
        norm=aspect["norm_text"],
    )


def _score(aspect: Mapping[str, Any]) -> str:
    raw = aspect.get("raw")
    if aspect.get("percentile") is not None:
        return f"P{round(aspect['percentile'])}"
    if raw is None:
        return "–"
    match aspect.get("unit"):
        case "mean_1_5":
            return str(_("%(value)s of 5", value=format_decimal(round(raw, 1))))
        case "error_share":
            return str(_("%(value)s %% errors", value=format_decimal(round(raw * 100, 1))))
        case "iqr_ms":
            return str(_("%(value)s ms", value=round(raw)))
        case _:
            return str(format_decimal(round(raw, 1)))
