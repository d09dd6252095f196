"""Dated rules of law as data (TOML), each with its article, and the pure questions asked of them."""

from scoring.policy.eligibility import (
    Eligible,
    HeldLicence,
    Ineligible,
    check_eligibility,
    full_months,
    full_years,
)
from scoring.policy.register import NoRuleInForce, OverlappingRules, rules_on
from scoring.policy.retake import Retake, next_attempt_dates
from scoring.policy.values import LICENCE_CLASSES, ApplicationKind, Rules, TheoryRule
from scoring.reasons import Reason, describe

__all__ = [
    "LICENCE_CLASSES",
    "ApplicationKind",
    "Eligible",
    "HeldLicence",
    "Ineligible",
    "NoRuleInForce",
    "OverlappingRules",
    "Reason",
    "Retake",
    "Rules",
    "TheoryRule",
    "check_eligibility",
    "describe",
    "full_months",
    "full_years",
    "next_attempt_dates",
    "rules_on",
]
