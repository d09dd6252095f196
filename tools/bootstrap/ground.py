"""The folders that set-up writes into: whether they may be written, and whether the disk is large enough."""

import os
import pwd
import shutil
from pathlib import Path

from bootstrap.console import Stop
from bootstrap.places import INSTANCE, ROOT, VENV

_SMALLEST_DISK = 3_000_000_000


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def why_not_writable(folder: Path) -> Stop | None:
    """Why `folder` can't be written into, with a way out; None where it can, or where it does not exist yet."""
    if not folder.exists() or os.access(folder, os.W_OK | os.X_OK, effective_ids=True):
        return None
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return Stop(
            f"{folder} lies on a file system that is mounted read-only.",
            "copy the repository to a folder that can be written, and run the same command there.",
        )
    owner = _name(folder.stat().st_uid)
    return Stop(
        f"{folder} belongs to {owner} and may not be written by you.",
        f"run the same command as {owner}; or clone the repository into a folder of your own; "
        f"or as root, hand it over:\n   chown -R {_name(os.geteuid())} {folder}",
    )


def check_ground() -> None:
    """Raise `Stop` when setting up could only fail later for want of rights or room."""
    for folder in (ROOT, VENV, ROOT / "node_modules", INSTANCE):
        if forbidden := why_not_writable(folder):
            raise forbidden
    free = shutil.disk_usage(ROOT).free
    if not (VENV / "stamps").exists() and free < _SMALLEST_DISK:
        raise Stop(
            f"only {free / 1e9:.1f} GB is free on this disk; setting up takes about 3 GB.",
            "free some space, then run the same command again.",
        )
