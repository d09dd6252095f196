"""From untrusted bytes to pixels, with every refusal named."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from proctoring.vision.picture_header import PictureHeader, jpeg_header

MOST_PIXELS = 12_000_000
MOST_BYTES = 8_000_000
# OpenCV cannot sample beyond this.
MOST_A_SIDE = 32_000
# A longer side than this is halved while decoding, which skips most of the work.
LONGEST_SIDE = 1280


class Refusal(StrEnum):
    """Why a frame was not decoded."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    NOT_JPEG = "not_jpeg"
    TOO_MANY_PIXELS = "too_many_pixels"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Pixels as height x width x 3 BGR of 8 bit; `header` is the picture's own size before any reduction."""

    bgr: NDArray[np.uint8]
    header: PictureHeader


@dataclass(frozen=True, slots=True)
class Refused:
    """A frame that was not decoded, and why."""

    reason: Refusal


def decode_frame(
    data: bytes, *, most_pixels: int = MOST_PIXELS, most_bytes: int = MOST_BYTES
) -> Decoded | Refused:
    """A frame from a browser: a JPEG and nothing else, checked by its header before a pixel is decoded.

    Never raises for bad bytes. A camera's frame is upright as it comes, so EXIF rotation is ignored.
    """
    if not data:
        return Refused(Refusal.EMPTY)
    if len(data) > most_bytes:
        return Refused(Refusal.TOO_MANY_BYTES)
    header = jpeg_header(data)
    if header is None:
        return Refused(Refusal.NOT_JPEG)
    if header.pixels > most_pixels:
        return Refused(Refusal.TOO_MANY_PIXELS)
    if not header.complete:
        return Refused(Refusal.TRUNCATED)
    return _decoded(data, header)


def _decoded(data: bytes, header: PictureHeader) -> Decoded | Refused:
    flags = _reduction(max(header.width, header.height)) | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    except cv2.error:
        bgr = None
    if bgr is None or bgr.size == 0:
        return Refused(Refusal.UNREADABLE)
    return Decoded(np.asarray(bgr, dtype=np.uint8), header)


def _reduction(side: int) -> int:
    for divisor, flag in (
        (1, cv2.IMREAD_COLOR),
        (2, cv2.IMREAD_REDUCED_COLOR_2),
        (4, cv2.IMREAD_REDUCED_COLOR_4),
    ):
        if side <= LONGEST_SIDE * divisor:
            return int(flag)
    return int(cv2.IMREAD_REDUCED_COLOR_8)


class UnreadablePictureError(ValueError):
    """A picture file that cannot be used; the message says why."""


def read_picture(path: Path, *, most_pixels: int = MOST_PIXELS) -> NDArray[np.uint8]:
    """A picture file of any usual kind (grey, CMYK, 16 bit, palette, EXIF-rotated) as upright 8-bit BGR.

    The first frame of an animation counts. Raises `UnreadablePictureError`.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(path.read_bytes())) as picture:
            if picture.width * picture.height > most_pixels:
                raise UnreadablePictureError(f"more than {most_pixels} pixels")
            if max(picture.size) > MOST_A_SIDE:
                raise UnreadablePictureError(f"a side of more than {MOST_A_SIDE} pixels")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            return _eight_bit_bgr(upright)
    except UnreadablePictureError:
        raise
    except UnidentifiedImageError as error:
        raise UnreadablePictureError("not a picture") from error
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise UnreadablePictureError(f"damaged picture: {error}") from error


def _eight_bit_bgr(picture: Any) -> NDArray[np.uint8]:
    if picture.mode.startswith("I") or picture.mode == "F":
        values = np.asarray(picture, dtype=np.float64)
        full = 65535.0 if values.max(initial=0) > 255 else 255.0
        grey = np.clip(values / full * 255, 0, 255).astype(np.uint8)
        return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    rgb = np.asarray(picture.convert("RGB"), dtype=np.uint8)
    return np.ascontiguousarray(rgb[:, :, ::-1])
