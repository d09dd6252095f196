"""WAV: RIFF chunks with plain PCM in them."""

import struct

from examapp.services.bank.recording.found import Damaged, Polyglot, Recording, Unplayable, little, whole

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


def read_wav(data: bytes) -> Recording:
    """The recording without any chunk but its format and its samples."""
    end = 8 + little(data, 4, 4)
    if end > len(data):
        raise Damaged("shorter than it says")
    if data[end:].strip(b"\0"):
        raise Polyglot
    chunks: dict[bytes, bytes] = {}
    place = 12
    while place + 8 <= end:
        name, size = whole(data, place, 4), little(data, place + 4, 4)
        if place + 8 + size > end:
            raise Damaged("a chunk longer than the file")
        chunks.setdefault(name, data[place + 8 : place + 8 + size])
        place += 8 + size + size % 2
    if b"fmt " not in chunks or b"data" not in chunks or len(chunks[b"fmt "]) < 16:
        raise Damaged("no format or no samples")
    form, samples = chunks[b"fmt "], chunks[b"data"]
    code, channels, rate, _, block, bits = struct.unpack("<HHIIHH", form[:16])
    if code not in {_PCM, _FLOAT, _EXTENSIBLE}:
        raise Unplayable(f"WAV {code:#x}")
    if not (1 <= channels <= 2 and 8_000 <= rate <= 96_000 and block == channels * bits // 8 > 0):
        raise Damaged("a format that contradicts itself")
    body = b"".join(
        name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2)
        for name, part in ((b"fmt ", form), (b"data", samples))
    )
    plain = b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body
    return Recording("audio", "wav", "audio/wav", len(samples) * 1000 // (block * rate), plain)
