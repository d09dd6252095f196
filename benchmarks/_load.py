"""A small load generator: keep-alive sockets in threads, requests built beforehand, latencies in milliseconds."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What a run measured: replies a second, and the latencies of all replies in ms, sorted."""

    per_second: float
    latencies_ms: tuple[float, ...]
    refused: int

    def percentile(self, share: float) -> float:
        return self.latencies_ms[min(len(self.latencies_ms) - 1, int(share * len(self.latencies_ms)))]


def _reply(connection: socket.socket) -> int:
    """Read one reply to its end; its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            raise ConnectionError("closed in the middle of a reply")
        data += chunk
    head, _, rest = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(rest) < length:
        rest += connection.recv(65536)
    return int(head.split(b" ", 2)[1])


def _client(port: int, request: Callable[[int], bytes], seconds: float) -> tuple[list[float], int]:
    latencies: list[float] = []
    refused, number = 0, 0
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            payload = request(number)
            began = time.perf_counter()
            connection.sendall(payload)
            status = _reply(connection)
            latencies.append((time.perf_counter() - began) * 1000)
            refused += status >= 300
            number += 1
    return latencies, refused


def run(port: int, requests: list[Callable[[int], bytes]], seconds: float) -> Load:
    """Let every client of `requests` send as fast as it is answered, for `seconds`."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(requests)) as pool:
        parts = list(pool.map(lambda request: _client(port, request, seconds), requests))
    took = time.perf_counter() - began
    latencies = sorted(ms for each, _ in parts for ms in each)
    return Load(len(latencies) / took, tuple(latencies), sum(refused for _, refused in parts))


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A whole HTTP/1.1 request."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
