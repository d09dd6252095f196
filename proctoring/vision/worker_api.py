"""The small entry that an analysis process uses."""

from __future__ import annotations

import os
from pathlib import Path

import cv2

from proctoring.policy import Policy
from proctoring.vision.analyser import FaceAnalyser
from proctoring.vision.model_file import MODEL_SHA256, find_model, read_model


def load(
    model_path: str | Path | None = None,
    *,
    sha256: str = MODEL_SHA256,
    threads: int = 1,
    policy: Policy | None = None,
) -> FaceAnalyser:
    """A ready analyser; raises `ModelError` when the model is missing, replaced or damaged.

    `sha256` is given only to allow another model explicitly. One thread by default: many processes share a
    machine, and more threads cost more processor time for each frame.
    """
    quieten()
    cv2.setNumThreads(threads)
    return FaceAnalyser(read_model(find_model(model_path), sha256), policy)


def quieten() -> None:
    """Ask the native libraries to keep their notes off stderr; call it before the first model is loaded."""
    os.environ.setdefault("GLOG_minloglevel", "2")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
