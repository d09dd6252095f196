"""Keeps a handful of programs running: restarts what crashes, stops all together, leaves no orphan."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("simexam.supervisor")

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
# One that ran this long counts as healthy: its next crash starts again at the shortest pause.
HEALTHY_AFTER_SECONDS = 60.0
STOP_WITHIN_SECONDS = 9.0
_POLL_SECONDS = 0.25
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """What to run: its name in the logs, its arguments, how far it steps back for others (0-19)."""

    name: str
    arguments: Sequence[str]
    nice: int = 0


@dataclass(slots=True)
class _Child:
    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    crashes: int = 0
    start_at: float = field(default=0.0)


def pause_after(crashes: int) -> float:
    """Seconds to wait after the n-th crash in a row (n ≥ 1): 1, 2, 4 … 60."""
    return float(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (crashes - 1)))


def _tie_to_parent(nice: int, parent: int) -> Callable[[], None]:
    """What a child does before it becomes its program: ask Linux to end it when the supervisor is gone."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            # The supervisor may have died before that call: then nobody would ever send the signal.
            if os.getppid() != parent:
                os._exit(1)
        if nice:
            os.nice(nice)

    return prepare


class Supervisor:
    """Runs `programs` until `stop()`; `run` blocks and returns the exit status for the whole."""

    def __init__(self, programs: Sequence[Program], environment: Mapping[str, str]) -> None:
        self._children = [_Child(program) for program in programs]
        self._environment = dict(environment)
        self._stopping = threading.Event()

    def stop(self, *_: object) -> None:
        self._stopping.set()

    def run(self, while_starting: Callable[[], bool] | None = None) -> int:
        """Start all and watch. `while_starting` is asked at every look until it returns True (ready)."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        ready = while_starting is None
        try:
            while not self._stopping.is_set():
                for child in self._children:
                    self._look_after(child)
                if not ready and while_starting is not None:
                    ready = while_starting()
                self._stopping.wait(_POLL_SECONDS)
        finally:
            self._end_all()
        return 0

    def alive(self, name: str) -> bool:
        """Whether the program `name` runs at this moment."""
        return any(
            child.process is not None and child.process.poll() is None
            for child in self._children
            if child.program.name == name
        )

    def crashes(self, name: str) -> int:
        return sum(child.crashes for child in self._children if child.program.name == name)

    def _look_after(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.start_at:
                self._start(child)
            return
        status = child.process.poll()
        if status is None:
            return
        if now - child.started > HEALTHY_AFTER_SECONDS:
            child.crashes = 0
        child.crashes += 1
        wait = pause_after(child.crashes)
        child.process, child.start_at = None, now + wait
        log.error("worker_stopped", worker=child.program.name, status=status, restart_in_seconds=wait)

    def _start(self, child: _Child) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops the others in order.
        child.process = subprocess.Popen(  # noqa: S603 -- our own programs, never a user's words
            list(child.program.arguments),
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_tie_to_parent(child.program.nice, os.getpid()),  # noqa: PLW1509 -- one thread only
        )
        child.started = time.monotonic()
        log.info("worker_started", worker=child.program.name, pid=child.process.pid)

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("worker_killed", pid=process.pid)
                # Its whole session: a web server's own workers must not outlive it.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
