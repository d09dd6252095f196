"""One line on standard error that says how far a long command is."""

import sys
from typing import TextIO


class ProgressLine:
    """Call it with a phase, how many are done, and of how many. On a terminal the line is overwritten in place."""

    def __init__(self, out: TextIO = sys.stderr) -> None:
        self._out, self._terminal = out, out.isatty()
        self._last = ""

    def __call__(self, phase: str, done: int, total: int) -> None:
        line = f"{phase} {done:,} of {total:,} ({100 * done // total} %)" if total else f"{phase} …"
        if line == self._last:
            return
        padding = " " * max(0, len(self._last) - len(line))
        self._out.write(f"\r{line}{padding}" if self._terminal else f"{line}\n")
        self._out.flush()
        self._last = line

    def end(self) -> None:
        """Leave the line, so that what follows begins on a new one."""
        if self._last and self._terminal:
            self._out.write("\n")
        self._last = ""
