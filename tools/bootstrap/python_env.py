"""The virtual environment: made by the Python at hand, filled from hashed locks, and the `simexam` command in it."""

import importlib
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bootstrap.command import run
from bootstrap.console import Counter, Stop, say, step
from bootstrap.places import BIN, PYTHON, ROOT, VENV, Stamp, digest, python_tag

RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"

_COMMAND = """#!/bin/sh
exec "{python}" -P -m examapp.cli "$@"
"""


def _works() -> bool:
    """Whether the environment was made to its end: its Python starts, is the version that runs this, and has pip."""
    check = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    try:
        return subprocess.run([str(PYTHON), "-c", check], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def packages() -> list[str]:
    """The package that completes the system's own Python; none where it is whole, or where it is somebody's own."""
    whole = importlib.util.find_spec("ensurepip") is not None
    return (
        [] if whole or sys.prefix != "/usr" else [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
    )


def make_environment() -> None:
    """Make `.venv` unless one of this Python stands there already."""
    if _works():
        return
    with step(f"Virtual environment ({python_tag()})"):
        if BIN.exists():
            say("   the one here is half made, moved, or of another Python; making it anew")
            shutil.rmtree(VENV)
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise Stop(
                f"{sys.executable} can't make virtual environments (its venv module is incomplete).",
                "install the rest of it, or use another: make run PYTHON=/usr/bin/python3.",
            )
        run("python -m venv", [sys.executable, "-m", "venv", VENV])


def install(lock: str) -> None:
    """Install exactly what `lock` names, each file checked against its hash."""
    inputs = digest([ROOT / lock], python_tag())
    if Stamp(lock, inputs).fresh():
        return
    total = len(re.findall(r"^\S+==", (ROOT / lock).read_text(), re.MULTILINE))
    with step(f"Python packages from {lock}"):
        counter = Counter("packages", total)

        def seen(line: str) -> None:
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                counter.one_more()

        run(
            "pip",
            [
                *(PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "--progress-bar", "off"),
                *("--disable-pip-version-check", "--no-deps", "-r", lock),
            ],
            on_line=seen,
        )
        counter.close()
        Stamp(lock, inputs).write()
        if lock == DEVELOPMENT:
            # It contains everything of the other lock, at the same versions.
            Stamp(RUNTIME, digest([ROOT / RUNTIME], python_tag())).write()


def link_project() -> None:
    """Make our packages importable and `simexam` a command, without a build: a path file and a three-line script."""
    found = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    path_file = Path(found.stdout.strip()) / "simexam.pth"
    command = BIN / "simexam"
    wanted = _COMMAND.format(python=PYTHON)
    if not path_file.exists() or path_file.read_text() != f"{ROOT}\n":
        path_file.write_text(f"{ROOT}\n")
    if not command.exists() or command.read_text() != wanted:
        command.write_text(wanted)
        command.chmod(0o755)
