"""What a round of erasing did: how much is gone, and how much could not be deleted and stays for the next round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Erased:
    """`done` and `failed` count what the step erases: sittings, reports, accounts; for pictures, `failed` are files."""

    done: int = 0
    failed: int = 0

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(self.done + other.done, self.failed + other.failed)
