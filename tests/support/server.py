"""A real server for browser tests: gunicorn as `simexam serve` starts it, on a database and a port of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

from examapp.config import Config
from examapp.persistence import migrate
from examapp.services.platform import Platform, open_platform
from tests.support.sitting import seed_plain_items

_START_SECONDS = 90.0
# Below the ports that connections are given: one that leads nowhere would else take the port of a server that is down.
_PORTS = range(10_240, 32_768)
HOST = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens at, drawn at random so that test processes don't choose the same."""
    while True:
        port = SystemRandom().choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind((HOST, port))
            return port


class Server:
    """The web server in a process of its own; `kill` it like a power cut, `start` it again on the same port."""

    def __init__(
        self,
        instance: Path,
        environment: dict[str, str] | None = None,
        *,
        database_url: str | None = None,
        target: str = "examapp.app:create_app()",
        options: Sequence[str] = (),
    ) -> None:
        instance.mkdir(parents=True, exist_ok=True)
        self.instance = instance
        self.port = free_port()
        self.database_url = database_url or f"sqlite:///{instance / 'simexam.sqlite3'}"
        # Another WSGI target and more gunicorn options are for tests that make the server fail.
        self._target, self._options = target, options
        self._environment = {
            **os.environ,
            "SIMEXAM_INSTANCE": str(instance),
            "SIMEXAM_DATABASE_URL": self.database_url,
            "SIMEXAM_LOG_LEVEL": "WARNING",
            "SIMEXAM_RATE_LIMITS": "0",
            **(environment or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        migrate.upgrade(self.database_url)
        self.platform = self._open_platform()
        seed_plain_items(self.platform)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def workers(self) -> list[int]:
        """Process ids of the web workers at this moment."""
        if self._process is None:
            return []
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        try:
            return [int(each) for each in children.read_text().split()]
        except FileNotFoundError:
            return []

    def _open_platform(self) -> Platform:
        model = self.instance / "models" / "face_landmarker.task"
        return open_platform(Config(instance=self.instance, database_url=self.database_url, model_path=model))

    def start(self) -> None:
        command = [
            *(sys.executable, "-m", "gunicorn", self._target),
            *("--bind", f"{HOST}:{self.port}", "--worker-class", "gthread", "--threads", "16"),
            *("--timeout", "60", "--graceful-timeout", "2", "--log-level", "warning", "--no-control-socket"),
            *self._options,
        ]
        with (self.instance / "server.log").open("ab") as log:
            # A group of its own, so that killing it takes the worker with it.
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.instance / "server.log").read_text()[-4000:])
            time.sleep(0.05)

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """End it at once and unasked, as a power cut would."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        self.platform.database.dispose()
