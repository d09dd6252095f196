"""A rotated rectangle of a frame, and its pixels as a network wants them."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Region:
    """Centre and size in pixels; `rotation` in radians, clockwise in the image."""

    x: float
    y: float
    width: float
    height: float
    rotation: float = 0.0

    def to_frame(self, steps: int = 1) -> NDArray[np.float64]:
        """The 2 x 3 matrix to pixels of the frame from places in the region, counted in `steps` along each side."""
        across, down = self.width / steps, self.height / steps
        a, b = cos(self.rotation) * across, -sin(self.rotation) * down
        c, d = sin(self.rotation) * across, cos(self.rotation) * down
        half = steps / 2
        return np.array(((a, b, self.x - (a + b) * half), (c, d, self.y - (c + d) * half)))


class Cutter:
    """Cuts regions out of frames for a network that takes squares of `side` pixels with values `low` to `high`.

    It samples as the OpenCV inside MediaPipe does: bilinear, places rounded to 1/32 pixel. OpenCV's own warps of
    today round otherwise, and on faces at the threshold that alone makes landmarks come or go.
    """

    def __init__(self, side: int, border: int, low: float, high: float) -> None:
        """`border` is OpenCV's number for what lies beyond the frame."""
        self._side, self._border = side, border
        self._scale, self._low = np.float32((high - low) / 255), np.float32(low)
        steps = np.arange(side, dtype=np.float32)
        self._grid = np.stack(np.meshgrid(steps, steps), axis=-1)
        self._places = np.empty_like(self._grid)
        self._whole, self._part = np.empty((side, side, 2), np.int16), np.empty((side, side), np.uint16)
        self._pixels = np.empty((side, side, 3), np.uint8)
        self._mapped: Region | None = None

    def cut(self, bgr: Image, region: Region, target: NDArray[Any]) -> None:
        """Write `region` of `bgr` into `target`, side x side x 3 floats in RGB."""
        self._map(region)
        maps = self._whole, self._part
        cv2.remap(bgr, *maps, cv2.INTER_LINEAR, dst=self._pixels, borderMode=self._border)
        cv2.cvtColor(self._pixels, cv2.COLOR_BGR2RGB, dst=self._pixels)
        np.multiply(self._pixels, self._scale, out=target)
        if self._low:
            target += self._low

    def _map(self, region: Region) -> None:
        # The detector's region is the same in every frame of one size.
        if region != self._mapped:
            cv2.transform(self._grid, region.to_frame(self._side), dst=self._places)
            cv2.convertMaps(self._places, None, cv2.CV_16SC2, dstmap1=self._whole, dstmap2=self._part)
            self._mapped = region
