"""Ogg: the pages of one stream of Opus or Vorbis (RFC 3533, RFC 7845)."""

from examapp.services.bank.recording.found import Damaged, Polyglot, Recording, Unplayable, little, whole

_FIRST, _LAST = 2, 4
_NO_PACKET_ENDS = 2**64 - 1
# An Opus granule always counts at this rate.
_OPUS_RATE = 48_000


def read_ogg(data: bytes) -> Recording:
    """The recording as it is. Raises `Damaged` where a page is missing or the last one never comes."""
    place, count, granule, over = 0, 0, 0, False
    rate, skipped = _head(data)
    serial = little(data, 14, 4)
    while place < len(data):
        if over:
            raise Polyglot
        if whole(data, place, 5) != b"OggS\0" or little(data, place + 14, 4) != serial:
            raise Damaged("no page of the stream")
        flags, reached = data[place + 5], little(data, place + 6, 8)
        if little(data, place + 18, 4) != count or bool(flags & _FIRST) != (count == 0):
            raise Damaged("a page is missing")
        if reached != _NO_PACKET_ENDS:
            if reached < granule:
                raise Damaged("time runs backwards")
            granule = reached
        segments = whole(data, place + 27, little(data, place + 26, 1))
        whole(data, place + 27 + len(segments), sum(segments))
        place, count, over = place + 27 + len(segments) + sum(segments), count + 1, bool(flags & _LAST)
    if not over or count < 3:
        raise Damaged("without an end")
    return Recording("audio", "ogg", "audio/ogg", max(0, granule - skipped) * 1000 // rate, data)


def _head(data: bytes) -> tuple[int, int]:
    """The rate that granules count in, and how many at the start are silent, from the first packet."""
    start = 27 + little(data, 26, 1)
    if data[start : start + 8] == b"OpusHead":
        return _OPUS_RATE, little(data, start + 10, 2)
    if data[start : start + 7] == b"\x01vorbis":
        rate = little(data, start + 12, 4)
        if 8_000 <= rate <= 96_000:
            return rate, 0
        raise Damaged("a rate nobody hears")
    raise Unplayable("Ogg")
