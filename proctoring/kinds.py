"""The names of what can happen in a sitting, and how grave it can be."""

from __future__ import annotations

from enum import StrEnum


class EpisodeKind(StrEnum):
    """What an episode is about."""

    NOBODY = "nobody"
    SEVERAL_PEOPLE = "several_people"
    LOOKING_AWAY = "looking_away"
    CAMERA_DARK = "camera_dark"
    NO_FRAMES = "no_frames"
    PAGE_HIDDEN = "page_hidden"
    FULLSCREEN_LEFT = "fullscreen_left"
    CAMERA_LOST = "camera_lost"


class Severity(StrEnum):
    """Grows with duration only; a person weighs what it means."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 2 for high."""
        return list(Severity).index(self)
