"""A disk without room and a database that somebody else holds: refused or waited for, never lost or falsely said."""

import contextlib
import resource
import sqlite3
import time
from collections.abc import Iterator

import psycopg
import pytest

from examapp.domain.errors import Unavailable
from examapp.persistence.store import FolderStore
from tests.faults.outbox import Checked, Sitter
from tests.support.camera import wait_for
from tests.support.marks import only_sqlite
from tests.support.server import Server

HELD_SECONDS = 3.0


def _limit_files(served: Server, largest: int) -> None:
    """No file of the web worker may grow beyond `largest` bytes from now on: the kernel refuses the write."""
    for worker in served.workers():
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


@only_sqlite
def test_without_room_nothing_is_acknowledged_and_with_room_the_same_batch_is_taken(
    served: Server, sitter: Sitter
) -> None:
    assert sitter.send_once()
    book = Checked(sitter.attempt_id)
    # The size at which the write-ahead log stands: it can't take one page more.
    _limit_files(served, 4096)
    for _ in range(5):
        sitter.send_once()
    assert {(status, reply["error"]) for status, reply in sitter.refusals} == {(503, "disk_full")}
    assert all(reply["message"] and reply["now"] for _, reply in sitter.refusals)
    book.look(served.platform, sitter)
    kept = [event["uuid"] for event in sitter.waiting]
    _limit_files(served, resource.RLIM_INFINITY)
    assert sitter.send_once()
    assert set(kept) <= set(sitter.acknowledged)
    book.look(served.platform, sitter)
    assert book.whole_chain(served.platform) is None


@pytest.mark.parametrize("reserved", [10**18])
def test_the_picture_store_says_so_when_there_is_no_room(tmp_path, reserved: int) -> None:
    store = FolderStore(tmp_path / "store", reserved_bytes=reserved)
    with pytest.raises(Unavailable, match="store_full"):
        store.put("a/b", b"x")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@contextlib.contextmanager
def _held(url: str) -> Iterator[None]:
    """Somebody else's transaction that keeps every answer from being written."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.rollback()
    else:
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE attempt_event IN ACCESS EXCLUSIVE MODE")
            yield
            other.rollback()


def test_answers_wait_while_the_database_is_held_and_none_is_lost(
    served: Server, sitter: Sitter, database_url: str
) -> None:
    assert sitter.send_once()
    before = len(sitter.acknowledged)
    with _held(database_url):
        sitter.begin()
        # What is under test is this very stretch of time in which nothing can be written.
        time.sleep(HELD_SECONDS)
        during = len(sitter.acknowledged)
    wait_for(lambda: len(sitter.acknowledged) > before, what="answers to be taken again")
    sitter.end()
    assert during == before, "acknowledged while nothing could be written"
    assert {status for status, _ in sitter.refusals} <= {503}
    book = Checked(sitter.attempt_id)
    book.look(served.platform, sitter)
    assert book.whole_chain(served.platform) is None
