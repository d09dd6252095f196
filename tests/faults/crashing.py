"""The platform's own app in a process that kills itself where it is told to: a fault injector, not a test double.

`fault.json` in the instance folder says where and at which time: {"point": "before_commit", "nth": 2}.
The file is taken away first, so that the process started next goes on.
"""

import json
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from examapp.app import create_app
from examapp.config import load_config

POINTS = ("insert", "move_head", "before_commit", "after_commit", "reply")


class _Fault:
    """Counts how often each point is passed since the plan was laid down."""

    def __init__(self, plan: Path) -> None:
        self._plan = plan
        self._lock = threading.Lock()
        self._passed = 0

    def passing(self, point: str) -> None:
        with self._lock:
            try:
                plan = json.loads(self._plan.read_text())
            except (FileNotFoundError, ValueError):
                return
            if plan["point"] != point:
                return
            self._passed += 1
            if self._passed >= plan["nth"]:
                self._plan.unlink()
                os.kill(os.getpid(), signal.SIGKILL)


def _watch(engine: Engine, fault: _Fault) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def statement(_c: Any, _cursor: Any, text: str, *_: Any) -> None:
        if text.startswith("INSERT INTO attempt_event"):
            fault.passing("insert")
        elif text.startswith("UPDATE attempt SET event_count"):
            fault.passing("move_head")

    commit = engine.dialect.do_commit

    def watched_commit(connection: Any) -> None:
        fault.passing("before_commit")
        commit(connection)
        fault.passing("after_commit")

    engine.dialect.do_commit = watched_commit  # type: ignore[method-assign]


class Crashing:
    """A WSGI app; the platform behind it is made in the worker, after the fork, so that no connection is shared."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._lock:
            if self._app is None:
                config = load_config()
                self._fault = _Fault(config.instance / "fault.json")
                made = create_app(config)
                _watch(made.extensions["simexam"].database.engine, self._fault)
                self._app = made
        answer: Iterable[bytes] = self._app(environ, start_response)
        if environ["PATH_INFO"].endswith("/events"):
            self._fault.passing("reply")
        return answer


app = Crashing()
