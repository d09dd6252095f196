"""MP3: frames one behind the other, with tags before and after them that are left out."""

from examapp.services.bank.recording.found import Damaged, Polyglot, Recording, number, whole

# Layer III, kbit/s by the header's index: MPEG 1, and MPEG 2 and 2.5 (ISO/IEC 11172-3, 2.4.2.3; 13818-3).
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
# Fewer frames in a row may be chance in any file.
_LEAST_FRAMES = 8
_OLD_TAG = 128


def read_mp3(data: bytes) -> Recording:
    """The frames alone. Raises `Damaged` where the frames break off, `Polyglot` where something else follows them."""
    start = _behind_tag(data)
    place, frames, micros = start, 0, 0
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] & 0xE0 == 0xE0:
        size, length = _frame(data, place)
        whole(data, place, size)
        place, frames, micros = place + size, frames + 1, micros + length
    if frames < _LEAST_FRAMES:
        raise Damaged("too few frames")
    rest = data[place:]
    if rest[:3] == b"TAG" and len(rest) >= _OLD_TAG:
        rest = rest[_OLD_TAG:]
    if rest.strip(b"\0"):
        raise Polyglot
    return Recording("audio", "mp3", "audio/mpeg", micros // 1000, data[start:place])


def looks_like_mp3(data: bytes) -> bool:
    return data[:3] == b"ID3" or (len(data) > 4 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2)


def _behind_tag(data: bytes) -> int:
    """Where the frames begin: behind an ID3v2 tag, whose length has seven bits a byte."""
    if data[:3] != b"ID3":
        return 0
    length = 0
    for each in whole(data, 6, 4):
        if each > 0x7F:
            raise Damaged("a tag without a length")
        length = length << 7 | each
    return 10 + length + (10 if data[5] & 0x10 else 0)


def _frame(data: bytes, place: int) -> tuple[int, int]:
    """Bytes and microseconds of the frame at `place`."""
    head = number(data, place, 4)
    version, layer, index, rate_index = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if version == 1 or layer != 1 or index in {0, 15} or rate_index == 3:
        raise Damaged("no frame of layer III")
    rate = _RATES[version][rate_index]
    kbits = (_KBITS_1 if version == 3 else _KBITS_2)[index]
    samples = 1152 if version == 3 else 576
    return samples // 8 * kbits * 1000 // rate + (head >> 9 & 1), samples * 1_000_000 // rate
