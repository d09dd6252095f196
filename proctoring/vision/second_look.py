"""People whom the landmarks lose: the detector still sees turned, small and half covered heads."""

from __future__ import annotations

from collections.abc import Sequence

from proctoring.observation import FaceBox
from proctoring.vision.detector import Detector, Found, faces
from proctoring.vision.region import Image

# At 0.4 the detector finds 71 of 76 turned heads that the landmarks lose; empty rooms reach it rarely, and then
# often with several boxes at once, so a further face needs more.
FIRST_CONFIDENCE = 0.4
FURTHER_CONFIDENCE = 0.55
# The five heads it misses (bent back, in dark glasses) reach 0.58 when the frame's margins are cut off, while
# empty rooms stay below 0.5.
MARGIN = 0.1
MIDDLE_CONFIDENCE = 0.5
# MediaPipe's value for the detector alone; boxes that overlap more are one face.
OVERLAP = 0.3


def others(
    detector: Detector, bgr: Image, candidates: list[Found], known: Sequence[FaceBox]
) -> list[FaceBox]:
    """Faces among the `candidates` in `bgr` that are not `known`, surest first; with none known, also a closer look."""
    height, width = bgr.shape[:2]
    seen = [(each.score, each.box(width, height)) for each in faces(candidates, FIRST_CONFIDENCE, OVERLAP)]
    fresh = [(score, box) for score, box in seen if not any(same_face(box, other) for other in known)]
    found = [
        box
        for place, (score, box) in enumerate(fresh)
        if score >= FURTHER_CONFIDENCE or (place == 0 and not known)
    ]
    return found or ([] if known else _in_the_middle(detector, bgr))


def _in_the_middle(detector: Detector, bgr: Image) -> list[FaceBox]:
    height, width = bgr.shape[:2]
    top, left = int(height * MARGIN), int(width * MARGIN)
    middle = bgr[top : height - top, left : width - left]
    if not middle.size:
        return []
    share = 1 - 2 * MARGIN
    boxes = [
        each.box(middle.shape[1], middle.shape[0])
        for each in faces(detector.look(middle), MIDDLE_CONFIDENCE, OVERLAP)[:1]
    ]
    return [
        FaceBox(MARGIN + box.x * share, MARGIN + box.y * share, box.width * share, box.height * share)
        for box in boxes
    ]


def same_face(one: FaceBox, other: FaceBox) -> bool:
    """Whether the centre of either lies in the other: the two models draw their boxes differently."""
    return _holds(one, other) or _holds(other, one)


def _holds(box: FaceBox, inner: FaceBox) -> bool:
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
