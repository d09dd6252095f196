"""Uploaded pictures: drawn anew and kept once; whatever is not one whole picture bounces with its reason."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from examapp.domain.errors import Invalid, Refusal, TooMuch
from examapp.domain.roles import Role
from examapp.services.bank.media import KEPT_SIDE, MAX_BYTES, redraw, upload_picture
from examapp.services.bank.pictures import uploaded
from examapp.services.platform import Platform
from tests.support.people import Person


def picture(
    kind: str = "PNG", size: tuple[int, int] = (120, 80), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "orange").save(out, kind, **options)
    return out.getvalue()


def _noise(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(out, kind)
    return out.getvalue()


def _png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header claims more pixels than anybody has memory for."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.js", "alert(1)")
    return out.getvalue()


def _animated(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def _with_wrong_sum() -> bytes:
    data = bytearray(picture())
    data[data.index(b"IDAT") + 6] ^= 0xFF
    return bytes(data)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "picture_empty"),
    "text": (lambda: b"not a picture at all", "picture_wrong_type"),
    "svg with script": (lambda: SVG, "picture_wrong_type"),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "picture_wrong_type"),
    "gif": (lambda: picture("GIF"), "picture_wrong_type"),
    "bmp": (lambda: picture("BMP"), "picture_wrong_type"),
    "tiff": (lambda: picture("TIFF"), "picture_wrong_type"),
    "pdf": (lambda: b"%PDF-1.7\n" + bytes(500), "picture_wrong_type"),
    "zip": (_zip, "picture_wrong_type"),
    "header only": (lambda: picture()[:20], "picture_damaged"),
    "truncated png": (lambda: picture()[:-30], "picture_damaged"),
    "truncated jpeg": (lambda: _noise()[:-2000], "picture_damaged"),
    "truncated webp": (lambda: _noise("WEBP")[:-500], "picture_damaged"),
    "flipped bit": (_with_wrong_sum, "picture_damaged"),
    "pixel bomb": (lambda: _png_claiming(60_000, 60_000), "picture_pixels"),
    "long strip": (lambda: _png_claiming(2_000_000, 10), "picture_pixels"),
    "forty megapixels": (lambda: _png_claiming(8_000, 5_000), "picture_pixels"),
    "one pixel": (lambda: picture(size=(1, 1)), "picture_tiny"),
    "png and zip": (lambda: picture() + _zip(), "picture_polyglot"),
    "jpeg and html": (lambda: picture("JPEG") + b"<script>alert(1)</script>", "picture_polyglot"),
    "webp and zip": (lambda: picture("WEBP") + _zip(), "picture_polyglot"),
    "animated png": (lambda: _animated("PNG"), "picture_moves"),
    "animated webp": (lambda: _animated("WEBP"), "picture_moves"),
    "too many bytes": (lambda: picture() + bytes(MAX_BYTES), "picture_too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_bounces_with_its_reason(name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(Refusal) as refused:
        redraw(make())
    assert refused.value.code == code
    assert isinstance(refused.value, Invalid | TooMuch)


HONEST = [
    *(("PNG", mode) for mode in ("RGB", "L", "LA", "RGBA", "P", "1")),
    *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
    *(("WEBP", mode) for mode in ("RGB", "RGBA")),
]


@pytest.mark.parametrize(("kind", "mode"), HONEST)
def test_honest_pictures_of_every_kind_come_through(kind: str, mode: str) -> None:
    drawn = redraw(picture(kind, mode=mode))
    assert (drawn.width, drawn.height) == (120, 80)
    with Image.open(io.BytesIO(drawn.data)) as again:
        assert again.format == ("JPEG" if drawn.ending == "jpg" else "PNG")


def test_sixteen_bits_a_pixel_keep_their_greys() -> None:
    out = io.BytesIO()
    Image.new("I;16", (40, 40), 0x8000).save(out, "PNG")
    with Image.open(io.BytesIO(redraw(out.getvalue()).data)) as again:
        assert again.convert("L").getpixel((20, 20)) == 0x80


def test_place_and_device_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Kamera Rahasia"
    drawn = redraw(picture("JPEG", exif=exif, comment=b"GPS -6.2 106.8"))
    assert (drawn.width, drawn.height) == (80, 120)
    assert b"Rahasia" not in drawn.data and b"GPS" not in drawn.data and b"Exif" not in drawn.data


def test_a_large_picture_is_kept_at_the_size_of_a_screen() -> None:
    drawn = redraw(picture("JPEG", size=(4000, 3000)))
    assert max(drawn.width, drawn.height) == KEPT_SIDE


def test_a_picture_is_served_as_it_was_redrawn_and_kept_once(
    platform: Platform, person: Callable[[Role], Person]
) -> None:
    ratna = person(Role.ADMINISTRATOR)
    reference = upload_picture(platform, ratna.actor, "../../etc/rambu.png", picture())
    assert upload_picture(platform, ratna.actor, "again.png", picture()) == reference
    served = uploaded(platform, reference.removeprefix("media:"))
    assert served.media_type == "image/png"
    assert served.data == redraw(picture()).data
