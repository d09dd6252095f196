"""Where frames wait for the analysis: one slot a sitting, the latest frame wins, and a short ring of the last ones.

Every file is one line of JSON (what is known without the key) and the sealed picture. A frame is written once and
has two names: its place in the ring, from which evidence before an episode is kept, and the slot.
"""

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

from examapp.domain.errors import Unavailable

RING_SECONDS = 60.0
RING_FILES = 30
# The database's answers come first: below this much free space no frame is taken.
RESERVED_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class ArrivedFrame:
    """A frame as it came in. `sequence` is the device's count; `sealed` is bound to `frame_bond` of it."""

    attempt_id: UUID
    sequence: int
    epoch: int
    captured_at: datetime
    received_at: datetime
    sealed: bytes


@dataclass(frozen=True, slots=True)
class WaitingFrame:
    """A frame with the number (1, 2, 3 … in its sitting) under which it arrived."""

    number: int
    frame: ArrivedFrame


def to_milliseconds(at: datetime) -> datetime:
    """The moment without its microseconds: what a frame's bond is made of must survive any store."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def frame_bond(attempt_id: UUID, captured_at: datetime) -> str:
    """What a sealed frame is bound to: it can't pass for another sitting's, nor for another moment's."""
    return f"{attempt_id}:frame:{round(captured_at.timestamp() * 1000)}"


class FrameSlots(Protocol):
    """Holds the newest frame of each sitting until it is taken, and the last minute beside it."""

    def put(self, frame: ArrivedFrame) -> int: ...
    def take(self) -> WaitingFrame | None: ...
    def is_waiting(self, attempt_id: UUID) -> bool: ...
    def newest(self, attempt_id: UUID) -> WaitingFrame | None: ...
    def newest_number(self, attempt_id: UUID) -> tuple[int, datetime] | None: ...
    def from_ring(self, attempt_id: UUID, number: int) -> WaitingFrame | None: ...
    def sittings(self) -> list[UUID]: ...
    def clear(self, attempt_id: UUID) -> None: ...


class FolderSlots:
    """Slots in a folder that the web process and the analysis processes share. Not synced: a frame may be lost."""

    def __init__(self, root: Path, reserved_bytes: int = RESERVED_BYTES) -> None:
        self.root = root
        self.reserved_bytes = reserved_bytes

    def put(self, frame: ArrivedFrame) -> int:
        """Keep `frame` as the newest of its sitting and return its number.

        Raises `Unavailable("store_full")` when the disk is nearly or quite full; nothing of the frame remains then.
        """
        ring = self._ring(frame.attempt_id)
        draft = self.root / f".{uuid4().hex}.tmp"
        try:
            ring.mkdir(parents=True, exist_ok=True, mode=0o700)
            if shutil.disk_usage(self.root).free < self.reserved_bytes:
                raise Unavailable("store_full")
            draft.write_bytes(_packed(frame))
            number = self._numbered(ring, draft)
            # The draft's name becomes the slot's; whatever stood there was overtaken.
            draft.replace(ring.parent / "slot")
        except OSError as error:
            draft.unlink(missing_ok=True)
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            raise Unavailable("store_full" if full else "store_failed") from error
        self._prune(ring)
        return number

    def take(self) -> WaitingFrame | None:
        """The frame of the sitting whose turn is longest ago, out of its slot; None when none waits.

        A slot is taken by renaming it, so two analysis processes never get the same frame.
        """
        for _, slot in sorted(self._filled()):
            held = slot.with_name(f"taken-{os.getpid()}")
            try:
                slot.rename(held)
                (slot.parent / "turn").touch()
                found = _unpacked(held)
                number = self._number_of(held)
                held.unlink()
            except (FileNotFoundError, ValueError, KeyError):
                # Taken by another process, or a file that a crash left half: the next frame is newer anyway.
                held.unlink(missing_ok=True)
                continue
            return WaitingFrame(number, found)
        return None

    def is_waiting(self, attempt_id: UUID) -> bool:
        return (self.root / str(attempt_id) / "slot").exists()

    def newest(self, attempt_id: UUID) -> WaitingFrame | None:
        """The newest frame of a sitting, analysed or not."""
        newest = self.newest_number(attempt_id)
        return self.from_ring(attempt_id, newest[0]) if newest else None

    def newest_number(self, attempt_id: UUID) -> tuple[int, datetime] | None:
        """The newest frame's number and its moment of capture, without reading the picture."""
        ring = self._ring(attempt_id)
        for number in reversed(self._numbers(ring)):
            with suppress(FileNotFoundError, ValueError, KeyError), _place(ring, number).open("rb") as handle:
                return number, datetime.fromisoformat(json.loads(handle.readline())["captured_at"])
        return None

    def from_ring(self, attempt_id: UUID, number: int) -> WaitingFrame | None:
        """A frame of the last minute, or None when it is no longer there."""
        try:
            return WaitingFrame(number, _unpacked(_place(self._ring(attempt_id), number)))
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def sittings(self) -> list[UUID]:
        """Sittings that have a folder here."""
        if not self.root.is_dir():
            return []
        return [UUID(folder.name) for folder in self.root.iterdir() if folder.is_dir() and _is_id(folder)]

    def clear(self, attempt_id: UUID) -> None:
        """Forget everything of a sitting."""
        shutil.rmtree(self.root / str(attempt_id), ignore_errors=True)

    def folder(self, attempt_id: UUID) -> Path:
        """A sitting's own folder."""
        return self.root / str(attempt_id)

    def _ring(self, attempt_id: UUID) -> Path:
        return self.root / str(attempt_id) / "ring"

    def _filled(self) -> Iterator[tuple[tuple[float, float], Path]]:
        for sitting in self.sittings():
            slot = self.root / str(sitting) / "slot"
            try:
                waits_since = slot.stat().st_mtime
            except FileNotFoundError:
                continue
            turn = slot.parent / "turn"
            with suppress(FileNotFoundError):
                yield (turn.stat().st_mtime if turn.exists() else 0.0, waits_since), slot

    def _numbered(self, ring: Path, draft: Path) -> int:
        """Give `draft` the next number; linking fails where another process took it first."""
        numbers = self._numbers(ring)
        number = (numbers[-1] if numbers else 0) + 1
        while True:
            try:
                os.link(draft, _place(ring, number))
            except FileExistsError:
                number += 1
                continue
            return number

    def _number_of(self, held: Path) -> int:
        """The ring's name of the same file. It was linked before it became the slot; a pruned one is the oldest."""
        inode = held.stat().st_ino
        numbers = self._numbers(held.parent / "ring")
        for number in reversed(numbers):
            with suppress(FileNotFoundError):
                if _place(held.parent / "ring", number).stat().st_ino == inode:
                    return number
        raise ValueError("a frame that left the ring before its turn")

    def _numbers(self, ring: Path) -> list[int]:
        try:
            return sorted(int(entry.name) for entry in os.scandir(ring) if entry.name.isdigit())
        except FileNotFoundError:
            return []

    def _prune(self, ring: Path) -> None:
        """Drop what is older than a minute or beyond thirty. The newest stays: it holds the sitting's count."""
        numbers = self._numbers(ring)
        oldest = time.time() - RING_SECONDS
        for place, number in enumerate(reversed(numbers)):
            path = _place(ring, number)
            with suppress(FileNotFoundError):
                if place >= RING_FILES or (place and path.stat().st_mtime < oldest):
                    path.unlink()


def _place(ring: Path, number: int) -> Path:
    return ring / f"{number:08d}"


def _is_id(folder: Path) -> bool:
    try:
        UUID(folder.name)
    except ValueError:
        return False
    return True


def _packed(frame: ArrivedFrame) -> bytes:
    known = {
        "attempt": str(frame.attempt_id),
        "sequence": frame.sequence,
        "epoch": frame.epoch,
        "captured_at": frame.captured_at.isoformat(),
        "received_at": frame.received_at.isoformat(),
    }
    return json.dumps(known).encode() + b"\n" + frame.sealed


def _unpacked(path: Path) -> ArrivedFrame:
    head, _, sealed = path.read_bytes().partition(b"\n")
    known: dict[str, Any] = json.loads(head)
    return ArrivedFrame(
        attempt_id=UUID(known["attempt"]),
        sequence=int(known["sequence"]),
        epoch=int(known["epoch"]),
        captured_at=datetime.fromisoformat(known["captured_at"]).astimezone(UTC),
        received_at=datetime.fromisoformat(known["received_at"]).astimezone(UTC),
        sealed=sealed,
    )


def open_slots(instance: Path) -> FolderSlots:
    """The slots of an instance."""
    return FolderSlots(instance / "slots")
