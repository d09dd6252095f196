"""The small entry that an analysis process uses."""

from __future__ import annotations

import ctypes
from pathlib import Path

import cv2

from proctoring.policy import Policy
from proctoring.vision.analyser import FaceAnalyser
from proctoring.vision.model_file import MODEL_SHA256, find_model, read_model

# From glibc's malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT_BYTES = 32 * 1024 * 1024


def load(
    model_path: str | Path | None = None,
    *,
    sha256: str = MODEL_SHA256,
    policy: Policy | None = None,
) -> FaceAnalyser:
    """A ready analyser; raises `ModelError` when the model is missing, replaced or damaged.

    `sha256` is given only to allow another model explicitly. All work is done on one thread: many processes share
    a machine, and more threads cost more processor time for each frame.
    """
    keep_freed_memory()
    cv2.setNumThreads(1)
    return FaceAnalyser(read_model(find_model(model_path), sha256), policy)


def keep_freed_memory() -> None:
    """Let glibc keep what is freed, up to `KEPT_BYTES`.

    Otherwise the megabytes of a large frame go back to the system and are faulted in anew, about a twentieth of
    its whole cost. Elsewhere than on glibc nothing happens.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES)
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)
