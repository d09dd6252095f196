"""Who may apply: ages, licences held before, and the parts each kind of application sits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoring.policy.register import rules_on
from scoring.policy.values import LICENCE_CLASSES, ApplicationKind, Rules
from scoring.reasons import Param, Reason


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence the applicant shows. `expires` is its last valid day; None when it is not known."""

    licence_class: str
    since: date
    expires: date | None = None

    def valid_on(self, day: date) -> bool:
        return self.since <= day and (self.expires is None or day <= self.expires)


@dataclass(frozen=True, slots=True)
class Eligible:
    """`parts` in the order they are sat; `guardian_required` when a parent or guardian must consent too."""

    parts: tuple[str, ...]
    guardian_required: bool
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ineligible:
    """All reasons at once, so that nobody mends one only to meet the next."""

    reasons: tuple[Reason, ...]


def full_years(birth_date: date, on_date: date) -> int:
    """Completed years of life. Born on 29 February, a year completes on 1 March in a common year."""
    before_birthday = (on_date.month, on_date.day) < (birth_date.month, birth_date.day)
    return on_date.year - birth_date.year - before_birthday


def full_months(since: date, on_date: date) -> int:
    """Completed months. Begun on a day that a month lacks, the month completes on the 1st of the next."""
    return (on_date.year - since.year) * 12 + on_date.month - since.month - (on_date.day < since.day)


def check_eligibility(
    licence_class: str,
    kind: ApplicationKind | str,
    birth_date: date,
    on_date: date,
    held: Sequence[HeldLicence] = (),
    *,
    rules: Rules | None = None,
) -> Eligible | Ineligible:
    """May this person apply for `licence_class` on `on_date`? `rules` default to those in force that day.

    Raises `ValueError` for a `kind` that does not exist; an unknown class is an ordinary refusal.
    """
    kind = ApplicationKind(kind)
    rules = rules or rules_on(on_date)
    if licence_class not in LICENCE_CLASSES:
        return Ineligible((Reason("class_unknown", {"licence_class": licence_class}),))
    if birth_date > on_date:
        return Ineligible((Reason("birth_date_in_future", {"birth_date": birth_date}),))
    reasons = [
        *_too_young(licence_class, birth_date, on_date, rules),
        *_renewal(licence_class, kind, on_date, held, rules),
        *_held_before(licence_class, kind, on_date, held, rules),
    ]
    if reasons:
        return Ineligible(tuple(reasons))
    return Eligible(
        parts=rules.parts.parts[kind],
        guardian_required=full_years(birth_date, on_date) < rules.guardian.below_years,
        rule_versions=tuple(rule.code for rule in (rules.age, rules.holding, rules.parts, rules.guardian)),
    )


def _too_young(licence_class: str, birth_date: date, on_date: date, rules: Rules) -> list[Reason]:
    minimum, age = rules.age.years[licence_class], full_years(birth_date, on_date)
    if age >= minimum:
        return []
    params: dict[str, Param] = {
        "licence_class": licence_class,
        "minimum": minimum,
        "age": age,
        "from": _nth_birthday(birth_date, minimum),
    }
    return [Reason("too_young", params, rules.age.article)]


def _nth_birthday(birth_date: date, years: int) -> date:
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:  # 29 February in a common year
        return date(birth_date.year + years, 3, 1)


def _renewal(
    licence_class: str, kind: ApplicationKind, on_date: date, held: Sequence[HeldLicence], rules: Rules
) -> list[Reason]:
    if kind is not ApplicationKind.RENEWAL:
        return []
    same = [
        licence for licence in held if licence.licence_class == licence_class and licence.since <= on_date
    ]
    if not same:
        return [Reason("renewal_not_held", {"licence_class": licence_class}, rules.parts.article)]
    if not any(licence.valid_on(on_date) for licence in same):
        return [Reason("renewal_expired", {"licence_class": licence_class}, rules.parts.article)]
    return []


def _held_before(
    licence_class: str, kind: ApplicationKind, on_date: date, held: Sequence[HeldLicence], rules: Rules
) -> list[Reason]:
    rule = rules.holding
    needed = rule.any_of.get(licence_class, ())
    params: dict[str, Param] = {
        "licence_class": licence_class,
        "needed": " / ".join(needed),
        "months": rule.months,
    }
    if not needed:
        not_an_upgrade = kind is ApplicationKind.UPGRADE
        return (
            [Reason("not_an_upgrade", {"licence_class": licence_class}, rule.article)]
            if not_an_upgrade
            else []
        )
    if kind not in rule.applies_to:
        return []
    valid = [licence for licence in held if licence.licence_class in needed and licence.valid_on(on_date)]
    if not valid:
        return [Reason("held_class_missing", params, rule.article)]
    longest = max(full_months(licence.since, on_date) for licence in valid)
    if longest < rule.months:
        return [Reason("held_too_short", {**params, "held_months": longest}, rule.article)]
    if kind is ApplicationKind.NEW:
        return [Reason("apply_as_upgrade", {"licence_class": licence_class}, rule.article)]
    return []
