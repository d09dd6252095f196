"""Node and the browser build: the system's Node where it is new enough, else one from a wheel."""

import re
import shutil
import subprocess
from pathlib import Path

from bootstrap.command import environment, run
from bootstrap.console import step
from bootstrap.places import BIN, DIST, PYTHON, ROOT, Stamp, digest, python_tag

_LOCK = "requirements-node.lock"
_OLDEST = (22, 12)
# A build reads more than scripts: the pages' text decides which styles are kept.
_SOURCES = ("examapp/client/**/*", "examapp/templates/**/*.html", "examapp/web/**/*.py", "tools/vite/*.ts")


def _version(node: str) -> tuple[int, int] | None:
    try:
        said = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else None


def ensure_node() -> None:
    """A Node of the version the tools need, with npm, on the path that later steps use."""
    node, npm = (shutil.which(name, path=environment()["PATH"]) for name in ("node", "npm"))
    if node and npm and (_version(node) or (0, 0)) >= _OLDEST:
        return
    with step("Node, from a wheel"):
        run(
            "pip (node)",
            [
                *(PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "--progress-bar", "off"),
                *("--disable-pip-version-check", "--no-deps", "-r", _LOCK),
            ],
        )


def _npm() -> str:
    return str(BIN / "npm") if (BIN / "npm").exists() else "npm"


def install_packages() -> None:
    stamp = Stamp("npm", digest([ROOT / "package-lock.json", ROOT / ".npmrc"], python_tag()))
    if stamp.fresh() and (ROOT / "node_modules").is_dir():
        return
    with step("Browser packages (npm ci)"):
        run("npm ci", [_npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"])
        stamp.write()


def _sources() -> list[Path]:
    files = [path for pattern in _SOURCES for path in ROOT.glob(pattern) if path.is_file()]
    return [*files, ROOT / "vite.config.ts", ROOT / "package-lock.json"]


def build() -> None:
    """Build scripts and styles unless nothing they are made from has changed."""
    stamp = Stamp("build", digest(_sources()))
    if stamp.fresh() and (DIST / "manifest.json").exists():
        return
    ensure_node()
    install_packages()
    with step("Scripts and styles (vite build)"):
        run("vite build", [_npm(), "run", "--silent", "build"])
        stamp.write()
