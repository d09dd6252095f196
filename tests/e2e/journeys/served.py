"""The whole platform as `simexam serve` starts it: web server, frame analysis with the real model, periodic work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from examapp.persistence.photo_desk import open_desk
from tests.support.repository import ROOT
from tests.support.server import Server

MODEL = ROOT / "instance" / "models" / "face_landmarker.task"
_START_SECONDS = 90.0


def until(condition: Callable[[], object], what: str, seconds: float = 60.0) -> None:
    """Look again and again until `condition` holds; fails with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"after {seconds:.0f} seconds still not so: {what}"
        time.sleep(0.1)


def the_model() -> Path:
    """The face model, fetched and checked as set-up does it."""
    fetch = [sys.executable, str(ROOT / "tools" / "fetch_model.py"), "--to", str(MODEL)]
    subprocess.run(fetch, check=True, capture_output=True)
    return MODEL


class Served(Server):
    """`simexam serve` in a process of its own, on a database, a folder and a port of its own."""

    def __init__(self, instance: Path) -> None:
        super().__init__(instance, {"SIMEXAM_MODEL": str(the_model())})

    def start(self) -> None:
        command = [sys.executable, "-m", "examapp.cli", "serve", "--port", str(self.port)]
        log_path = self.instance / "server.log"
        with log_path.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + _START_SECONDS
        while not (self._ready() and self.looks()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log_path.read_text()[-4000:])
            time.sleep(0.1)

    def looks(self) -> bool:
        """Whether the frame analysis has its model and is at work."""
        return open_desk(self.instance).attended()

    def kill(self) -> None:
        """End everything at once and unasked, as a power cut would: the supervisor first, then what it started."""
        if self._process is None or self._process.poll() is not None:
            return
        started = _children(self._process.pid)
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        for child in started:
            try:
                # Each leads a session of its own, so this takes a web server's workers with it.
                os.killpg(child, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.platform.database.dispose()


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]
