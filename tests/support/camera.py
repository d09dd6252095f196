"""Frames for tests: JPEG bytes of footage, of drawings, and of things that are none; and the real analysis process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from examapp.config import Config
from tests.support.footage import fit_frame, footage, pictures_of
from tests.support.repository import ROOT

MODEL = ROOT / "instance" / "models" / "face_landmarker.task"


def jpeg_of(picture: np.ndarray, quality: int = 80) -> bytes:
    return bytes(cv2.imencode(".jpg", np.ascontiguousarray(picture), [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


@cache
def footage_jpeg(name: str, seconds: float = 0.0) -> bytes:
    """One frame of a published film, as a browser would send it."""
    pictures = pictures_of(footage(name))
    picture = min(pictures, key=lambda pair: abs(pair[0] - seconds))[1]
    return jpeg_of(fit_frame(picture))


@cache
def grey_jpeg(width: int = 64, height: int = 48, level: int = 128) -> bytes:
    """A picture without anything in it."""
    return jpeg_of(np.full((height, width, 3), level, np.uint8))


def claims_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG whose header says another size: a bomb that costs nothing to send."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + height.to_bytes(2, "big") + width.to_bytes(2, "big") + jpeg[at + 4 :]


def environment(config: Config) -> dict[str, str]:
    """What a worker process needs to work on this test's database and folder."""
    return {
        **os.environ,
        "SIMEXAM_INSTANCE": str(config.instance),
        "SIMEXAM_DATABASE_URL": config.database_url,
        "SIMEXAM_MODEL": str(MODEL),
        "SIMEXAM_LOG_LEVEL": "WARNING",
    }


@contextmanager
def worker_process(module: str, config: Config, log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The real worker in a process of its own, ended by SIGTERM."""
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", module], cwd=ROOT, env=environment(config), stdout=sink, stderr=sink
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def wait_for(condition: Callable[[], object], seconds: float = 60.0, what: str = "it") -> None:
    """Look again and again until `condition` holds; fails after `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s for {what}")
