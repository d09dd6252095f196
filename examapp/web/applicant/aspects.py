"""The aspects of psychology as the result page shows them: a bar only where a number has a scale."""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class ShownAspect:
    """One row: `value` and `cut` are shares of the bar (0-1), None where no bar can honestly be drawn."""

    name: Any
    score: str
    value: float | None
    cut: float | None
    explanation: str
    norm: str


def shown_aspects(aspects: Sequence[Mapping[str, Any]]) -> list[ShownAspect]:
    """The aspects in their order, from `services.result_view.PsychologyShown.aspects`."""
    return [_shown(aspect) for aspect in aspects]


def _shown(aspect: Mapping[str, Any]) -> ShownAspect:
    raw, percentile = aspect.get("raw"), aspect.get("percentile")
    value = cut = None
    if percentile is not None:
        value = percentile / 100
        cut = aspect["cut_off"]["percentile"] / 100 if aspect.get("cut_off") else None
    elif raw is not None and aspect.get("unit") == "mean_1_5":
        value = (raw - 1) / 4
    return ShownAspect(
        name=NAMES[Aspect(aspect["aspect"])],
        score=_score(aspect),
        value=value,
        cut=cut,
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
