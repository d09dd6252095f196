"""Run every benchmark and pass on its JSON lines alone; whatever else it prints goes to standard error.

A benchmark is `benchmarks/NAME.py`, run as a program; it prints
`{"name","value","unit","reference","reference_value","ratio"}`, one line a figure.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {"name", "value", "unit", "reference", "reference_value", "ratio"}


def is_figure(line: str) -> bool:
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and found.keys() >= FIELDS


def run(module: str) -> bool:
    """Run one benchmark; True when it ended well and gave at least one figure."""
    print(f"-- {module}", file=sys.stderr, flush=True)
    figures = 0
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            figures += is_figure(line)
            print(line, end="", file=sys.stdout if is_figure(line) else sys.stderr, flush=True)
    return process.returncode == 0 and figures > 0


def main(wanted: list[str]) -> int:
    found = sorted(path.stem for path in (ROOT / "benchmarks").glob("*.py") if not path.stem.startswith("_"))
    failed = [module for module in wanted or found if not run(module)]
    if failed:
        print(f"These benchmarks failed or gave no figure: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
