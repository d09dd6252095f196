"""A file is one idea: nobody should have to scroll through a thousand lines to find it."""

import json
import re
import tomllib

from tests.support.repository import ROOT, files

LONGEST = 350
ROOMS = ("question_bank", "proctoring", "scoring", "examapp", "tests", "benchmarks", "tools", "migrations")


def _lines(path) -> int:
    return path.read_text("utf-8").count("\n")


def test_no_file_is_longer_than_the_limit() -> None:
    code = [
        path
        for path in files(".py", ".ts", ".css", ".html")
        if path.relative_to(ROOT).parts[0] in ROOMS and "versions" not in path.parts
    ]
    assert len(code) > 50
    assert {str(path.relative_to(ROOT)): _lines(path) for path in code if _lines(path) > LONGEST} == {}


def test_every_dependency_is_in_the_locks_with_its_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    development = project["optional-dependencies"]["dev"]
    runtime_lock = (ROOT / "requirements.lock").read_text()
    development_lock = (ROOT / "requirements-dev.lock").read_text()

    def missing(dependencies: list[str], lock: str) -> set[str]:
        named = {re.split(r"[\[<>=;\s]", each)[0].lower() for each in dependencies}
        return named - {
            line.split("==")[0].split("[")[0].strip() for line in lock.splitlines() if "==" in line
        }

    assert missing(project["dependencies"], runtime_lock) == set()
    assert missing(project["dependencies"] + development, development_lock) == set()
    for lock in (runtime_lock, development_lock, (ROOT / "requirements-node.lock").read_text()):
        pins = re.findall(r"^\S+==[^\n]*(?:\n    [^\n]*)*", lock, re.MULTILINE)
        assert pins
        assert [pin.split("\n")[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_runtime_lock_is_a_part_of_the_development_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_no_lock_names_a_server() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-node.lock"):
        assert "http" not in (ROOT / name).read_text(), name
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_browser_packages_are_pinned_to_one_version() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert {name: version for name, version in wanted.items() if not re.fullmatch(r"[\d.]+", version)} == {}
