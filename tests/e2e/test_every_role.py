"""Pages of every role: what a checker finds, whether they fit a phone, and the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from examapp.domain.roles import Role
from examapp.persistence.event_log import responses
from scoring.responses import answer_sheet
from tests.e2e.journeys import films
from tests.e2e.journeys.applicant import Way
from tests.e2e.journeys.checks import barriers
from tests.e2e.journeys.shots import shoot
from tests.e2e.journeys.staff import sign_in
from tests.support.people import make_applicant, make_staff
from tests.support.server import Server

Phone = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def refusing(launch: Callable[..., Browser]) -> Browser:
    """A browser that may not use the camera it has."""
    return launch(films.drawn(), allow=False)


PLACES: dict[Role, tuple[str, ...]] = {
    Role.PROCTOR: ("/proctor/", "/proctor/cases/", "/account"),
    Role.PSYCHOLOGIST: ("/psychology", "/account"),
    Role.ADMINISTRATOR: (
        "/admin/items",
        "/admin/items/RAM-0001",
        "/admin/staff",
        "/admin/help",
        "/admin/import",
    ),
    Role.AUDITOR: ("/audit/", "/audit/deeds"),
}


@pytest.mark.parametrize("role", PLACES, ids=str)
def test_no_desk_has_a_serious_barrier(server: Server, refusing: Browser, role: Role) -> None:
    page = sign_in(refusing, server, make_staff(server.platform, role))
    found: list[str] = []
    for path in PLACES[role]:
        reply = page.goto(path)
        assert reply is not None
        assert reply.ok, path
        page.wait_for_load_state("load")
        found += barriers(page)
        if path.endswith("RAM-0001"):
            expect(page.frame_locator("#preview").locator("h1.question")).to_be_visible()
            shoot(page, "item-editor")
    page.context.close()
    assert found == []


def test_pages_before_signing_in_fit_a_phone_and_have_no_barrier(
    phone: Phone, refusing: Browser, server: Server
) -> None:
    page = phone(refusing).new_page()
    way = Way.of(page, server, make_applicant(server.platform))
    for path in ("/", "/register", "/sign-in", "/forgotten", "/help"):
        page.goto(path)
        way.look()
    page.context.close()
    assert way.faults == []


def test_a_question_is_answered_by_the_keyboard_alone(
    server: Server, phone: Phone, refusing: Browser
) -> None:
    page = phone(refusing, permissions=[]).new_page()
    way = Way.of(page, server, make_applicant(server.platform))
    way.sign_in()
    attempt_id = way.prepare()
    tab_to(page, "#start")
    page.keyboard.press("Enter")
    expect(page.locator("#question-panel")).to_be_visible()
    tab_to(page, "#sheets button:last-of-type")
    page.keyboard.press("Enter")
    tab_to(page, "#options input")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    way.expect_saved()
    tab_to(page, "#next")
    page.keyboard.press("Enter")
    assert way.position() == 2
    with server.platform.reading() as db:
        assert len(answer_sheet(responses(db, attempt_id)).answers) == 1
    page.context.close()


def tab_to(page: Page, selector: str) -> None:
    """Go on with the tabulator until `selector` has the focus, as somebody without a pointer does."""
    expect(page.locator(selector).first).to_be_visible()
    for _ in range(30):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")
