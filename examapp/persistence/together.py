"""A transaction that several pieces of work share: what each of them writes last waits, and goes in one statement."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable


class Together:
    """A connection inside a transaction, and the writes that may wait for the others' of their kind.

    A piece of work calls `before_reading` with whose rows it is about to read, and `later` with whose rows it writes;
    whoever owns the transaction calls `settle` before the commit.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        # In the order of their first use: events before the heads that count them.
        self._waiting: dict[Executable, list[Mapping[str, Any]]] = {}
        self._owners: set[Hashable] = set()

    def before_reading(self, owner: Hashable) -> None:
        """Write what waits for `owner`, so that a second piece of work on the same rows sees the first one's."""
        if owner in self._owners:
            self.settle()

    def later(self, owner: Hashable, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute `statement` once with these and everybody's `rows`, at the latest before the commit."""
        self._owners.add(owner)
        self._waiting.setdefault(statement, []).extend(rows)

    def settle(self) -> None:
        """Write all that waits. Raises the database's error, which undoes the transaction for everybody in it."""
        for statement, rows in self._waiting.items():
            self.connection.execute(statement, rows)
        self._waiting.clear()
        self._owners.clear()
