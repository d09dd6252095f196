"""Where things lie, and the stamps that let a second run pass over what is done."""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
DIST = ROOT / "examapp" / "static" / "dist"
INSTANCE = Path(os.environ.get("SIMEXAM_INSTANCE") or ROOT / "instance").resolve()
LOGS = VENV / "logs"


def digest(files: Iterable[Path], *extra: str) -> str:
    """SHA-256 over names and contents of `files` in order of their names, and over `extra`."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for text in extra:
        total.update(text.encode() + b"\0")
    return total.hexdigest()


class Stamp:
    """Says that a step was done with these inputs; written only when it succeeded."""

    def __init__(self, name: str, inputs: str, folder: Path = VENV / "stamps") -> None:
        self._file, self._inputs = folder / name, inputs

    def fresh(self) -> bool:
        try:
            return self._file.read_text() == self._inputs
        except FileNotFoundError:
            return False

    def write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(self._inputs)


def python_tag() -> str:
    return f"{sys.implementation.name}-{sys.version_info[0]}.{sys.version_info[1]}"


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
