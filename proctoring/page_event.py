"""What the browser reports about its page and camera."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageEventKind(StrEnum):
    """Each leaving kind has the kind that ends it."""

    PAGE_HIDDEN = "page_hidden"
    PAGE_SHOWN = "page_shown"
    FULLSCREEN_LEFT = "fullscreen_left"
    FULLSCREEN_ENTERED = "fullscreen_entered"
    CAMERA_LOST = "camera_lost"
    CAMERA_BACK = "camera_back"


@dataclass(frozen=True, slots=True)
class PageEvent:
    """`t` is in seconds since the sitting's start, on the server's clock."""

    t: float
    kind: PageEventKind
