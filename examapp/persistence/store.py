"""Where kept bytes lie: a small port, a folder on disk behind it. What is put there is already encrypted."""

import errno
import os
import shutil
from pathlib import Path
from typing import Protocol

from examapp.domain.errors import Invalid, NotFound, Unavailable

# Below this much free space nothing more is kept, so that the database can still write answers.
RESERVED_BYTES = 200_000_000


class BlobStore(Protocol):
    """Keeps bytes under a name. Names are ours, never a user's."""

    def put(self, place: str, data: bytes) -> None: ...
    def get(self, place: str) -> bytes: ...
    def delete(self, place: str) -> None: ...


class FolderStore:
    """A folder. A file appears whole or not at all, and is on the disk when `put` returns."""

    def __init__(self, root: Path, reserved_bytes: int = RESERVED_BYTES) -> None:
        self.root = root
        self.reserved_bytes = reserved_bytes

    def _path(self, place: str) -> Path:
        path = (self.root / place).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise Invalid("bad_place", place=place)
        return path

    def put(self, place: str, data: bytes) -> None:
        """Raises `Unavailable("store_full")` when the disk is nearly or quite full."""
        path = self._path(place)
        draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self.root).free < self.reserved_bytes + len(data):
                raise Unavailable("store_full")
            with draft.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            full = error.errno in {errno.ENOSPC, errno.EDQUOT}
            raise Unavailable("store_full" if full else "store_failed") from error

    def get(self, place: str) -> bytes:
        try:
            return self._path(place).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("blob_missing", place=place) from error
        except OSError as error:
            raise Unavailable("store_failed") from error

    def delete(self, place: str) -> None:
        self._path(place).unlink(missing_ok=True)
