"""Bring a bare machine to a running platform: `make run` and `make test` come here.

This file keeps to syntax that any Python 3 reads, so that an old one can say what is wrong with it.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "This is Python %d.%d; the platform needs Python %d.%d or newer.\n"
        "What to do: install one, then run make again: it finds it by itself.\n"
        "   apt-get update && apt-get install -y python3.11 python3.11-venv   (Debian 12, Ubuntu 22.04)\n"
        "   apt-get update && apt-get install -y python3 python3-venv         (newer ones)"
        % (sys.version_info[:2] + OLDEST)
    )

from bootstrap.steps import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
