"""How the exam looks where phones differ: dark, on its side, with large letters; and what a checker finds."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.people import Person
from tests.support.server import Server
from tests.support.webdesk import ApplicantDesk

SMALLEST_TARGET = 48


def _wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def _small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll(
            "main button, main a, main input, .action-bar a, .action-bar button, header button")]
          .filter((one) => one.checkVisibility())
          .map((one) => one.closest("label") ?? one)
          .filter((one) => !one.closest("p, li") || one.matches(".place"))
          .filter((one) => { const box = one.getBoundingClientRect(); return box.height < least || box.width < least; })
          .map((one) => one.outerHTML.slice(0, 120))""",
        SMALLEST_TARGET - 0.5,
    )
    return found


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(
    ("name", "options", "letters"),
    [
        ("phone", {}, "normal"),
        ("dark", {"color_scheme": "dark"}, "normal"),
        ("large", {}, "larger"),
    ],
)
def test_the_exam_room_is_usable(
    phone: Callable[..., BrowserContext],
    server: Server,
    applicant: Person,
    name: str,
    options: dict[str, str],
    letters: str,
) -> None:
    desk = ApplicantDesk(phone(**options).new_page(), server, applicant)
    desk.sign_in()
    desk.begin()
    page = desk.page
    page.locator(".aa[data-opens='tools']").click()
    page.locator(f"[data-size={letters}]").click()
    desk.shot(f"30-{name}-tools")
    page.locator("#tools [data-closes]").click()
    desk.choose(1)
    desk.expect_saved()
    expect(page.locator("#save-text")).to_be_in_viewport()
    desk.shot(f"31-{name}")
    assert not _wide(page)
    assert _small_targets(page) == []
    assert _serious(page) == []
    page.locator("#open-overview").click()
    desk.shot(f"32-{name}-overview")
    assert _serious(page) == []


def test_on_its_side_picture_and_answers_stand_next_to_each_other(desk: ApplicantDesk) -> None:
    desk.begin()
    page = desk.page
    page.set_viewport_size({"width": 740, "height": 360})
    while page.locator("#picture-box").is_hidden():
        page.locator("#next").click()
    picture = page.locator("#picture-box").bounding_box()
    answers = page.locator("#options").bounding_box()
    desk.shot("33-landscape")
    assert picture and answers
    assert picture["x"] + picture["width"] <= answers["x"]
    assert not _wide(page)


def test_the_language_changes_in_place(desk: ApplicantDesk) -> None:
    desk.begin()
    page = desk.page
    desk.choose(0)
    desk.expect_saved()
    before = page.locator("#stem").inner_text()
    page.locator(".aa[data-opens='tools']").click()
    page.locator("#switch-language").click()
    expect(page.locator("#next-label")).to_have_text("Next question")
    page.locator("#tools [data-closes]").click()
    assert page.locator("#stem").inner_text() != before
    expect(page.locator("#save-text")).to_contain_text("Saved on the server")
    assert page.locator("#options input").first.is_checked()


@pytest.mark.parametrize("step", ["home", "consent", "result"])
def test_pages_before_and_after_have_no_serious_fault(desk: ApplicantDesk, step: str) -> None:
    page = desk.page
    if step == "consent":
        page.get_by_role("button", name="Mulai ujian").click()
    if step == "result":
        attempt_id = desk.begin()
        desk.choose(0)
        desk.expect_saved()
        desk.submit()
        page.goto(f"/sittings/{attempt_id}/result")
        desk.shot("34-result-failed", full=True)
    assert _serious(page) == []
    assert not _wide(page)
