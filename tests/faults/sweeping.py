"""A sweep in a process of its own: waits for the word, sweeps once, prints how many sittings it ended."""

import sys

from examapp.config import load_config
from examapp.services.platform import open_platform
from examapp.services.sitting.submission import close_expired

if __name__ == "__main__":
    platform = open_platform(load_config())
    print("ready", flush=True)
    sys.stdin.readline()
    print(close_expired(platform), flush=True)
    platform.database.dispose()
