"""A start storm: many applicants begin their theory exam within seconds; errors, and the p99 of the start.

Far tighter than the promise (a minute): every applicant starts within `WITHIN_SECONDS`.
"""

import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from tests.faults.line import BROKEN, Line
from tests.support.people import make_applicant
from tests.support.server import Server
from tests.support.sitting import prepared

APPLICANTS = 60
WITHIN_SECONDS = 7.0
P99_LIMIT_MS = 2000.0


def _figure(name: str, value: float, unit: str, reference: str, limit: float) -> None:
    ratio = round(value / limit, 4) if limit else value
    figures = {"value": round(value, 2), "unit": unit, "reference": reference}
    print(json.dumps({"name": name, **figures, "reference_value": limit, "ratio": ratio}), flush=True)


def _start(line: Line, attempt: str, at: float) -> tuple[float, bool]:
    time.sleep(max(0.0, at - time.perf_counter()))
    # A fresh connection, as a phone that waited opens one: the old one was closed for idleness.
    line.connect()
    began = time.perf_counter()
    try:
        status, data = line.ask("POST", f"/api/v1/attempts/{attempt}/parts/theory/start", b"{}")
        if status != 200:
            print(status, data[:200], file=sys.stderr)
    except BROKEN as error:
        status = 0
        print(repr(error), file=sys.stderr)
    return (time.perf_counter() - began) * 1000, status == 200


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="simexam-storm-") as folder:
        server = Server(Path(folder) / "instance")
        server.start()
        try:
            people = [make_applicant(server.platform) for _ in range(APPLICANTS)]
            attempts = [str(prepared(server.platform, person)) for person in people]
            lines = [Line(server, person) for person in people]
            print(f"{APPLICANTS} applicants are ready", file=sys.stderr)
            random, now = Random(1), time.perf_counter() + 0.5
            moments = [now + random.uniform(0, WITHIN_SECONDS) for _ in people]
            with ThreadPoolExecutor(APPLICANTS) as pool:
                replies = list(pool.map(_start, lines, attempts, moments))
        finally:
            server.stop()
    times = sorted(ms for ms, _ in replies)
    p99 = times[min(len(times) - 1, int(0.99 * len(times)))]
    errors = sum(not well for _, well in replies)
    a_minute = round(APPLICANTS * 60 / WITHIN_SECONDS)
    _figure(f"start storm, errors ({a_minute} starts a minute)", errors, "replies", "limit", 0)
    _figure(f"start storm, p99 ({a_minute} starts a minute)", p99, "ms", "limit", P99_LIMIT_MS)
    if errors:
        raise SystemExit(f"{errors} starts failed")


if __name__ == "__main__":
    main()
