"""The rules in force on one day, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ApplicationKind(StrEnum):
    NEW = "new"
    UPGRADE = "upgrade"
    AFTER_REVOCATION = "after_revocation"
    RENEWAL = "renewal"


LICENCE_CLASSES = ("A", "A Umum", "B I", "B I Umum", "B II", "B II Umum", "C", "C I", "C II", "D", "D I")


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule of law carries. `code` is its version; where `provisional`, `note` says why."""

    code: str
    valid_from: date
    valid_until: date | None
    article: str
    note: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class AgeRule(Rule):
    years: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HoldingRule(Rule):
    months: int
    applies_to: frozenset[ApplicationKind]
    any_of: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PartRule(Rule):
    parts: Mapping[ApplicationKind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GuardianRule(Rule):
    below_years: int


@dataclass(frozen=True, slots=True)
class TheoryRule(Rule):
    """`pass_percent` is a whole number of percent of the points that can be reached (0-100)."""

    pass_percent: int


@dataclass(frozen=True, slots=True)
class TheoryStandingRule(Rule):
    """`stands_months` is how long a passed theory counts while its psychology is still to be sat or sat again."""

    stands_months: int


@dataclass(frozen=True, slots=True)
class RetakeRule(Rule):
    """`window_working_days` counts from the first fail; `earliest_after_working_days` from the last one."""

    retakes: int
    window_working_days: int
    earliest_after_working_days: int
    count_from_day_after: bool


@dataclass(frozen=True, slots=True)
class PsychologyRule(Rule):
    certificate_valid_months: int
    fit_words: Mapping[str, str]
    unfit_words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RetentionRule(Rule):
    """How long each kind of data is kept: from the end of the sitting, of an answer, of the last sign of life.

    `access_request_hours` is how soon a person's request about their data is answered.
    """

    pictures_days: int
    psychology_years: int
    answers_years: int
    abandoned_registration_days: int
    messages_days: int
    help_days: int
    access_request_hours: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule in force on `on_date`. `holidays` spans all the years in `holiday_years`."""

    on_date: date
    age: AgeRule
    holding: HoldingRule
    parts: PartRule
    guardian: GuardianRule
    theory: TheoryRule
    theory_standing: TheoryStandingRule
    retake: RetakeRule
    psychology: PsychologyRule
    retention: RetentionRule
    holidays: frozenset[date]
    holiday_years: frozenset[int]
