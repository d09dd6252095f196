"""Answers acknowledged a second and their p99, beside a bare Flask endpoint that inserts the same row.

Both run under the same gunicorn with the same threads on the same disk, in short turns, so that a machine or a disk
that slows down for a while slows both; each figure is the median of the turns, the ratio that of the pairs' ratios.
Rate limits are off in both: the load generator is one impatient machine.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks import _load

CLIENTS = 16
THREADS = 16
SECONDS = 1.5
ROUNDS = 8
LEAST_SHARE = 0.5
P99_LIMIT_MS = 200.0


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _server(target: str, environment: dict[str, str]) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}"]
    command += [
        "--worker-class",
        "gthread",
        "--workers",
        "1",
        "--threads",
        str(THREADS),
        "--keep-alive",
        "15",
    ]
    command += ["--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _sitters(instance: Path) -> list[Callable[[int], bytes]]:
    """Signed-in applicants in running theory exams, each as a maker of requests."""
    from examapp.app import create_app
    from examapp.config import Config
    from examapp.persistence.migrate import upgrade
    from tests.support.browserless import Browserless
    from tests.support.people import make_applicant
    from tests.support.sitting import begun, keys_of

    config = Config(
        instance=instance,
        database_url=f"sqlite:///{instance / 'simexam.sqlite3'}",
        model_path=instance / "none",
        rate_limits=False,
        log_level="ERROR",
        password_memory_kib=8,
        password_passes=1,
    )
    upgrade(config.database_url)
    app = create_app(config)
    platform = app.extensions["simexam"]
    makers = []
    for _ in range(CLIENTS):
        applicant = make_applicant(platform)
        attempt_id = begun(platform, applicant)
        visitor = Browserless(app)
        visitor.sign_in(applicant.login, applicant.password)
        cookie = visitor.client.get_cookie("simexam").value
        headers = {"Cookie": f"simexam={cookie}", "X-CSRFToken": visitor.token()}
        cookie_after = visitor.client.get_cookie("simexam").value
        headers["Cookie"] = f"simexam={cookie_after}"
        makers.append(_maker(attempt_id, list(keys_of(platform, attempt_id)), headers))
    platform.database.dispose()
    return makers


def _event(item: str) -> bytes:
    event = {"uuid": str(uuid4()), "part": "theory", "kind": "answer", "item_id": item, "value": ["a"]}
    return json.dumps({"events": [event]}).encode()


def _maker(attempt_id: UUID, items: list[str], headers: dict[str, str]) -> Callable[[int], bytes]:
    path = f"/api/v1/attempts/{attempt_id}/events"
    headers = {**headers, "Content-Type": "application/json", "Accept-Encoding": "identity"}
    return lambda number: _load.post(path, _event(items[number % len(items)]), headers)


def _bare_makers() -> list[Callable[[int], bytes]]:
    def maker() -> Callable[[int], bytes]:
        attempt = uuid4()
        headers = {"Content-Type": "application/json"}
        return lambda number: _load.post(f"/events/{attempt}/{number}", _event("RAM-0001"), headers)

    return [maker() for _ in range(CLIENTS)]


def _line(
    name: str, value: float, unit: str, reference: str, reference_value: float, ratio: float | None = None
) -> None:
    ratio = round(value / reference_value if ratio is None else ratio, 3)
    figures = {"value": round(value, 2), "unit": unit, "reference": reference}
    print(json.dumps({"name": name, **figures, "reference_value": round(reference_value, 2), "ratio": ratio}))


def main() -> None:
    ours: list[_load.Load] = []
    bare: list[_load.Load] = []
    with tempfile.TemporaryDirectory(prefix="simexam-bench-") as folder:
        instance = Path(folder) / "instance"
        makers = _sitters(instance)
        settings = {
            "SIMEXAM_INSTANCE": str(instance),
            "SIMEXAM_RATE_LIMITS": "0",
            "SIMEXAM_LOG_LEVEL": "INFO",
        }
        peer = {"BARE_DATABASE": str(Path(folder) / "bare.sqlite3")}
        with (
            _server("examapp.app:create_app()", settings) as port,
            _server("benchmarks._bare:app", peer) as beside,
        ):
            _load.run(port, makers, 1.0)
            _load.run(beside, _bare_makers(), 1.0)
            for _ in range(ROUNDS):
                bare.append(_load.run(beside, _bare_makers(), SECONDS))
                ours.append(_load.run(port, makers, SECONDS))
    refused = sum(load.refused for load in ours)
    if refused:
        raise SystemExit(f"{refused} answers were refused: the figures would mean nothing")
    rate, peer_rate = (statistics.median(load.per_second for load in each) for each in (ours, bare))
    p99, peer_p99 = (statistics.median(load.percentile(0.99) for load in each) for each in (ours, bare))
    share = statistics.median(a.per_second / b.per_second for a, b in zip(ours, bare, strict=True))
    _line("answers_per_second", rate, "1/s", f"bare Flask insert (at least {LEAST_SHARE})", peer_rate, share)
    _line("answer_p99", p99, "ms", "bare Flask insert", peer_p99)
    _line("answer_p99_limit", p99, "ms", "limit", P99_LIMIT_MS)


if __name__ == "__main__":
    main()
