"""Pictures of the pages for the README: taken if `SIMEXAM_SCREENSHOTS` names a folder. Never a real face."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

MOST_BYTES = 150_000


def shooting() -> str | None:
    """The folder where pictures go, or None."""
    return os.environ.get("SIMEXAM_SCREENSHOTS")


def shoot(page: Page, name: str) -> None:
    folder = shooting()
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    path = Path(folder) / f"{name}.png"
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (0, 256, 128):
        small = picture.quantize(colours, dither=Image.Dither.NONE) if colours else picture
        small.save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
