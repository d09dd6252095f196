"""The engine and its transactions. SQLite is set so that a commit is on the disk when it returns."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from examapp.persistence.group_commit import GroupCommit
from examapp.persistence.together import Together

T = TypeVar("T")

BUSY_TIMEOUT_MS = 15_000


def _configure_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: we say how each one begins, below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL, not NORMAL: in WAL mode NORMAL may lose the last acknowledged commits when the power goes.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading a read lock later fails under load instead of waiting.
        mode = connection.get_execution_options().get("begin_mode", "IMMEDIATE")
        if mode:
            # By the driver itself: two words at every answer don't need what a statement of ours goes through. Its own
            # error is turned into SQLAlchemy's by hand, so that a busy database reads the same wherever it is met.
            try:
                connection.connection.driver_connection.execute(f"BEGIN {mode}")  # type: ignore[union-attr]
            except sqlite3.OperationalError as error:
                raise OperationalError(f"BEGIN {mode}", None, error) from error


class Database:
    """Where sessions come from: `writing()` commits or rolls back as one, `reading()` never writes."""

    def __init__(self, url: str, pool_size: int = 20) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        if url.startswith("postgresql://"):
            url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        if self.is_sqlite:
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            self.engine = create_engine(url, pool_size=pool_size, max_overflow=4)
            _configure_sqlite(self.engine)
        else:
            self.engine = create_engine(url, pool_size=pool_size, max_overflow=4, pool_pre_ping=True)
        self._write = sessionmaker(self.engine, expire_on_commit=False)
        read_options = {"begin_mode": "DEFERRED"} if self.is_sqlite else {"postgresql_readonly": True}
        self._read = sessionmaker(self.engine.execution_options(**read_options), expire_on_commit=False)
        # One statement needs no transaction around it; on SQLite that saves two more.
        single = {"begin_mode": None} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._single = self.engine.execution_options(**single)
        # SQLite lets waiting writers poll; within this process they queue here instead, and wake at once. Reentrant,
        # so that a writer inside a writer meets SQLite's own refusal rather than waiting for itself for ever.
        self._gate = threading.RLock()
        self._group = GroupCommit(self._begin_gated)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: committed when the block ends, rolled back when it raises."""
        if self.is_sqlite:
            with self._gate, self._write() as session, session.begin():
                yield session
        else:
            with self._write() as session, session.begin():
                yield session

    def write_together(self, work: Callable[[Together], T]) -> T:
        """Do a small `work` in a transaction, on SQLite together with others' (see `GroupCommit` for its duties)."""
        if self.is_sqlite:
            return self._group.run(work)
        with self.engine.begin() as connection:
            together = Together(connection)
            result = work(together)
            together.settle()
            return result

    @contextmanager
    def _begin_gated(self) -> Iterator[Connection]:
        with self._gate, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A bare connection for one statement that reads, where a request's pace counts and no ORM is needed."""
        with self._single.connect() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to look things up with."""
        with self._read() as session, session.begin():
            yield session

    def dispose(self) -> None:
        self.engine.dispose()
