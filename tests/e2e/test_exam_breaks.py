"""What goes wrong in the middle of an exam: the line, the server, the page, the clock, another tab, another phone.

An answer counts as saved only if the server has it; whatever the page shows is compared with the database.
"""

import json
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from examapp.persistence.event_log import responses
from examapp.persistence.records.results import PartResult
from scoring.responses import answer_sheet
from tests.support.server import Server
from tests.support.webdesk import ApplicantDesk

SAVED = re.compile("^Tersimpan di server")
WAITING = re.compile("^(Menunggu jaringan|Belum terkirim)")


def on_the_server(server: Server, attempt_id: UUID) -> dict[str, list[str]]:
    with server.platform.reading() as db:
        sheet = answer_sheet(responses(db, attempt_id))
    return {item: answer.value for (_, item), answer in sheet.answers.items()}


def shown_item(page: Page) -> str:
    name = page.locator("#options input").first.get_attribute("name") or ""
    return name.removeprefix("answer-")


def chosen(page: Page) -> str | None:
    found = page.locator("#options input:checked")
    return found.get_attribute("value") if found.count() else None


def test_a_reload_finds_every_answer_again(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    for option in (1, 0, 1):
        desk.choose(option)
        desk.expect_saved()
        page.locator("#next").click()
    with page.expect_response(lambda reply: "mark" in (reply.request.post_data or "")):
        page.locator("#mark").click()
    left_before = page.locator("#timer-text").inner_text()
    page.reload()
    expect(page.locator("#question-panel")).to_be_visible()
    assert desk.position() == 4
    expect(page.locator("#mark")).to_have_attribute("aria-pressed", "true")
    assert page.locator("#timer-text").inner_text() <= left_before
    page.locator("#previous").click()
    expect(page.locator("#save-text")).to_have_text(SAVED)
    assert [chosen(page)] == on_the_server(desk.server, attempt_id)[shown_item(page)]


def test_without_a_line_nothing_is_called_saved_and_nothing_is_lost(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    page.context.set_offline(True)
    for number in range(3):
        desk.choose(number % 2)
        expect(page.locator("#save-text")).to_have_text(WAITING)
        page.locator("#next").click()
    desk.shot("20-offline")
    assert on_the_server(desk.server, attempt_id) == {}
    page.context.set_offline(False)
    page.locator("#previous").click()
    expect(page.locator("#save-text")).to_have_text(SAVED)
    assert len(on_the_server(desk.server, attempt_id)) == 3


def test_answers_survive_the_end_of_the_page_while_the_line_is_down(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    page.route("**/events", lambda route: route.abort())
    for number in range(3):
        desk.choose(number % 2)
        expect(page.locator("#save-text")).to_have_text(WAITING)
        page.locator("#next").click()
    context = page.context
    page.close()
    assert on_the_server(desk.server, attempt_id) == {}
    again = context.new_page()
    again.goto(f"/sittings/{attempt_id}/exam")
    expect(again.locator("#question-panel")).to_be_visible()
    again.locator("#previous").click()
    expect(again.locator("#save-text")).to_have_text(SAVED)
    assert len(on_the_server(desk.server, attempt_id)) == 3


def test_a_server_killed_in_the_middle_costs_nothing(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    desk.choose(0)
    desk.expect_saved()
    desk.server.kill()
    try:
        page.locator("#next").click()
        desk.choose(1)
        expect(page.locator("#save-text")).to_have_text(WAITING)
    finally:
        desk.server.start()
    expect(page.locator("#save-text")).to_have_text(SAVED)
    assert len(on_the_server(desk.server, attempt_id)) == 2


def _lie(route: Route, body: str | bytes, status: int = 200) -> None:
    route.fulfill(status=status, content_type="application/json", body=body)


def _context(**more: object) -> str:
    known = {"now": "2026-11-23T03:00:00.000+00:00", "deadline": "2099-01-01T00:00:00.000+00:00"}
    return json.dumps({**known, "state": "running", "notices": [], **more})


LIES: dict[str, Callable[[Route], None]] = {
    "500": lambda route: _lie(route, _context(error="server_error", message="…"), 500),
    "an HTML page": lambda route: _lie(route, "<html>Masuk ke Wi-Fi</html>"),
    "half a reply": lambda route: _lie(route, _context(acknowledged=[])[:40]),
    "nothing acknowledged": lambda route: _lie(route, _context(acknowledged=[])),
    "somebody else's acknowledgement": lambda route: _lie(
        route,
        _context(
            acknowledged=[
                {"uuid": "x", "status": "saved", "sequence": 1, "received_at": "2026-11-23T03:00:00Z"}
            ]
        ),
    ),
    "silence": lambda _route: None,
}


@pytest.mark.parametrize("name", LIES)
def test_a_reply_that_is_none_never_reads_as_saved(desk: ApplicantDesk, name: str) -> None:
    attempt_id, page = desk.begin(), desk.page
    tries: list[str] = []

    def lie(route: Route) -> None:
        tries.append(route.request.url)
        LIES[name](route)

    page.route("**/events", lie)
    page.evaluate(
        """() => {
          window.seen = [];
          new MutationObserver(() => window.seen.push(document.getElementById("save-text").textContent))
            .observe(document.getElementById("save"), {subtree: true, childList: true, characterData: true});
        }"""
    )
    desk.choose(0)
    while len(tries) < 3:
        page.wait_for_timeout(50)
    assert on_the_server(desk.server, attempt_id) == {}
    assert not [text for text in page.evaluate("window.seen") if SAVED.match(text)]
    page.unroute("**/events")
    expect(page.locator("#save-text")).to_have_text(SAVED)
    assert len(on_the_server(desk.server, attempt_id)) == 1


def test_a_second_tab_takes_over_and_the_first_says_so(desk: ApplicantDesk) -> None:
    attempt_id, first = desk.begin(), desk.page
    desk.choose(0)
    desk.expect_saved()
    second = first.context.new_page()
    second.goto(f"/sittings/{attempt_id}/exam")
    expect(second.locator("#take-over")).to_be_visible()
    ApplicantDesk(second, desk.server, desk.person).shot("21-elsewhere")
    expect(first.locator("#question-panel")).to_be_visible()
    second.locator("#take-over").click()
    expect(second.locator("#question-panel")).to_be_visible()
    expect(first.locator("#take-over")).to_be_visible()
    tab = ApplicantDesk(second, desk.server, desk.person)
    assert tab.position() == 2
    tab.choose(1)
    tab.expect_saved()
    assert len(on_the_server(desk.server, attempt_id)) == 2


def test_another_phone_takes_over_and_the_old_one_changes_nothing_more(
    desk: ApplicantDesk, phone: Callable[..., BrowserContext]
) -> None:
    attempt_id, page = desk.begin(), desk.page
    page.route("**/events", lambda route: route.abort())
    desk.choose(0)
    expect(page.locator("#save-text")).to_have_text(WAITING)
    item = shown_item(page)

    other = ApplicantDesk(phone().new_page(), desk.server, desk.person)
    other.sign_in()
    other.page.goto(f"/sittings/{attempt_id}/exam")
    other.page.locator("#take-over").click()
    expect(other.page.locator("#question-panel")).to_be_visible()
    assert shown_item(other.page) == item
    other.choose(1)
    other.expect_saved()
    value = chosen(other.page)

    expect(page.locator("#take-over")).to_be_visible()
    expect(page.locator("#question-panel")).to_be_hidden()
    with page.expect_response("**/events"):
        page.unroute("**/events")
    with desk.server.platform.reading() as db:
        kept = [event.epoch for event in responses(db, attempt_id) if event.item_id == item]
    assert sorted(kept) == [1, 2]
    assert on_the_server(desk.server, attempt_id)[item] == [value]


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_a_day_wrong_changes_no_minute(desk: ApplicantDesk, days: int) -> None:
    page = desk.page
    page.add_init_script(
        f"""(() => {{
          const Real = Date, off = {days} * 86400000;
          window.Date = class extends Real {{
            constructor(...given) {{ given.length ? super(...given) : super(Real.now() + off); }}
            static now() {{ return Real.now() + off; }}
          }};
        }})()"""
    )
    desk.begin()
    minutes, seconds = page.locator("#timer-text").inner_text().split(":")
    # A day wrong would show; how long the first page took to come does not matter here.
    assert 28 * 60 <= int(minutes) * 60 + int(seconds) <= 30 * 60
    desk.choose(0)
    desk.expect_saved()


def test_submitting_twice_gives_one_result(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    desk.answer_all(attempt_id)
    address = f"/api/v1/attempts/{attempt_id}/submit"
    statuses = page.evaluate(
        """async (address) => {
          const token = document.querySelector('meta[name="csrf-token"]').content;
          const send = () => fetch(address, {method: "POST", body: '{"part": "theory"}',
            headers: {"X-CSRFToken": token, "Content-Type": "application/json"}}).then((reply) => reply.status);
          return Promise.all([send(), send(), send(), send()]);
        }""",
        address,
    )
    assert statuses == [200, 200, 200, 200]
    page.wait_for_url("**/result")
    expect(page.get_by_text("30 / 30")).to_be_visible()
    with desk.server.platform.reading() as db:
        assert db.query(PartResult).filter(PartResult.attempt_id == attempt_id).count() == 1


def test_the_unanswered_are_named_before_a_submit(desk: ApplicantDesk) -> None:
    desk.begin()
    page = desk.page
    desk.choose(0)
    desk.expect_saved()
    page.locator("#open-overview").click()
    page.locator("#overview-submit").click()
    expect(page.locator("#confirm-open-list button")).to_have_count(29)
    desk.shot("22-unanswered")
    page.locator("#confirm-open-list button").nth(4).click()
    assert desk.position() == 6


def test_the_keyboard_is_enough(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    page.keyboard.press("b")
    desk.expect_saved()
    assert page.locator("#options input").nth(1).is_checked()
    page.keyboard.press("1")
    desk.expect_saved()
    assert page.locator("#options input").nth(0).is_checked()
    page.keyboard.press("m")
    expect(page.locator("#mark")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    assert desk.position() == 2
    page.keyboard.press("ArrowLeft")
    assert desk.position() == 1
    assert len(on_the_server(desk.server, attempt_id)) == 1
