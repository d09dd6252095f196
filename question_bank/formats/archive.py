"""Zip archives of strangers: checked in whole before a byte is unpacked, then read part by part, in memory only."""

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, normpath
from urllib.parse import unquote

from question_bank.formats.report import TableRefused
from question_bank.problem import Problem

MAX_PARTS = 130_000
MAX_PART_BYTES = 64 * 2**20
MAX_UNPACKED_BYTES = 512 * 2**20
# Text packs to a twentieth; what packs to a five-hundredth was made to burst.
MAX_RATIO = 500
MIN_SUSPECT = 2**20
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError)


class Package:
    """An archive whose names and sizes are sound. Nothing of it is ever written to a disk."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _BROKEN as error:
            raise TableRefused(Problem.of("file", "archive_broken", name="–")) from error
        _check_sizes(parts, len(data))
        self._parts: dict[str, zipfile.ZipInfo] = {}
        folded: dict[str, str] = {}
        for part in parts:
            _check_part(part)
            if part.is_dir():
                continue
            name = unicodedata.normalize("NFC", part.filename)
            if name.casefold() in folded:
                raise TableRefused(Problem.of("file", "archive_twice", name=name[-80:]))
            folded[name.casefold()] = name
            self._parts[name] = part

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises `KeyError` for one that is not there, `TableRefused` for a damaged one."""
        try:
            return self._zip.read(self._parts[name])
        except _BROKEN as error:
            raise TableRefused(Problem.of("file", "archive_broken", name=name[-80:])) from error

    def beside(self, name: str, address: str) -> str | None:
        """The part that `address`, written in the part `name`, leads to; None where it leads out or nowhere."""
        if not address or "://" in address or address.startswith(("/", "\\", "data:")):
            return None
        bare = unquote(address.partition("#")[0].partition("?")[0])
        found = normpath(f"{dirname(name)}/{bare}".lstrip("/"))
        return found if found in self._parts else None


def _check_sizes(parts: list[zipfile.ZipInfo], size: int) -> None:
    """The declared sizes; zipfile never unpacks a part beyond the size it declares."""
    unpacked = sum(part.file_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    burst = [
        part
        for part in parts
        if part.file_size > MIN_SUSPECT and part.file_size > MAX_RATIO * max(1, part.compress_size)
    ]
    if len(parts) > MAX_PARTS or largest > MAX_PART_BYTES or unpacked > MAX_UNPACKED_BYTES or burst:
        raise TableRefused(
            Problem.of("file", "archive_too_large", limit=MAX_UNPACKED_BYTES // 2**20, count=MAX_PARTS)
        )
    if unpacked > MIN_SUSPECT and unpacked > MAX_RATIO * size:
        raise TableRefused(
            Problem.of("file", "archive_too_large", limit=MAX_UNPACKED_BYTES // 2**20, count=MAX_PARTS)
        )


def _check_part(part: zipfile.ZipInfo) -> None:
    name = part.orig_filename
    steps = name.rstrip("/").split("/")
    unsafe = (
        name.startswith("/")
        or "\\" in name
        or "\0" in name
        or _DRIVE.match(name)
        or any(step in {"", ".", ".."} for step in steps)
        or any(unicodedata.category(letter) == "Cc" for letter in name)
    )
    if unsafe or stat.S_ISLNK(part.external_attr >> 16):
        raise TableRefused(Problem.of("file", "archive_unsafe_name", name=ascii(name)[1:-1][:80]))
    if part.flag_bits & 0x1:
        raise TableRefused(Problem.of("file", "archive_locked"))
