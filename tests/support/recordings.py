"""Small sounds and films that tests make themselves: a tone, a moving square, and containers built box by box."""

import io
import math
import struct
import tempfile
import wave
from functools import cache
from pathlib import Path

import cv2
import numpy as np


def wav(seconds: float = 0.5, rate: int = 8_000) -> bytes:
    """A tone."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        tone = (int(8000 * math.sin(n * 0.35)) for n in range(int(seconds * rate)))
        file.writeframes(b"".join(struct.pack("<h", each) for each in tone))
    return out.getvalue()


def mp3(seconds: float = 1.0, tag: bytes = b"") -> bytes:
    """Silent frames of 26 ms, 128 kbit/s at 44.1 kHz."""
    frame = b"\xff\xfb\x90\xc0" + bytes(413)
    return tag + frame * round(seconds * 44_100 / 1152)


def id3(length: int = 100) -> bytes:
    return b"ID3\x04\0\0" + bytes([0, 0, length >> 7, length & 127]) + b"A" * length


def _page(flags: int, granule: int, number: int, body: bytes, serial: int = 7) -> bytes:
    lacing = [255] * (len(body) // 255) + [len(body) % 255]
    head = struct.pack("<4sBBQIIIB", b"OggS", 0, flags, granule, serial, number, 0, len(lacing))
    return head + bytes(lacing) + body


def ogg(seconds: float = 1.0) -> bytes:
    """The pages of an Opus stream; what is in its packets nobody decodes here."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    return b"".join(
        (
            _page(2, 0, 0, head),
            _page(0, 0, 1, b"OpusTags" + bytes(8)),
            _page(4, 312 + round(seconds * 48_000), 2, bytes(400)),
        )
    )


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def m4a(seconds: int = 1, note: bytes = b"", codec: bytes = b"mp4a", brand: bytes = b"M4A ") -> bytes:
    """One track of sound; `note` stands where a phone writes the place it was recorded at."""
    start = box(b"ftyp", brand, bytes(4), b"isom")
    media = box(b"mdat", bytes(64))
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), struct.pack(">I4s", 16, codec), bytes(8)),
        box(b"stts", bytes(4), struct.pack(">III", 1, seconds, 1000)),
        box(b"stco", bytes(4), struct.pack(">II", 1, len(start) + 8)),
    )
    track = box(
        b"trak",
        box(b"tkhd", bytes(84)),
        box(
            b"mdia",
            box(b"mdhd", bytes(12), struct.pack(">II", 1000, seconds * 1000), bytes(4)),
            box(b"hdlr", bytes(8), b"soun", bytes(13)),
            box(b"minf", table),
        ),
    )
    return (
        start + media + box(b"moov", box(b"mvhd", bytes(100)), track, *([box(b"udta", note)] if note else []))
    )


@cache
def film(ending: str = "webm", seconds: int = 1, size: tuple[int, int] = (160, 90)) -> bytes:
    """A square that moves: VP8 in WebM, VP9 in MP4."""
    code = {"webm": "VP80", "mp4": "vp09"}[ending]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / f"film.{ending}")
        writer = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*code), 10, size)
        for n in range(10 * seconds):
            frame = np.full((size[1], size[0], 3), 60, np.uint8)
            frame[20:60, (n * 8) % 100 : (n * 8) % 100 + 40] = (40, 160, 240)
            writer.write(frame)
        writer.release()
        return Path(path).read_bytes()
