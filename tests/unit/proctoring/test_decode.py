"""Hostile bytes bounce with a reason, before they cost anything."""

import struct

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctoring.vision.decode import Decoded, Refusal, Refused, decode_frame


def jpeg(width: int = 64, height: int = 48) -> bytes:
    picture = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    return cv2.imencode(".jpg", picture)[1].tobytes()


def bomb(side: int) -> bytes:
    """A few hundred bytes that claim to be side x side pixels."""
    small = jpeg()
    at = small.index(b"\xff\xc0")
    return small[: at + 5] + struct.pack(">HH", side, side) + small[at + 9 :]


GOOD = jpeg()


def test_a_frame_is_decoded() -> None:
    found = decode_frame(GOOD)
    assert isinstance(found, Decoded)
    assert found.bgr.shape == (48, 64, 3)


def test_a_large_frame_is_decoded_smaller() -> None:
    found = decode_frame(jpeg(2560, 1440))
    assert isinstance(found, Decoded)
    assert found.bgr.shape == (720, 1280, 3)
    assert (found.header.width, found.header.height) == (2560, 1440)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"\x00" * 8_000_001, Refusal.TOO_MANY_BYTES),
        (b"<html><script>", Refusal.NOT_JPEG),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, Refusal.NOT_JPEG),
        (b"\xff\xd8", Refusal.NOT_JPEG),
        (bomb(6400), Refusal.TOO_MANY_PIXELS),
        (bomb(0), Refusal.NOT_JPEG),
        (GOOD[:-200], Refusal.TRUNCATED),
        (GOOD + b"<?php system($_GET['c']); ?>" * 4, Refusal.TRUNCATED),
    ],
    ids=["empty", "huge", "html", "png", "marker", "40MP", "sizeless", "truncated", "polyglot"],
)
def test_each_bad_frame_has_its_reason(data: bytes, reason: Refusal) -> None:
    assert decode_frame(data) == Refused(reason)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=20))
def test_damaged_bytes_never_raise(at: int, noise: bytes) -> None:
    damaged = GOOD[:at] + noise + GOOD[at + len(noise) :]
    found = decode_frame(damaged, most_pixels=1_000_000)
    assert isinstance(found, Decoded | Refused)
