"""Shared libraries that our packages load and a bare system lacks: checked first, installed where we may."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bootstrap.command import run
from bootstrap.console import Stop, say, step
from bootstrap.places import PYTHON, ROOT, Stamp, digest, is_root

# What OpenCV opens at import, and the Debian package that has it.
NEEDED = {
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
}
# MediaPipe, which our vision is held against, and the Node inside Playwright, which drives the tests' browser.
NEEDED_BY_TESTS = {
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libatomic.so.1": "libatomic1",
}
_LISTS = Path("/var/lib/apt/lists")
_HALF_DONE = Path("/var/lib/dpkg/updates")


def missing(names: Iterable[str]) -> list[str]:
    """Which of `names` can't be opened. Asked of a fresh process, as the loader caches its answer."""
    script = (
        "import ctypes, sys\n"
        "for name in sys.argv[1:]:\n"
        "    try: ctypes.CDLL(name)\n"
        "    except OSError: print(name)\n"
    )
    found = subprocess.run([sys.executable, "-c", script, *names], check=True, capture_output=True, text=True)
    return found.stdout.split()


def what_forbids(packages: list[str], *, has_apt: bool, root: bool) -> Stop | None:
    """Why `packages` can't be installed by us, with the one line to run; None where they can."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not has_apt:
        return Stop(
            "there is no apt-get here to install them with.",
            f"install what Debian calls {', '.join(packages)} with your system's own tool, then run again.",
        )
    if not root:
        by_root = f"sudo sh -c '{line}'" if shutil.which("sudo") else line
        return Stop(
            "only root may install them.",
            f"run this line as root, then the same command again:\n   {by_root}",
        )
    return None


def apt_install(packages: list[str]) -> None:
    """Install `packages` as root; anybody else is told what to run. Raises `Stop`."""
    forbidden = what_forbids(packages, has_apt=shutil.which("apt-get") is not None, root=is_root())
    if forbidden:
        raise forbidden
    env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")}
    say(f"   apt-get install {' '.join(packages)}")
    # A fresh machine may be busy with its own updates: wait for those.
    patient = ["apt-get", "-o", "DPkg::Lock::Timeout=120"]
    install = [*patient, "install", "-y", "--no-install-recommends", *packages]
    # Left by an installation that was interrupted, perhaps our own; apt goes no further before it is finished.
    if _HALF_DONE.is_dir() and any(_HALF_DONE.iterdir()):
        run("dpkg --configure", ["dpkg", "--configure", "-a"], env=env)
    if any(_LISTS.glob("*Packages*")):
        try:
            run("apt-get install", install, env=env)
            return
        except Stop:
            say("   the package lists may be old; reading them anew")
    # A server out of reach is only a warning to it, unless it is told so.
    run("apt-get update", [*patient, "-o", "APT::Update::Error-Mode=any", "update"], env=env)
    run("apt-get install", install, env=env)


def ensure_libraries(needed: Mapping[str, str], programs: Sequence[str] = ()) -> None:
    """Install the packages of those of `needed` that can't be opened, and `programs`, packages wanted besides.

    Before anything is downloaded: who may not install reads one line for all of it, and reads it at once.
    """
    absent = missing(needed)
    if not absent and not programs:
        return
    lacking = ", ".join([*absent, *programs])
    with step(f"This system lacks {lacking}"):
        apt_install(sorted({needed[name] for name in absent} | {*programs}))


def load_vision() -> None:
    """Import the packages themselves; the outcome is remembered until the locks change."""
    stamp = Stamp("libraries", digest([ROOT / "requirements.lock"], *NEEDED))
    if stamp.fresh():
        return
    with step("Loading the vision packages once"):
        run("import of the vision packages", [PYTHON, "-c", "import cv2, ai_edge_litert.interpreter"])
        stamp.write()
