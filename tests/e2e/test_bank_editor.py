"""The question bank in a real browser: typing is previewed as applicants see it, two people approve an item."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from examapp.domain.roles import Role
from examapp.persistence.repositories import bank
from tests.support.people import Person, make_staff
from tests.support.server import Server

_names = count(1)
DESK = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def chromium(launch: Callable[..., Browser]) -> Browser:
    return launch(None)


@pytest.fixture
def desk(chromium: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """An administrator of their own at a desk, signed in."""
    with ExitStack() as opened:

        def make(**options: object) -> Page:
            context = chromium.new_context(base_url=server.url, viewport=DESK, **options)  # type: ignore[arg-type]
            opened.callback(context.close)
            page = context.new_page()
            page.broken: list[str] = []  # type: ignore[attr-defined]
            page.on("pageerror", lambda error: page.broken.append(str(error)))  # type: ignore[attr-defined]
            who: Person = make_staff(server.platform, Role.ADMINISTRATOR, f"meja{next(_names)}")
            page.goto("/sign-in")
            page.fill("[name=login]", who.login)
            page.fill("[name=password]", who.password)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            return page

        yield make


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "PNG")
    return out.getvalue()


def test_what_is_typed_is_previewed_saved_and_approved_by_a_second_person(
    desk: Callable[..., Page], server: Server, tmp_path: Path
) -> None:
    writer = desk()
    writer.goto("/admin/items/new")
    preview = writer.frame_locator("#preview")
    number = writer.input_value("#id")
    writer.fill("#stem_id", "Apa arti <b>rambu</b> ini?")
    expect(preview.locator("h1.question")).to_have_text("Apa arti <b>rambu</b> ini?")
    for letter, words in zip("abc", ("Berhenti", "Jalan terus", "Putar balik"), strict=True):
        writer.fill(f"#option_{letter}_id", words)
    writer.locator("input[name=key]").nth(1).check()
    expect(preview.locator(".option")).to_have_count(3)
    writer.click("[data-tab=pictures]")
    writer.click("[data-pick=picture]")
    (tmp_path / "gambar.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    writer.set_input_files("#picker-file", tmp_path / "gambar.svg")
    expect(writer.locator("#picker-error")).to_contain_text("PNG")
    writer.set_input_files("#picker-file", {"name": "a.png", "mimeType": "image/png", "buffer": _png()})
    expect(writer.locator("#picker")).to_be_hidden()
    expect(preview.locator("img.question-picture")).to_be_visible()
    writer.keyboard.press("Control+s")
    writer.wait_for_url(f"**/admin/items/{number}")
    writer.locator("[data-step] button", has_text="Ajukan tinjauan").click()
    expect(writer.locator(".standing")).to_contain_text("Dalam tinjauan")
    reader = desk()
    reader.goto(f"/admin/items/{number}")
    reader.locator("[data-step] button", has_text="Setujui").click()
    expect(reader.locator(".standing")).to_contain_text("Dipakai")
    with server.platform.reading() as session:
        assert number in {item.item_id for item in bank.usable_items(session)}
    assert writer.broken == reader.broken == []  # type: ignore[attr-defined]


def test_the_preview_speaks_the_language_of_its_tab_and_shows_both_colours(desk: Callable[..., Page]) -> None:
    page = desk()
    page.goto("/admin/items/RAM-0001")
    preview = page.frame_locator("#preview")
    page.click("[data-tab=en]")
    expect(preview.locator("h1.question")).to_have_text("You see this sign. What lies ahead?")
    body = preview.locator("body")
    light = body.evaluate("each => getComputedStyle(each).backgroundColor")
    page.click("[data-scheme=dark]")
    assert body.evaluate("each => getComputedStyle(each).backgroundColor") != light


def test_the_list_is_walked_by_keyboard(desk: Callable[..., Page]) -> None:
    page = desk()
    page.goto("/admin/items?topic=signs")
    page.keyboard.press("/")
    expect(page.locator("#words")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".row-link").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/items/RAM-0002?topic=signs")
    page.keyboard.press("[")
    page.wait_for_url("**/admin/items/RAM-0001?topic=signs")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_have_no_serious_barrier(desk: Callable[..., Page], colours: str) -> None:
    page = desk(color_scheme=colours)
    found = []
    for path in (
        "/admin/items",
        "/admin/items/new",
        "/admin/items/RAM-0001",
        "/admin/items/RAM-0001/history",
        "/admin/items/RAM-0001/preview",
        "/admin/import",
        "/admin/blueprints",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        violations = Axe().run(page, options={"iframes": False}).response["violations"]
        found += [(path, each["id"]) for each in violations if each["impact"] in {"serious", "critical"}]
        assert page.evaluate("document.documentElement.scrollWidth") <= DESK["width"], path
    assert found == []
