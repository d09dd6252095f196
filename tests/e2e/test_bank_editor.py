"""The question bank in a real browser: typing is previewed as applicants see it, two people approve an item."""

import io
import os
import re
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
from tests.support import recordings
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


def shot(page: Page, name: str) -> None:
    """A picture for people to look at, where `SIMEXAM_SHOTS` names a folder."""
    folder = os.environ.get("SIMEXAM_SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


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
    reader.get_by_role("button", name="Setujui", exact=True).click()
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
    second = page.locator(".row-link").nth(1)
    expect(second).to_be_focused()
    first = page.locator(".row-link").first.get_attribute("href") or "?"
    address = second.get_attribute("href") or "?"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.keyboard.press("[")
    page.wait_for_url(f"**{first}")


def test_an_order_is_set_by_arrows_and_another_kind_gives_it_back(desk: Callable[..., Page]) -> None:
    page = desk()
    page.goto("/admin/items/new")
    number = page.input_value("#id")
    page.fill("#stem_id", "Urutkan tindakan Anda.")
    for letter, words in zip("abc", ("Berhenti", "Melihat", "Berjalan"), strict=True):
        page.fill(f"#option_{letter}_id", words)
    page.locator("input[name=key]").nth(1).check()
    page.select_option("#type", "ordering")
    rows = page.frame_locator("#preview").locator(".order-row")
    expect(rows).to_have_count(3)
    expect(page.locator("#order")).to_have_value("a, b, c")
    page.locator("[data-order-of=c] [data-order-step='-1']").click()
    expect(page.locator("#order")).to_have_value("a, c, b")
    page.select_option("#type", "multiple_response")
    expect(page.frame_locator("#preview").locator("input[type=checkbox]")).to_have_count(3)
    expect(page.locator("input[name=key]").nth(1)).to_be_checked()
    page.locator("input[name=key]").nth(2).check()
    page.select_option("#type", "single_choice")
    expect(page.locator("input[name=key]:checked")).to_have_count(1)
    page.select_option("#type", "ordering")
    expect(page.locator("#order")).to_have_value("a, c, b")
    shot(page, "60-ordering")
    page.keyboard.press("Control+s")
    page.wait_for_url(f"**/admin/items/{number}")
    expect(page.locator("[data-order-of=c] [data-order-place]")).to_have_text("2")
    assert page.broken == []  # type: ignore[attr-defined]


def test_places_are_drawn_on_the_picture_and_typed_as_numbers(desk: Callable[..., Page]) -> None:
    page = desk()
    page.goto("/admin/items/new")
    number = page.input_value("#id")
    page.fill("#stem_id", "Di mana jalan bercabang?")
    page.select_option("#type", "hotspot")
    page.fill("#option_a_id", "Atas")
    page.fill("#option_b_id", "Bawah")
    page.locator("input[name=key]").first.check()
    page.click("[data-tab=pictures]")
    page.click("[data-pick=picture]")
    page.fill("#picker-words", "warning/y-junction")
    page.locator("[data-reference='sign:warning/y-junction']").click()
    canvas = page.locator("[data-canvas]")
    expect(canvas.locator("img")).to_have_js_property("complete", True)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.4, steps=4)
    page.mouse.up()
    shape, *coords = page.input_value("#option_a_region").split()
    assert shape == "rect"
    assert all(abs(int(got) - want) <= 8 for got, want in zip(coords, (200, 100, 800, 400), strict=True))
    page.fill("#option_b_region", "circle 500 800 120")
    expect(canvas.locator(".region")).to_have_count(2)
    preview = page.frame_locator("#preview")
    # An arc: the circle that was typed has come to the preview.
    expect(preview.locator(".region-stage.is-ready .region").nth(1)).to_have_attribute("d", re.compile(" a "))
    page.locator(".region-row input[value=b]").check()
    page.click("[data-shape=poly]")
    for x, y in ((0.3, 0.7), (0.7, 0.7), (0.5, 0.95), (0.3, 0.7)):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
    assert page.input_value("#option_b_region").startswith("poly ")
    shot(page, "61-hotspot")
    page.keyboard.press("Control+s")
    page.wait_for_url(f"**/admin/items/{number}")
    assert page.broken == []  # type: ignore[attr-defined]


def test_a_recording_and_a_film_are_uploaded_heard_and_previewed(desk: Callable[..., Page]) -> None:
    page = desk()
    page.goto("/admin/items/RAM-0001")
    page.click("[data-tab=sound]")
    slot = page.locator("[data-field=audio_id]")
    slot.locator("input[type=file]").set_input_files(
        {"name": "a.mp3", "mimeType": "audio/mpeg", "buffer": b"<svg onload='alert(1)'/>"}
    )
    expect(slot.locator("[data-error]")).to_contain_text("MP3, OGG")
    slot.locator("input[type=file]").set_input_files(
        {"name": "a.wav", "mimeType": "audio/wav", "buffer": recordings.wav()}
    )
    expect(slot.locator("audio")).to_be_visible()
    expect(slot.locator("[data-error]")).to_be_hidden()
    shot(page, "62-sound")
    page.click("[data-tab=pictures]")
    film = page.locator("[data-field=clip]")
    film.locator("input[type=file]").set_input_files(
        {"name": "a.webm", "mimeType": "video/webm", "buffer": recordings.film()}
    )
    expect(film.locator("video")).to_be_visible()
    preview = page.frame_locator("#preview")
    expect(preview.locator(".clip-play")).to_be_visible()
    page.locator("[data-device=desktop]").first.click()
    expect(page.locator(".preview-frame")).to_have_attribute("data-device", "desktop")
    preview.locator(".clip-skip").click()
    preview.locator(".option").first.click()
    expect(preview.locator("#save-text")).to_contain_text("Tersimpan di server")
    shot(page, "63-film-desktop")
    assert page.broken == []  # type: ignore[attr-defined]


def test_the_second_to_open_an_item_is_told_who_is_there(desk: Callable[..., Page]) -> None:
    first, second = desk(), desk()
    first.goto("/admin/items/RAM-0002")
    expect(first.locator("#tab-id")).to_have_attribute("aria-selected", "true")
    with first.expect_response("**/editing"):
        first.reload()
    second.goto("/admin/items/RAM-0002")
    expect(second.locator("#presence")).to_contain_text("sedang menyunting soal ini")
    shot(second, "64-presence")


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
