"""The browser that tests drive: one that is installed, else Debian's, else Playwright's own."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from bootstrap.command import run
from bootstrap.console import Stop, step
from bootstrap.places import PYTHON, is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _starts(browser: str) -> bool:
    """Whether it really runs: on Ubuntu `chromium-browser` may be a script that only asks for a snap."""
    arguments = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        done = subprocess.run(
            arguments, check=False, capture_output=True, timeout=60, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"<html" in done.stdout


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name)) and _starts(path)), None)


def _own() -> str | None:
    """Playwright's downloaded Chromium, where it is there and starts."""
    script = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as play: print(play.chromium.executable_path)"
    )
    done = subprocess.run([str(PYTHON), "-c", script], check=False, capture_output=True, text=True)
    path = done.stdout.strip()
    return path if path and Path(path).exists() and _starts(path) else None


def _is_debian() -> bool:
    try:
        return re.search(r"^ID=debian$", Path("/etc/os-release").read_text(), re.MULTILINE) is not None
    except FileNotFoundError:
        return False


def packages() -> list[str]:
    """Debian's packages that bring a browser here; none where there is one, or where Debian's is not to be had.

    Asked before Playwright is installed, so its own browser is looked for where it keeps them.
    """
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    there = any(map(shutil.which, NAMES)) or any(kept.glob("chromium*"))
    return ["chromium"] if _is_debian() and not there else []


def ensure_browser() -> str:
    """Path of a Chromium that starts. Raises `Stop` with what to do when none can be had."""
    found = _installed() or _own()
    if found:
        return found
    if _is_debian():
        raise Stop(
            "there is a Chromium here, but it does not start.",
            "start `chromium --headless --dump-dom about:blank` to see why, then run make test again.",
        )
    with step("A browser for the tests (Playwright's Chromium)"):
        needed = ["--with-deps"] if is_root() else []
        run("playwright install", [PYTHON, "-m", "playwright", "install", *needed, "chromium"])
    found = _own()
    if not found:
        libraries = "sudo .venv/bin/python -m playwright install-deps chromium"
        raise Stop(
            "the browser for the tests was installed but does not start.",
            f"run this line for the libraries it lacks, then make test again:\n   {libraries}",
        )
    return found
