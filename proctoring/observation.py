"""What one camera frame showed: a fact, free of any policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any


class Attention(StrEnum):
    """Where the largest face is turned; `unknown` is an answer, not a failure."""

    ON_SCREEN = "on_screen"
    AWAY = "away"
    UNKNOWN = "unknown"


class Eyes(StrEnum):
    """State of the eyes of the largest face; `unknown` under sunglasses, blur or darkness."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face's place in the frame, as fractions (0-1) of its width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Observation:
    """One analysed frame.

    `t` is in seconds since the sitting's start (or the film's). Angles are degrees of the largest face:
    `yaw` > 0 toward the image's right, `pitch` > 0 up, `roll` > 0 clockwise in the image; None where there
    are no landmarks. Gaze has the same sense, relative to the camera's axis; None where it is unknown.
    `faces` counts landmark faces and those that only the detector finds. `quality`, `brightness`, `contrast`
    and `sharpness` are 0-1. `gaze_features` is what a calibration fits; it is empty where gaze is
    unknown or none was asked for.
    `gaze_beyond` is how many degrees the gaze lies outside the points of this person's calibration; None without
    one: gaze is coarse then and does not count for attention.
    """

    t: float
    faces: int = 0
    yaw: float | None = None
    pitch: float | None = None
    roll: float | None = None
    gaze_yaw: float | None = None
    gaze_pitch: float | None = None
    attention: Attention = Attention.UNKNOWN
    quality: float = 0.0
    brightness: float = 0.5
    contrast: float = 0.2
    sharpness: float = 0.5
    eyes: Eyes = Eyes.UNKNOWN
    face_box: FaceBox | None = None
    gaze_features: tuple[float, ...] = field(default=())
    gaze_beyond: float | None = None

    def at(self, t: float) -> Observation:
        """The same observation at another time."""
        return replace(self, t=t)

    @property
    def has_landmarks(self) -> bool:
        """Whether the head's pose is known."""
        return self.yaw is not None

    def as_line(self, source: str) -> dict[str, Any]:
        """The frame's line of `simexam proctor analyse`, in the contract's order of keys."""
        return {
            "source": source,
            "t": round(self.t, 3),
            "faces": self.faces,
            "yaw": _degrees(self.yaw),
            "pitch": _degrees(self.pitch),
            "roll": _degrees(self.roll),
            "gaze_yaw": _degrees(self.gaze_yaw),
            "gaze_pitch": _degrees(self.gaze_pitch),
            "attention": self.attention.value,
            "quality": round(self.quality, 3),
        }

    def as_record(self) -> dict[str, Any]:
        """Every field as plain JSON values, to be stored; `from_record` reads it back."""
        record = {f.name: getattr(self, f.name) for f in fields(self)}
        box = self.face_box
        record["attention"] = self.attention.value
        record["eyes"] = self.eyes.value
        record["face_box"] = None if box is None else [box.x, box.y, box.width, box.height]
        record["gaze_features"] = list(self.gaze_features)
        return record

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Observation:
        """Read what `as_record` wrote; fields that a newer version added are ignored."""
        known = {f.name for f in fields(Observation)}
        values = {name: value for name, value in record.items() if name in known}
        box = values.get("face_box")
        values["attention"] = Attention(values.get("attention", Attention.UNKNOWN))
        values["eyes"] = Eyes(values.get("eyes", Eyes.UNKNOWN))
        values["face_box"] = None if box is None else FaceBox(*box)
        values["gaze_features"] = tuple(values.get("gaze_features") or ())
        return Observation(**values)


def _degrees(angle: float | None) -> float | None:
    return None if angle is None else round(angle, 2)
