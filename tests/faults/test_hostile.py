"""Whatever is sent to the real server: a reply with a reason, never a 500, and the honest answer after it is saved."""

import http.client
import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.outbox import Checked, Sitter
from tests.support.server import HOST, Server

MEGABYTE = 1_000_000


def event(sitter: Sitter, **more: object) -> dict[str, object]:
    known = {"part": "theory", "kind": "answer", "item_id": sitter.items[0], "value": ["a"]}
    return {"uuid": str(uuid4()), **known, **more}


def raw(text: str) -> Callable[[Sitter], bytes]:
    """A batch of one event in which `@` stands for a value written by hand."""

    def build(sitter: Sitter) -> bytes:
        return json.dumps({"events": [event(sitter, value="@")]}).replace('"@"', text).encode()

    return build


def field(**more: object) -> Callable[[Sitter], bytes]:
    return lambda sitter: json.dumps({"events": [event(sitter, **more)]}).encode()


def literal(body: bytes) -> Callable[[Sitter], bytes]:
    return lambda _sitter: body


HOSTILE: dict[str, Callable[[Sitter], bytes]] = {
    "ten thousand events": lambda s: json.dumps({"events": [event(s)] * 10_000}).encode(),
    "201 events": lambda s: json.dumps({"events": [event(s) for _ in range(201)]}).encode(),
    "no events": literal(b'{"events": []}'),
    "nothing": literal(b""),
    "no object": literal(b"[1, 2]"),
    "half a body": literal(b'{"events": [{"uuid": "'),
    "deep nesting": raw("[" * 50_000 + "]" * 50_000),
    "nesting that just parses": raw("[" * 150 + "]" * 150),
    "a huge integer": raw("9" * 5_000),
    "a large integer for a page event": lambda s: (
        json.dumps({"events": [event(s, kind="device.timing", value="@")]})
        .replace('"@"', "9" * 1_900)
        .encode()
    ),
    "a huge integer for a page event": lambda s: (
        json.dumps({"events": [event(s, kind="device.timing", value="@")]})
        .replace('"@"', "9" * 4_500)
        .encode()
    ),
    "no number": lambda s: json.dumps(
        {"events": [event(s, kind="device.timing", value=float("nan"))]}
    ).encode(),
    "infinity": lambda s: json.dumps(
        {"events": [event(s, kind="device.timing", value=float("inf"))]}
    ).encode(),
    "a huge sequence": field(sequence=10**30),
    "a huge client time": field(client_time_ms=10**30),
    "a negative sequence": field(sequence=-1),
    "NUL in the item": field(kind="page.hidden", item_id="a\0b"),
    "NUL in the part": field(kind="page.hidden", part="\0"),
    "NUL in the kind": field(kind="\0"),
    "NUL in the value": field(kind="page.hidden", value="\0"),
    "NUL in a theory item": field(item_id="\0"),
    "a lone surrogate in the value": raw('"\\ud800"'),
    "a lone surrogate in the item": field(kind="page.hidden", item_id="\ud800"),
    "a lone surrogate as a key": lambda s: json.dumps(
        {"events": [event(s, kind="device.timing", value={"\udfff": 1})]}
    ).encode(),
    "invalid UTF-8": raw('"\xff"'.encode("latin-1").decode("latin-1")),
    "bytes that are no UTF-8": literal(b'{"events": "\xff\xfe\xc0\x80"}'),
    "duplicate keys": literal(b'{"events": [], "events": 7}'),
    "an unknown field of any size": literal(b'{"events": [], "x": "' + b"y" * 200_000 + b'"}'),
}
# What is harmless is kept; everything else is refused with its reason.
HARMLESS = {"NUL in the value"}


def test_hostile_events_are_refused_with_a_reason_and_harm_nobody(served: Server, sitter: Sitter) -> None:
    path = f"/api/v1/attempts/{sitter.attempt_id}/events"
    wrong = {}
    for name, build in HOSTILE.items():
        status, data = sitter.line.ask("POST", path, build(sitter))
        reply = json.loads(data)
        fits = status == 200 if name in HARMLESS else status in {400, 413, 422} and reply.get("message")
        if not fits or b"Traceback" in data:
            wrong[name] = (status, reply.get("error"))
        # A line that carried more than was read may be closed; an outbox then sends again on a new one.
        assert sitter.send_once() or sitter.send_once(), f"an honest answer after {name} was not taken"
    assert not wrong
    assert Checked(sitter.attempt_id).whole_chain(served.platform) is None


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
def test_the_body_counts_not_its_label(served: Server, sitter: Sitter, kind: str) -> None:
    path = f"/api/v1/attempts/{sitter.attempt_id}/events"
    body = json.dumps({"events": [event(sitter)]}).encode()
    assert sitter.line.ask("POST", path, body, {"Content-Type": kind})[0] == 200
    status, data = sitter.line.ask("POST", path, b"--x\r\n\r\nno json", {"Content-Type": kind})
    assert (status, json.loads(data)["error"]) == (422, "body_invalid")


def test_hostile_devices_and_steps_are_refused(served: Server, sitter: Sitter) -> None:
    base = f"/api/v1/attempts/{sitter.attempt_id}"
    bodies = [
        ("/devices", {"device": "12345678\0"}),
        ("/devices", {"device": "\ud800" * 8}),
        ("/devices", {"device": ["x"]}),
        ("/steps", {"step": "camera", "camera": "\0"}),
        ("/steps", {"step": "camera", "camera": "ok", "timezone": "../../etc/passwd"}),
        ("/steps", {"step": "camera", "camera": "ok", "timezone": "\0"}),
        ("/submit", {"part": "\0"}),
        ("/submit", {"part": 7}),
        ("/parts/%00/start", {}),
        ("/notices/%00/seen", {}),
    ]
    for path, body in bodies:
        status, data = sitter.line.ask("POST", base + path, json.dumps(body).encode())
        assert 400 <= status < 500, (path, body, status)
        assert json.loads(data)["message"]


def _resident_kb(pid: int) -> int:
    text = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS"))


def _send_raw(served: Server, sitter: Sitter, path: str, extra: str, pieces: list[bytes]) -> bytes:
    """Speak HTTP by hand; what came back until the server closed or said enough."""
    head = [f"POST {path} HTTP/1.1", "Host: x", *(f"{k}: {v}" for k, v in sitter.line.headers.items()), extra]
    with socket.create_connection((HOST, served.port), timeout=20) as line:
        line.sendall("\r\n".join(head).encode() + b"\r\n\r\n")
        try:
            for piece in pieces:
                line.sendall(piece)
        except OSError:
            # It was refused before it was all sent; the reply may still wait to be read.
            pass
        try:
            return line.recv(65536)
        except ConnectionResetError:
            return b""


@pytest.mark.parametrize("way", ["events", "frames", "photo"])
@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_hundred_megabytes_are_refused_early_and_never_held(
    served: Server, sitter: Sitter, way: str, announced: bool
) -> None:
    sitter.send_once()
    (worker,) = served.workers()
    before = _resident_kb(worker)
    piece = b"x" * MEGABYTE
    path = f"/api/v1/attempts/{sitter.attempt_id}/{way}"
    if announced:
        reply = _send_raw(served, sitter, path, f"Content-Length: {100 * MEGABYTE}", [piece] * 100)
    else:
        chunk = b"%x\r\n" % MEGABYTE + piece + b"\r\n"
        reply = _send_raw(served, sitter, path, "Transfer-Encoding: chunked", [chunk] * 100)
    assert reply == b"" or b" 413 " in reply.partition(b"\r\n")[0], reply[:300]
    assert _resident_kb(worker) - before < 30_000
    assert sitter.send_once()


@pytest.mark.parametrize("body", [b"zz\r\nhello\r\n0\r\n\r\n", b"5\r\nhelloXX\r\n0\r\n\r\n", b"-5\r\nx\r\n"])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_broken_chunked_body_is_refused(served: Server, sitter: Sitter, body: bytes) -> None:
    path = f"/api/v1/attempts/{sitter.attempt_id}/events"
    reply = _send_raw(served, sitter, path, "Transfer-Encoding: chunked", [body])
    assert b" 400 " in reply.partition(b"\r\n")[0], reply[:300]
    assert b"Traceback" not in reply
    assert sitter.send_once()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_slow_bodies_leave_room_for_the_others(served: Server, sitter: Sitter) -> None:
    lines = [socket.create_connection((HOST, served.port), timeout=5) for _ in range(8)]
    path = f"/api/v1/attempts/{sitter.attempt_id}/events"
    head = "\r\n".join(f"{name}: {value}" for name, value in sitter.line.headers.items())
    for line in lines:
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\n{head}\r\nContent-Length: 1000\r\n\r\n{{".encode())
    began = time.monotonic()
    assert sitter.send_once()
    assert time.monotonic() - began < 10
    for line in lines:
        line.close()


JPEG_40_MEGAPIXELS = bytes.fromhex("ffd8ffc0001108") + (5000).to_bytes(2) + (8000).to_bytes(2) + bytes.fromhex(
    "03012200021101031101ffda000c03010002110311003f00"
) + b"\0" * 200 + b"\xff\xd9"  # fmt: skip
PICTURES = {
    "nothing": b"",
    "text": b"hello",
    "PNG": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a JPEG's first bytes alone": b"\xff\xd8",
    "a JPEG cut in its header": b"\xff\xd8\xff\xe0\x00\x10JF",
    "a segment longer than the file": b"\xff\xd8\xff\xe0\xff\xffJFIF\0",
    "a segment of no length": b"\xff\xd8\xff\xe0\x00\x00" * 50,
    "40 megapixels": JPEG_40_MEGAPIXELS,
    "0 pixels": JPEG_40_MEGAPIXELS.replace((5000).to_bytes(2), b"\0\0", 1),
    "an end and nothing else": b"\xff\xd8\xff\xd9",
}


@pytest.mark.parametrize("way", ["frames", "photo"])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_is_no_picture_is_refused_with_its_reason(served: Server, sitter: Sitter, way: str) -> None:
    for name, data in PICTURES.items():
        path = f"/api/v1/attempts/{sitter.attempt_id}/{way}"
        status, reply = sitter.line.ask("POST", path, data, {"Content-Type": "image/jpeg"})
        assert 400 <= status < 500, (name, status, reply)
        assert json.loads(reply)["message"], name
    assert sitter.send_once()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_reply_that_is_cut_off_costs_nothing(served: Server, sitter: Sitter) -> None:
    """The line breaks right after sending: what was stored is acknowledged when it is sent again, once."""
    body = json.dumps({"events": [event(sitter)]}).encode()
    path = f"/api/v1/attempts/{sitter.attempt_id}/events"
    broken = http.client.HTTPConnection(HOST, served.port, timeout=20)
    broken.request("POST", path, body, sitter.line.headers)
    broken.close()
    first = json.loads(sitter.line.ask("POST", path, body)[1])["acknowledged"]
    again = json.loads(sitter.line.ask("POST", path, body)[1])["acknowledged"]
    assert first == again
    assert len(first) == 1
