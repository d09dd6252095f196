"""Write the hashed locks anew from pyproject.toml, without the address of any server in them."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--extra", "dev"],
    "requirements-node.lock": ["requirements-node.in"],
}


def main() -> int:
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}") or shutil.which("uv")
    if uv is None:
        print("What to do: install uv (.venv/bin/pip install uv), then run make lock again.", file=sys.stderr)
        return 1
    for lock, sources in LOCKS.items():
        options = ["--universal", "--generate-hashes", "--no-header", "-q", "-o", lock]
        subprocess.run([uv, "pip", "compile", *sources, *options], cwd=ROOT, check=True)
    subprocess.run(["npm", "install", "--package-lock-only", "--no-audit", "--no-fund"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
