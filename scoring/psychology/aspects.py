"""The six aspects that psychological reports for a licence speak of (Perkap 9/2012 art. 36)."""

from enum import StrEnum


class Aspect(StrEnum):
    CONCENTRATION = "concentration"
    ACCURACY = "accuracy"  # kecermatan
    SELF_CONTROL = "self_control"
    ADJUSTMENT = "adjustment"
    EMOTIONAL_STABILITY = "emotional_stability"
    WORK_ENDURANCE = "work_endurance"


class Direction(StrEnum):
    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Coverage(StrEnum):
    """How far a task speaks for an aspect. `PARTIAL` is an indication that a psychologist must complete."""

    COVERED = "covered"
    PARTIAL = "partial"
    OPEN = "open"
