"""Which container a file is, by its first bytes, and what it holds."""

from collections.abc import Callable

from examapp.services.bank.recording.found import Recording
from examapp.services.bank.recording.mp3 import looks_like_mp3, read_mp3
from examapp.services.bank.recording.mp4 import read_mp4
from examapp.services.bank.recording.ogg import read_ogg
from examapp.services.bank.recording.wav import read_wav
from examapp.services.bank.recording.webm import read_webm


def probe(data: bytes) -> Recording | None:
    """What `data` holds; None when it begins as none of the containers we know.

    Raises `Damaged`, `Polyglot` or `Unplayable` (all `ValueError`) for one that begins well. Time and memory are
    bounded by the file's own length.
    """
    reader = _reader(data)
    return reader(data) if reader else None


def _reader(data: bytes) -> Callable[[bytes], Recording] | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return read_wav
    if data[:4] == b"OggS":
        return read_ogg
    if data[4:8] == b"ftyp":
        return read_mp4
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return read_webm
    return read_mp3 if looks_like_mp3(data) else None
