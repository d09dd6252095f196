"""Several writers, one commit: on SQLite a commit waits for the disk, and only one can write at a time.

Whoever comes while a commit is under way is written together with everybody else who came, in the next transaction.
Nobody is answered before that transaction is on the disk, so an acknowledgement means what it says.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from examapp.domain.errors import Refusal
from examapp.persistence.together import Together

T = TypeVar("T")
# A transaction stays short, so that those who come during it don't wait long.
LARGEST_GROUP = 64


@dataclass(slots=True, eq=False)
class _Task:
    work: Callable[[Together], Any]
    wake: threading.Event = field(default_factory=threading.Event)
    done: bool = False
    result: Any = None
    error: BaseException | None = None


class GroupCommit:
    """Runs small pieces of work, each as if in a transaction of its own, many to a commit.

    A piece of work may refuse (raise `Refusal`) only before it has written anything; the others then go on. Any other
    exception undoes the whole group, and everybody in it gets that exception: nothing was acknowledged, all may retry.
    """

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begin = begin
        self._mutex = threading.Lock()
        self._queue: deque[_Task] = deque()
        self._busy = False

    def run(self, work: Callable[[Together], T]) -> T:
        """Do `work` inside a transaction and return what it returned, once that transaction is on the disk."""
        task = _Task(work)
        with self._mutex:
            self._queue.append(task)
            leads, self._busy = not self._busy, True
        if not leads:
            task.wake.wait()
        # Woken without being done: the one before has ended, and it is our turn to lead.
        if not task.done:
            self._lead()
        if task.error is not None:
            raise task.error
        return cast(T, task.result)

    def _lead(self) -> None:
        with self._mutex:
            group = [self._queue.popleft() for _ in range(min(len(self._queue), LARGEST_GROUP))]
        try:
            self._write(group)
        except BaseException as error:
            # Handed to everybody whose work was undone with it.
            for task in group:
                task.error = task.error or error
        finally:
            with self._mutex:
                successor = self._queue[0] if self._queue else None
                self._busy = successor is not None
            for task in group:
                task.done = True
                task.wake.set()
            if successor is not None:
                successor.wake.set()

    def _write(self, group: list[_Task]) -> None:
        with self._begin() as connection:
            together = Together(connection)
            for task in group:
                try:
                    task.result = task.work(together)
                except Refusal as refusal:
                    task.error = refusal
            together.settle()
