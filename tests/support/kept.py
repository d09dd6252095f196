"""Files that tests make once and keep, in a folder that several test processes share."""

import fcntl
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.support.repository import ROOT


def cache_folder() -> Path:
    """Where fetched and converted films are kept: `SIMEXAM_FOOTAGE`, else `.cache/footage`."""
    folder = Path(os.environ.get("SIMEXAM_FOOTAGE") or ROOT / ".cache" / "footage")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept(path: Path, make: Callable[[Path], object]) -> Path:
    """`path`, filled by `make(draft)` where it is not there yet; whoever finds it finds the whole of it.

    Processes that want it at the same time wait for the one that makes it. Should its maker fail or be killed,
    the next one makes it anew; drafts stand beside it under names of their own.
    """
    if path.is_file():
        return path
    with (path.parent / f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.is_file():
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=".making-") as work:
                draft = Path(work) / path.name
                make(draft)
                draft.replace(path)
    return path
