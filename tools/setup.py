"""Bring a bare machine to a running platform: `make run` and `make test` come here.

This file keeps to syntax that any Python 3 reads, so that an old one can say what is wrong with it.
"""

import sys

OLDEST = (3, 11)

if sys.version_info < OLDEST:
    sys.exit(
        "This is Python %d.%d; the platform needs Python %d.%d or newer.\n"
        "What to do: install it (Debian, Ubuntu: apt-get install python3.11 python3.11-venv)\n"
        "and run make again with PYTHON=python3.11." % (sys.version_info[:2] + OLDEST)
    )

from bootstrap.steps import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
