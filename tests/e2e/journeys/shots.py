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


def keep_only(page: Page, drawn: set[str]) -> None:
    """Take the tiles of all other sittings off the live wall: somebody filmed may be on them."""
    page.evaluate(
        """(drawn) => {
          const filmed = [...document.querySelectorAll(".tile")].filter((tile) => !drawn.includes(tile.dataset.id));
          const count = document.getElementById("wall-count");
          filmed.forEach((tile) => tile.remove());
          count.textContent = count.textContent.replace(/\\d+/, drawn.length);
        }""",
        sorted(drawn),
    )
