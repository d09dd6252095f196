"""An operator finds every setting in the guide, and the guide names none that does not exist."""

import re

from tests.support.repository import ROOT, files

GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
_READ_IN_CONFIG = re.compile(r'(?:_text|_flag|_number)\(\s*"([A-Z_]+)"')
_READ_ELSEWHERE = re.compile(r'environ(?:\.get\(|\[)\s*"(SIMEXAM_[A-Z_]+)"')


def _settings() -> set[str]:
    config = (ROOT / "examapp" / "config.py").read_text("utf-8")
    named = {f"SIMEXAM_{name}" for name in _READ_IN_CONFIG.findall(config)}
    for path in files(".py"):
        if path.relative_to(ROOT).parts[0] in {"examapp", "proctoring", "scoring", "question_bank", "tools"}:
            named |= set(_READ_ELSEWHERE.findall(path.read_text("utf-8")))
    return named


def test_every_setting_is_described() -> None:
    assert len(_settings()) > 5
    assert {name for name in _settings() if f"`{name}`" not in GUIDE} == set()


def test_the_guide_names_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(r"`(SIMEXAM_[A-Z_]+)`", GUIDE))
    assert named - _settings() == {"SIMEXAM_BROWSER"} & named
