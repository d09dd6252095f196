"""Random numbers that are the same on every platform and in every Python."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")


class SeededDraw:
    """Uniform whole numbers from SHA-256 in counter mode: block n is SHA-256(label ‖ seed ‖ n).

    `random.Random` keeps only `random()` stable across Python versions; its integers and shuffles may change.
    A form must be drawn again years later, so this generator is spelled out here and must never change;
    a better one gets a new label.
    """

    def __init__(self, label: str, seed: int) -> None:
        self._prefix = f"{label}:{seed}:".encode()
        self._block = 0
        self._pool = 0
        self._bits = 0

    def below(self, bound: int) -> int:
        """A number in 0 … bound - 1, each equally likely; `bound` may be of any size. Raises on bound < 1."""
        if bound < 1:
            raise ValueError("the bound must be at least 1")
        width = (bound - 1).bit_length()
        while True:
            value = self._take(width)
            if value < bound:
                return value

    def _take(self, width: int) -> int:
        while self._bits < width:
            block = hashlib.sha256(self._prefix + str(self._block).encode()).digest()
            self._pool = self._pool << 256 | int.from_bytes(block, "big")
            self._bits += 256
            self._block += 1
        self._bits -= width
        value = self._pool >> self._bits
        self._pool &= (1 << self._bits) - 1
        return value

    def shuffled(self, values: Sequence[_T]) -> tuple[_T, ...]:
        """All of `values` in a random order (Fisher-Yates), each order equally likely."""
        return self.chosen(values, len(values))

    def chosen(self, values: Sequence[_T], count: int) -> tuple[_T, ...]:
        """`count` different members of `values`, in random order; each choice equally likely."""
        rest = list(values)
        for place in range(count):
            other = place + self.below(len(rest) - place)
            rest[place], rest[other] = rest[other], rest[place]
        return tuple(rest[:count])
