"""Find the face model, and trust it only by its hash."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

MODEL_NAME = "face_landmarker.task"
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
MODEL_VARIABLE = "SIMEXAM_MODEL"
MEMBERS = {
    "detector": "face_detector.tflite",
    "landmarks": "face_landmarks_detector.tflite",
    "blendshapes": "face_blendshapes.tflite",
    "geometry": "geometry_pipeline_metadata_landmarks.binarypb",
}

# From this file, never from the working directory: a worker may be started anywhere.
REPOSITORY = Path(__file__).resolve().parents[2]


class ModelError(RuntimeError):
    """The model file is missing, unreadable, or not the one that was agreed."""


@dataclass(frozen=True, slots=True)
class Model:
    """The members of a verified model file: what was hashed is what is loaded."""

    path: Path
    sha256: str
    detector: bytes
    landmarks: bytes
    blendshapes: bytes
    geometry: bytes


def find_model(configured: str | Path | None = None, instance: str | Path | None = None) -> Path:
    """Path of the model file: as configured, else from `SIMEXAM_MODEL`, else in the instance folder.

    `instance` defaults to the repository's `instance/`. A path that was given but is missing is an error: the
    next place is not tried, so that a typing mistake does not silently load another file.
    """
    given = configured or os.environ.get(MODEL_VARIABLE)
    path = Path(given) if given else Path(instance or REPOSITORY / "instance") / "models" / MODEL_NAME
    if path.is_file():
        return path.resolve()
    raise ModelError(
        f"There is no face model at {path}. Run `make model` to fetch it, or set {MODEL_VARIABLE} to its path."
    )


def read_model(path: str | Path, sha256: str = MODEL_SHA256) -> Model:
    """The verified model at `path`; raises `ModelError` when its hash is not `sha256`."""
    try:
        task = Path(path).read_bytes()
    except OSError as error:
        raise ModelError(f"The face model {path} cannot be read: {error.strerror}.") from error
    found = hashlib.sha256(task).hexdigest()
    if found != sha256.lower():
        raise ModelError(
            f"The face model {path} has SHA-256 {found}, but {sha256} was agreed. It was replaced or damaged: "
            "remove it and run `make model`."
        )
    return Model(Path(path), found, **_members(task, path))


def _members(task: bytes, path: str | Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(task)) as archive:
            return {name: archive.read(member) for name, member in MEMBERS.items()}
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelError(f"The face model {path} lacks a part that is needed: {error}.") from error
