"""Empty the instance folder: database, evidence, pictures and keys go; the vision model stays.

Asks first. YES=1 answers for a script.
"""

import os
import shutil
import sys

from bootstrap.places import INSTANCE

KEPT = {"models"}


def main() -> int:
    if not INSTANCE.exists():
        print(f"There is nothing to reset: {INSTANCE} does not exist.")
        return 0
    doomed = [path for path in INSTANCE.iterdir() if path.name not in KEPT]
    names = ", ".join(sorted(path.name for path in doomed)) or "nothing"
    print(f"This removes for good from {INSTANCE}: {names}.")
    if os.environ.get("YES") != "1" and (not sys.stdin.isatty() or input("Type reset to go on: ") != "reset"):
        print("Nothing was removed. (A script says YES=1.)")
        return 1
    for path in doomed:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    print("Done. `make run` starts afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
