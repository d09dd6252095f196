"""Every type of item on a phone: answered, saved, found again; by finger, by keyboard, and without sight."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from examapp.domain.roles import Role
from examapp.persistence.event_log import responses
from examapp.services.bank.recordings import upload_recording
from scoring.responses import answer_sheet
from tests.e2e.journeys.checks import barriers, too_wide
from tests.support import recordings
from tests.support.people import Person, make_staff
from tests.support.server import Server
from tests.support.sitting import keys_of
from tests.support.typed_items import HOTSPOT, MULTIPLE, ORDERING, TRUE_FALSE, TYPED, begun_with
from tests.support.webdesk import ApplicantDesk

LEAST_TARGET = 48


def on_the_server(server: Server, attempt_id: UUID) -> dict[str, Any]:
    with server.platform.reading() as db:
        sheet = answer_sheet(responses(db, attempt_id))
    return {item: answer.value for (_, item), answer in sheet.answers.items()}


def begin(desk: ApplicantDesk, *contents: dict[str, Any]) -> UUID:
    attempt_id = begun_with(desk.server.platform, desk.person, *contents)
    open_exam(desk.page, attempt_id)
    return attempt_id


def open_exam(page: Page, attempt_id: UUID) -> None:
    page.goto(f"/sittings/{attempt_id}/exam")
    expect(page.locator("#question-panel")).to_be_visible()


def standing(page: Page) -> list[str]:
    """The answer as the page shows it."""
    if page.locator(".order-list").count():
        rows = page.locator(".order-list.is-answered .order-row").all()
        return [row.get_attribute("data-option") or "" for row in rows]
    return [each.get_attribute("value") or "" for each in page.locator("#options input:checked").all()]


def test_each_type_is_answered_saved_and_found_again_after_a_reload(desk: ApplicantDesk) -> None:
    attempt_id, page = begin(desk, *TYPED), desk.page
    keys = keys_of(desk.server.platform, attempt_id)
    for content in TYPED:
        desk.choose_right(keys)
        desk.expect_saved()
        if content is not TYPED[-1]:
            page.locator("#next").click()
    right = {str(each["id"]): each.get("order") or each["key"] for each in TYPED}
    assert on_the_server(desk.server, attempt_id) == right
    page.reload()
    expect(page.locator("#question-panel")).to_be_visible()
    expect(page.locator("#progress .is-answered")).to_have_count(len(TYPED))
    for content in TYPED:
        assert standing(page) == right[str(content["id"])]
        desk.expect_saved()
        page.locator("#next").click()
    expect(page.locator("#confirm-all")).to_be_visible()


def test_a_tick_taken_back_leaves_no_answer(desk: ApplicantDesk) -> None:
    attempt_id, page = begin(desk, MULTIPLE), desk.page
    desk.choose(1)
    desk.choose(2)
    desk.expect_saved()
    expect(page.locator("#progress .is-answered")).to_have_count(1)
    for option in (1, 2):
        desk.choose(option)
    desk.expect_saved()
    expect(page.locator("#progress .is-answered")).to_have_count(0)
    page.reload()
    expect(page.locator("#question-panel")).to_be_visible()
    assert standing(page) == []
    assert on_the_server(desk.server, attempt_id).get("TIP-0001") is None


def test_an_order_nobody_touched_is_no_answer_until_it_is_confirmed(desk: ApplicantDesk) -> None:
    attempt_id, page = begin(desk, ORDERING, TRUE_FALSE), desk.page
    page.locator("#next").click()
    page.locator("#previous").click()
    expect(page.locator("#progress .is-answered")).to_have_count(0)
    page.locator(".order-confirm").click()
    desk.expect_saved()
    expect(page.locator(".order-confirm")).to_be_hidden()
    assert on_the_server(desk.server, attempt_id) == {"TIP-0002": ["a", "b", "c", "d"]}


def test_an_order_is_dragged_by_finger_across_several_places(desk: ApplicantDesk) -> None:
    attempt_id, page = begin(desk, ORDERING), desk.page
    first = page.locator("[data-option=a] .order-grip").bounding_box()
    third = page.locator("[data-option=c]").bounding_box()
    assert first and third
    touch = page.context.new_cdp_session(page)
    x, y = first["x"] + 20, first["y"] + 20
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 9):
        at = {"x": x, "y": y + (third["y"] + third["height"] - 10 - y) * part / 8}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    desk.shot("51-dragging")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    desk.expect_saved()
    assert desk.order() == ["b", "c", "a", "d"]
    assert on_the_server(desk.server, attempt_id) == {"TIP-0002": ["b", "c", "a", "d"]}


def test_an_order_is_made_by_keyboard_alone_and_each_step_is_said(desk: ApplicantDesk) -> None:
    attempt_id, page = begin(desk, ORDERING), desk.page
    page.keyboard.press("2")
    grip = page.locator("[data-option=b] .order-grip")
    expect(grip).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(grip).to_be_focused()
    expect(page.locator("#announce")).to_contain_text("urutan 1 dari 4")
    expect(page.locator(".order-row").first).to_have_attribute("data-option", "b")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[data-option=b] .order-step--down")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-option=b] .order-step--down")).to_be_focused()
    page.keyboard.press("Enter")
    desk.expect_saved()
    assert on_the_server(desk.server, attempt_id) == {"TIP-0002": ["a", "c", "b", "d"]}


def test_a_region_is_chosen_by_a_press_on_the_picture_and_by_keyboard(desk: ApplicantDesk) -> None:
    attempt_id, page = begin(desk, HOTSPOT), desk.page
    stage = page.locator(".region-stage.is-ready")
    box = stage.bounding_box()
    assert box
    stage.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.25})
    desk.expect_saved()
    assert standing(page) == ["a"]
    # A little beside the small region: a finger means it all the same.
    stage.click(position={"x": box["width"] * 0.5, "y": box["height"] * 0.93})
    expect(page.locator("input[value=c]")).to_be_checked()
    page.locator("input[value=c]").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Bagian tengah")).to_be_checked()
    expect(page.locator(".region-letter.is-chosen")).to_have_text("B")
    page.keyboard.press("A")
    page.keyboard.press("B")
    desk.expect_saved()
    assert on_the_server(desk.server, attempt_id) == {"TIP-0003": ["b"]}


@pytest.fixture(scope="module")
def author(server: Server) -> Person:
    return make_staff(server.platform, Role.ADMINISTRATOR)


def test_a_question_is_heard_and_the_page_shows_where_it_is(desk: ApplicantDesk, author: Person) -> None:
    sound = upload_recording(desk.server.platform, author.actor, "audio", "a.wav", recordings.wav(2))
    begin(desk, MULTIPLE | {"id": "TIP-0031", "audio": {"id": sound}}, TRUE_FALSE)
    page = desk.page
    page.get_by_role("button", name="Dengarkan").click()
    expect(page.locator("#stem")).to_have_class(re.compile("is-heard"))
    desk.shot("52-heard")
    page.get_by_role("button", name="Berhenti").click()
    expect(page.locator(".is-heard")).to_have_count(0)
    page.get_by_role("button", name="Dengarkan").click()
    expect(page.locator("#stem")).to_have_class(re.compile("is-heard"))
    # This browser has no voice at all: what was recorded is heard, and for the rest that is said.
    expect(page.locator("#listen-note")).to_contain_text("tidak punya suara bahasa Indonesia")
    desk.shot("52-no-voice")
    assert barriers(page) == []
    page.locator("#next").click()
    expect(page.locator("#listen-note")).to_be_hidden()


def test_the_next_question_ends_the_reading(desk: ApplicantDesk, author: Person) -> None:
    sound = upload_recording(desk.server.platform, author.actor, "audio", "a.wav", recordings.wav(2))
    begin(desk, MULTIPLE | {"id": "TIP-0031", "audio": {"id": sound}}, TRUE_FALSE)
    page = desk.page
    page.get_by_role("button", name="Dengarkan").click()
    expect(page.locator("#stem")).to_have_class(re.compile("is-heard"))
    page.locator("#next").click()
    expect(page.locator(".is-heard")).to_have_count(0)
    expect(page.get_by_role("button", name="Dengarkan")).to_be_visible()


def test_a_clip_plays_when_asked_and_the_answers_come_after_it(desk: ApplicantDesk, author: Person) -> None:
    film = upload_recording(desk.server.platform, author.actor, "video", "a.webm", recordings.film())
    begin(desk, TRUE_FALSE | {"id": "TIP-0032", "clip": film}, TRUE_FALSE | {"id": "TIP-0033", "clip": film})
    page, fetched = desk.page, []
    page.on("request", lambda request: fetched.append(request.url) if "/recordings/" in request.url else None)
    expect(page.locator(".clip-about")).to_contain_text("1 detik")
    expect(page.locator(".clip-about")).to_contain_text("kB")
    expect(page.locator("#options")).to_be_hidden()
    desk.shot("53-clip")
    assert fetched == [] and barriers(page) + too_wide(page) + small_targets(page) == []
    page.locator(".clip-play").click()
    expect(page.locator("video.clip-video")).to_have_js_property("muted", False)
    expect(page.get_by_role("button", name="Putar ulang")).to_be_visible()
    assert fetched
    desk.choose(0)
    desk.expect_saved()
    desk.shot("53-clip-seen")
    page.locator("#next").click()
    page.locator(".clip-skip").click()
    desk.choose(1)
    desk.expect_saved()
    page.reload()
    expect(page.locator("#options")).to_be_visible()


def test_a_clip_that_cannot_be_fetched_bars_nothing(desk: ApplicantDesk, author: Person) -> None:
    film = upload_recording(desk.server.platform, author.actor, "video", "a.webm", recordings.film())
    begin(desk, TRUE_FALSE | {"id": "TIP-0032", "clip": film})
    page = desk.page
    page.route("**/recordings/**", lambda route: route.abort())
    page.locator(".clip-play").click()
    expect(page.locator(".clip-about")).to_contain_text("tidak dapat diputar")
    desk.choose(0)
    desk.expect_saved()


def small_targets(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll("#question-panel button, #question-panel .option")]
          .filter((one) => one.checkVisibility())
          .filter((one) => { const box = one.getBoundingClientRect(); return Math.min(box.height, box.width) < least; })
          .map((one) => one.outerHTML.slice(0, 120))""",
        LEAST_TARGET - 0.5,
    )
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_each_type_fits_a_narrow_phone_without_a_barrier(
    phone: Callable[..., BrowserContext], server: Server, applicant: Person, colours: str
) -> None:
    desk = ApplicantDesk(phone(color_scheme=colours).new_page(), server, applicant)
    desk.sign_in()
    begin(desk, *TYPED)
    page, faults = desk.page, []
    for number, content in enumerate(TYPED):
        if content is HOTSPOT:
            expect(page.locator(".region-stage.is-ready")).to_be_visible()
        desk.shot(f"50-{content['type']}-{colours}")
        faults += barriers(page) + too_wide(page) + small_targets(page)
        if page.locator("#options input").count():
            desk.choose(1)
            desk.expect_saved()
            desk.shot(f"50-{content['type']}-{colours}-answered")
        if number < len(TYPED) - 1:
            page.locator("#next").click()
    assert faults == []
