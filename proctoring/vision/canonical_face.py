"""The canonical face that the model file carries: its shape, and how much each landmark counts for the pose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Fields of MediaPipe's GeometryPipelineMetadata, Mesh3d and WeightedLandmarkRef (geometry_pipeline_metadata.proto,
# mesh_3d.proto).
MESH, BASIS = 1, 2
VERTICES = 3
LANDMARK, WEIGHT = 1, 2
# Floats of a vertex: its place, then where its texture is.
FLOATS = 5
# Kinds of field in the protobuf wire format.
VARINT, BYTES, FOUR_BYTES = 0, 2, 5


@dataclass(frozen=True, slots=True)
class CanonicalFace:
    """`vertices` are n x 3 centimetres, x to the image's right, y up; `weights` are of the landmarks in `numbers`."""

    vertices: NDArray[np.float64]
    numbers: NDArray[np.intp]
    weights: NDArray[np.float64]


def read_canonical_face(metadata: bytes) -> CanonicalFace:
    """Read the model file's geometry member. Raises `ValueError` when it is none."""
    try:
        fields = list(_fields(metadata))
        (mesh,) = (value for number, value in fields if number == MESH)
        vertices = b"".join(value for number, value in _fields(mesh) if number == VERTICES)
        basis = [dict(_fields(value)) for number, value in fields if number == BASIS]
        numbers = [_whole(each[LANDMARK]) for each in basis]
        weights = b"".join(each[WEIGHT] for each in basis)
    except (IndexError, KeyError) as error:
        raise ValueError("the face geometry of the model file cannot be read") from error
    places = np.frombuffer(vertices, "<f4").reshape(-1, FLOATS)[:, :3]
    return CanonicalFace(places.astype(float), np.array(numbers), np.frombuffer(weights, "<f4").astype(float))


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each field, in order (of a varint its own bytes)."""
    at = 0
    while at < len(message):
        begun, at = at, _after_varint(message, at)
        key = _whole(message[begun:at])
        begun, kind = at, key & 7
        if kind == VARINT:
            at = _after_varint(message, at)
        elif kind == FOUR_BYTES:
            at += 4
        elif kind == BYTES:
            begun = _after_varint(message, at)
            at = begun + _whole(message[at:begun])
        else:
            raise ValueError(f"a field of kind {kind} is not read here")
        if at > len(message):
            raise IndexError("a field is longer than the message")
        yield key >> 3, message[begun:at]


def _after_varint(message: bytes, at: int) -> int:
    while message[at] >= 0x80:
        at += 1
    return at + 1


def _whole(varint: bytes) -> int:
    return sum((byte & 0x7F) << 7 * place for place, byte in enumerate(varint))
