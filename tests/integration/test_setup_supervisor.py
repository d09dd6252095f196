"""One command starts everything and stops everything: crashes are repaired, nothing is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from examapp.cli.addresses import is_loopback, why_not_bindable
from examapp.cli.supervisor import LONGEST_PAUSE_SECONDS, pause_after
from tests.support.repository import ROOT

# A supervisor of one program that writes its process id and then waits, or ends at once.
_SUPERVISOR = """
import os, sys
from examapp.cli.supervisor import Program, Supervisor
child = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); " + sys.argv[2]
Supervisor([Program("child", [sys.executable, "-c", child, sys.argv[1]])], os.environ).run()
"""
WAITS = "time.sleep(600)"
CRASHES = "sys.exit(3)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def _until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Look again and again; fail when it does not come true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        # A process that ended but was not waited for yet counts as gone.
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


class Running:
    def __init__(self, folder: Path, behaviour: str) -> None:
        self._pids = folder / "pids"
        self._pids.touch()
        arguments = [sys.executable, "-c", _SUPERVISOR, str(self._pids), behaviour]
        self.process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def pids(self) -> list[int]:
        return [int(line) for line in self._pids.read_text().splitlines()]


@pytest.fixture
def begin(tmp_path: Path):
    started: list[Running] = []

    def start(behaviour: str) -> Running:
        started.append(Running(tmp_path, behaviour))
        return started[-1]

    yield start
    for running in started:
        for pid in [running.process.pid, *running.pids()]:
            if _alive(pid):
                os.kill(pid, signal.SIGKILL)
        running.process.communicate()


def test_a_crashed_program_is_started_again_and_logged(begin) -> None:
    running = begin(CRASHES)
    _until(lambda: len(running.pids()) >= 2)
    running.process.send_signal(signal.SIGTERM)
    said = b"".join(running.process.communicate(timeout=60)).decode()
    assert "worker_stopped" in said and "restart_in_seconds" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_the_supervisor_stops_its_programs(begin, number: int) -> None:
    running = begin(WAITS)
    _until(lambda: len(running.pids()) == 1)
    running.process.send_signal(number)
    assert running.process.wait(timeout=60) == 0
    assert not _alive(running.pids()[0])


def test_a_program_that_will_not_stop_is_stopped_all_the_same(begin) -> None:
    running = begin(DEAF)
    _until(lambda: len(running.pids()) == 1)
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=60) == 0
    assert not _alive(running.pids()[0])


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ties a process to its parent")
def test_a_killed_supervisor_leaves_no_orphan(begin) -> None:
    running = begin(WAITS)
    _until(lambda: len(running.pids()) == 1)
    running.process.kill()
    running.process.wait(timeout=60)
    _until(lambda: not _alive(running.pids()[0]))


def test_pauses_double_up_to_a_minute() -> None:
    assert [pause_after(n) for n in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert pause_after(50) == LONGEST_PAUSE_SECONDS


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        obstacle = why_not_bindable("127.0.0.1", port)
        assert obstacle is not None
        assert str(port) in obstacle.what and "make run PORT=" in obstacle.to_do
        setting_up = subprocess.run(
            [sys.executable, "tools/setup.py", "run"],
            cwd=ROOT,
            env={**os.environ, "HOST": "127.0.0.1", "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert setting_up.returncode == 1
        assert obstacle.what in setting_up.stderr and setting_up.stdout == ""
    assert why_not_bindable("127.0.0.1", port) is None


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.7"])
def test_a_host_that_is_not_this_machine_is_refused_with_a_way_out(host: str) -> None:
    obstacle = why_not_bindable(host, 8000)
    assert obstacle is not None and host in obstacle.what and "HOST=127.0.0.1" in obstacle.to_do


@pytest.mark.parametrize("port", [0, 65536, 10**12])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    obstacle = why_not_bindable("127.0.0.1", port)
    assert obstacle is not None and str(port) in obstacle.what


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        *((host, True) for host in ("127.0.0.1", "::1", "localhost", "127.8.9.1")),
        *((host, False) for host in ("0.0.0.0", "::", "192.168.1.5", "exam.example", "")),
    ],
)
def test_only_loopback_counts_as_this_machine_alone(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
