"""Over the desk to the analysis and back: one sealed picture to look at now, one answer, as files in a folder.

The web process can't look at pictures itself, and must not wait long for who can.
"""

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

ALIVE_SECONDS = 10.0
# Nobody waits for an answer this old.
STALE_SECONDS = 60.0
_LOOK_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Ask:
    """A picture to look at: whose it is, what it is bound to, and its ciphertext."""

    id: str
    applicant_id: UUID
    bond: str
    sealed: bytes


class PhotoDesk:
    """A folder that the web process and the analysis share."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sign_in(self) -> None:
        """The analysis says that it is there."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.root / "present").touch()

    def attended(self) -> bool:
        """Whether the analysis said so lately."""
        try:
            return time.time() - (self.root / "present").stat().st_mtime < ALIVE_SECONDS
        except FileNotFoundError:
            return False

    def ask(self, applicant_id: UUID, bond: str, sealed: bytes, seconds: float) -> dict[str, Any] | None:
        """Lay a picture down and wait at most `seconds` for the answer; None when nobody gave one."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = uuid4().hex
        head = json.dumps({"applicant": str(applicant_id), "bond": bond}).encode()
        draft = self.root / f".{name}.tmp"
        draft.write_bytes(head + b"\n" + sealed)
        draft.replace(self.root / f"{name}.ask")
        try:
            return self._wait(self.root / f"{name}.answer", seconds)
        finally:
            (self.root / f"{name}.ask").unlink(missing_ok=True)
            (self.root / f"{name}.answer").unlink(missing_ok=True)

    def _wait(self, path: Path, seconds: float) -> dict[str, Any] | None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(FileNotFoundError):
                found: dict[str, Any] = json.loads(path.read_text())
                return found
            time.sleep(_LOOK_EVERY)
        return None

    def next(self) -> Ask | None:
        """The picture that waits longest, taken off the desk."""
        try:
            waiting = sorted(self.root.glob("*.ask"), key=lambda path: path.stat().st_mtime)
        except FileNotFoundError:
            return None
        for path in waiting:
            with suppress(FileNotFoundError, ValueError, KeyError):
                if time.time() - path.stat().st_mtime > STALE_SECONDS:
                    path.unlink()
                    continue
                head, _, sealed = path.read_bytes().partition(b"\n")
                # Who unlinks it has it: another analysis process finds nothing.
                path.unlink()
                known = json.loads(head)
                return Ask(path.stem, UUID(known["applicant"]), known["bond"], sealed)
        return None

    def answer(self, ask: Ask, found: dict[str, Any]) -> None:
        """Say what was seen."""
        draft = self.root / f".{ask.id}.tmp"
        draft.write_text(json.dumps(found))
        draft.replace(self.root / f"{ask.id}.answer")

    def tidy(self) -> None:
        """Remove answers that nobody fetched."""
        for path in [*self.root.glob("*.answer"), *self.root.glob(".*.tmp")]:
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > STALE_SECONDS:
                    path.unlink()


def open_desk(instance: Path) -> PhotoDesk:
    """The desk of an instance."""
    return PhotoDesk(instance / "slots" / "photos")
