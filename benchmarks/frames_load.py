"""What ten times the camera frames cost an answer: its p99 at the usual pace of frames and at ten times that.

Every client answers four times a second; a frame every two seconds is usual, every 200 ms is ten times that. Both
loads go to the same server by turns, so that the ratio compares like with like.
"""

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import numpy as np

from tests.faults.line import Line
from tests.support.camera import jpeg_of
from tests.support.people import make_applicant
from tests.support.portrait import draw_portrait
from tests.support.server import Server
from tests.support.sitting import begun, keys_of

CLIENTS, ROUNDS, SECONDS = 11, 3, 8.0
ANSWER_EVERY, FRAME_EVERY, TIMES = 0.25, 2.0, 10
LIMIT = 1.10


def _steady(every: float, offset: float, end: float, work: Callable[[], None]) -> None:
    """Call `work` at a steady pace until `end`; what runs late is not made up for."""
    due = time.perf_counter() + offset
    while due < end:
        time.sleep(max(0.0, due - time.perf_counter()))
        work()
        due = max(due + every, time.perf_counter())


class _Client:
    """One applicant: answers on one line, frames on another, as a browser does."""

    def __init__(self, server: Server) -> None:
        person = make_applicant(server.platform)
        self.attempt = begun(server.platform, person)
        self.item = next(iter(keys_of(server.platform, self.attempt)))
        self.answers, self.frames = Line(server, person), Line(server, person)
        self.latencies: list[float] = []
        self.refused = self.sequence = 0

    def answer(self) -> None:
        event = {
            "uuid": str(uuid4()),
            "part": "theory",
            "kind": "answer",
            "item_id": self.item,
            "value": ["a"],
        }
        began = time.perf_counter()
        status, _ = self.answers.send(self.attempt, [event])
        self.latencies.append((time.perf_counter() - began) * 1000)
        self.refused += status != 200

    def frame(self, picture: bytes) -> None:
        self.sequence += 1
        headers = {"Content-Type": "image/jpeg", "X-Frame-Sequence": str(self.sequence)}
        status, _ = self.frames.ask("POST", f"/api/v1/attempts/{self.attempt}/frames", picture, headers)
        self.refused += status != 202


def _p99(clients: list[_Client], picture: bytes, frame_every: float) -> float:
    for client in clients:
        client.latencies.clear()
    end = time.perf_counter() + SECONDS
    threads = []
    for number, client in enumerate(clients):
        share = number / len(clients)
        jobs = [
            (ANSWER_EVERY, share * ANSWER_EVERY, client.answer),
            (frame_every, share * frame_every, lambda client=client: client.frame(picture)),
        ]
        threads += [threading.Thread(target=_steady, args=(e, o, end, work)) for e, o, work in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(ms for client in clients for ms in client.latencies)
    return times[int(0.99 * (len(times) - 1))]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="simexam-frames-") as folder:
        server = Server(Path(folder) / "instance", options=("--keep-alive", "15"))
        server.start()
        try:
            clients = [_Client(server) for _ in range(CLIENTS)]
            picture = jpeg_of(np.asarray(draw_portrait(0.0)))
            _p99(clients, picture, FRAME_EVERY)
            usual, heavy = [], []
            for _ in range(ROUNDS):
                usual.append(_p99(clients, picture, FRAME_EVERY))
                heavy.append(_p99(clients, picture, FRAME_EVERY / TIMES))
        finally:
            server.stop()
    print(f"p99 by turns: usual {usual}, heavy {heavy}, {len(picture)} bytes a frame", file=sys.stderr)
    refused = sum(client.refused for client in clients)
    if refused:
        raise SystemExit(f"{refused} requests were refused: the figures would mean nothing")
    value, reference = statistics.median(heavy), statistics.median(usual)
    named = {"name": f"answer p99 at {TIMES} times the frames", "value": round(value, 2), "unit": "ms"}
    beside = {"reference": f"p99 at the usual pace (at most {LIMIT})", "reference_value": round(reference, 2)}
    print(json.dumps({**named, **beside, "ratio": round(value / reference, 3)}))


if __name__ == "__main__":
    main()
