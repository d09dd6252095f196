"""kill -9 of the real server at every commit point and at any moment: nothing acknowledged is lost or changed."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.faults.crashing import POINTS
from tests.faults.outbox import Checked, Sitter
from tests.support.server import Server

PATIENCE_SECONDS = 60.0
# Loaded once, forked for every worker: a killed worker is back within moments.
CRASHING = {"target": "tests.faults.crashing:app", "options": ("--preload",)}


@pytest.fixture
def crashing(tmp_path: Path, database_url: str) -> Iterator[Server]:
    """A server that kills itself where a test says, on SQLite and on PostgreSQL."""
    server = Server(tmp_path / "instance", database_url=database_url, **CRASHING)  # type: ignore[arg-type]
    server.start()
    yield server
    server.kill()
    server.stop()


def _until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.005)


class Siege:
    """Applicants who keep answering while the server is killed, again and again."""

    def __init__(self, server: Server, seed: int, sitters: int = 3) -> None:
        self.server = server
        self.random = Random(seed)
        self.sitters = [Sitter(server, seed + number) for number in range(sitters)]
        self.books = [Checked(sitter.attempt_id) for sitter in self.sitters]
        self.kills = 0

    def _acknowledged(self) -> int:
        return sum(len(sitter.acknowledged) for sitter in self.sitters)

    def _worker_at_point(self, point: str) -> None:
        plan = self.server.instance / "fault.json"
        draft = plan.with_suffix(".draft")
        draft.write_text(json.dumps({"point": point, "nth": self.random.randint(1, 4)}))
        draft.replace(plan)
        # The process takes the plan away just before it kills itself.
        _until(lambda: not plan.exists(), f"the server never came by {point}")

    def _worker_any_time(self) -> None:
        time.sleep(self.random.uniform(0.0, 0.08))
        _until(lambda: bool(self.server.workers()), "no worker")
        os.kill(self.random.choice(self.server.workers()), signal.SIGKILL)

    def _whole_server(self) -> None:
        time.sleep(self.random.uniform(0.0, 0.3))
        self.server.kill()
        self.server.start()

    def kill(self, how: str) -> None:
        """Kill once while everybody sends, wait until answers are taken again, stop, and look at what is there."""
        before = self._acknowledged()
        for sitter in self.sitters:
            sitter.begin()
        try:
            _until(lambda: self._acknowledged() > before, "no answers are taken")
            if how in POINTS:
                self._worker_at_point(how)
            else:
                {"worker": self._worker_any_time, "server": self._whole_server}[how]()
            after = self._acknowledged()
            _until(lambda: self._acknowledged() > after, "no answers are taken after the restart")
        finally:
            for sitter in self.sitters:
                sitter.end()
        self.kills += 1
        for book, sitter in zip(self.books, self.sitters, strict=True):
            book.look(self.server.platform, sitter)

    def conclude(self) -> int:
        """The whole chains, every acknowledgement asked for again, no refusal but 503; how many were acknowledged."""
        for book, sitter in zip(self.books, self.sitters, strict=True):
            assert {status for status, _ in sitter.refusals} <= {503}
            count = len(sitter.acknowledged)
            sitter.send_again_all()
            assert len(sitter.acknowledged) == count
            assert book.whole_chain(self.server.platform) is None
        return self._acknowledged()


def test_nothing_acknowledged_is_lost_when_the_worker_is_killed(crashing: Server) -> None:
    siege = Siege(crashing, seed=7)
    for how in (*POINTS, "worker"):
        siege.kill(how)
    assert siege.conclude() > 0


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_nothing_acknowledged_is_lost_when_the_whole_server_is_killed(crashing: Server) -> None:
    siege = Siege(crashing, seed=8)
    for _ in range(3):
        siege.kill("server")
    assert siege.conclude() > 0


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_a_thousand_kills_lose_nothing(crashing: Server, capsys: pytest.CaptureFixture[str]) -> None:
    siege = Siege(crashing, seed=int(time.time()))
    ways = [*POINTS, "worker"]
    for number in range(1000):
        siege.kill("server" if number % 50 == 49 else ways[number % len(ways)])
    acknowledged = siege.conclude()
    with capsys.disabled():
        print(f"\n{siege.kills} kills, {acknowledged} answers acknowledged, 0 lost")
    assert siege.kills >= 1000
