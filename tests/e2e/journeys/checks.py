"""What is looked at on every page: barriers that a checker finds, and whether it fits a narrow phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def barriers(page: Page) -> list[str]:
    """Serious and critical findings, each with the first element it concerns."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


def too_wide(page: Page) -> list[str]:
    """The page's address where it must be pushed sideways to be read."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{page.url} is wider than the screen"] if wide else []
