"""What the person at the terminal sees: one line a step, and a way out for each failure."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """Setting up can't go on. `what` says what is wrong, `to_do` what the reader can do."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(what)
        self.what = what
        self.to_do = to_do

    def __str__(self) -> str:
        return f"\nStopped: {self.what}\nWhat to do: {self.to_do}"


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Announce a step and, once it is done, how long it took."""
    say(f"-- {name}")
    begun = time.monotonic()
    yield
    say(f"   done in {time.monotonic() - begun:.0f} s")


class Counter:
    """A count that rewrites its own line on a terminal and prints a line now and then elsewhere."""

    def __init__(self, unit: str, total: int | None = None) -> None:
        self._unit, self._total, self._count = unit, total, 0

    def one_more(self) -> None:
        self._count += 1
        of = f" of {self._total}" if self._total else ""
        if sys.stdout.isatty():
            print(f"\r   {self._count}{of} {self._unit} ", end="", flush=True)
        elif self._count % 20 == 0:
            say(f"   {self._count}{of} {self._unit}")

    def close(self) -> None:
        if sys.stdout.isatty() and self._count:
            print(flush=True)
