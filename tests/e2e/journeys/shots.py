"""Pictures of the pages for the README: taken if `SIMEXAM_SCREENSHOTS` names a folder. Never a real face."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page


def shoot(page: Page, name: str) -> None:
    folder = os.environ.get("SIMEXAM_SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    # 128 colours are enough for a page, and a fifth of the size.
    picture.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        Path(folder) / f"{name}.png", optimize=True
    )
