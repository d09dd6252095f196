"""Keeping the native libraries' chatter off the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_native() -> Iterator[None]:
    """Send file descriptor 2 nowhere meanwhile: TFLite and FFmpeg write to it whatever their settings say.

    For a command that owns its process, not for a server: it would silence every thread's errors.
    """
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
