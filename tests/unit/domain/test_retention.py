"""What the applicant is told, what the operator sets and what the policy says are one figure."""

from datetime import date
from pathlib import Path

from examapp.config import Config
from scoring.policy.register import rules_on


def test_the_default_retention_is_the_policys_figure() -> None:
    default = Config(instance=Path(), database_url="", model_path=Path()).retention_days
    assert default == rules_on(date(2026, 11, 23)).retention.pictures_days
