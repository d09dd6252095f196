"""The psychology tasks in a real browser: what is pressed is what the server has, whatever interrupts."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from examapp.domain.attempt import Part
from examapp.persistence.event_log import page_events, responses
from examapp.persistence.records.attempts import AttemptPart
from examapp.services.sitting import submission
from scoring.responses import answer_sheet
from tests.support.battery import ready, renewal
from tests.support.server import Server
from tests.support.webdesk import ApplicantDesk

SAVED = re.compile("^Tersimpan di server")


@pytest.fixture
def sitter(phone: Callable[..., BrowserContext], server: Server) -> ApplicantDesk:
    """An applicant for a renewal, signed in on a phone of 360 × 640."""
    page = phone().new_page()
    page.set_viewport_size({"width": 360, "height": 640})
    made = ApplicantDesk(page, server, renewal(server.platform))
    made.sign_in()
    return made


def open_part(sitter: ApplicantDesk, part: Part) -> UUID:
    """The page of `part` with the task begun; the parts before it are submitted empty."""
    attempt_id = ready(sitter.server.platform, sitter.person)
    sitter.page.goto(f"/sittings/{attempt_id}/psychology")
    for before in list(Part)[1 : list(Part).index(part)]:
        begin(sitter.page)
        submission.submit_part(sitter.server.platform, sitter.person.actor, attempt_id, before)
        sitter.page.goto(f"/sittings/{attempt_id}/psychology")
    begin(sitter.page)
    return attempt_id


def begin(page: Page) -> None:
    page.locator("#begin").click()
    expect(page.locator("#stage *").first).to_be_visible()


def kept(server: Server, attempt_id: UUID, part: Part) -> dict[str, Any]:
    with server.platform.reading() as db:
        return dict(answer_sheet(responses(db, attempt_id)).part(part))


def told(server: Server, attempt_id: UUID) -> list[tuple[str, Any]]:
    with server.platform.reading() as db:
        return [(kind, value) for kind, _, value in page_events(db, attempt_id)]


def look_at(page: Page, ms: int) -> None:
    """Wait until what stands on the page was shown and looked at so long, by the page's own clock.

    A press sooner than a person can see passes for the second touch of one tap.
    """
    page.evaluate("ms => new Promise(done => requestAnimationFrame(() => setTimeout(done, ms)))", ms)


def choose(page: Page, number: int) -> str:
    """Choose on the present statement; returns its text once the next one stands there."""
    text = page.locator("#statement").inner_text()
    look_at(page, 300)
    page.locator(f"[data-choice='{number}']").tap()
    expect(page.locator("#statement")).not_to_have_text(text)
    return text


def missing_symbol(page: Page) -> str:
    """What a look at the row tells: the symbol of the key that is not in it."""
    found = page.evaluate(
        """() => {
          const drawn = (box) => [...document.querySelectorAll(`${box} path`)].map((path) => path.getAttribute("d"));
          const row = drawn(".symbol-row");
          const place = drawn(".symbol-key").findIndex((shape) => !row.includes(shape));
          return document.querySelectorAll(".symbol-button")[place].dataset.symbol;
        }"""
    )
    return str(found)


def press_row(page: Page) -> None:
    row = page.locator(".symbol-row").get_attribute("aria-label")
    look_at(page, 200)
    page.locator(f"[data-symbol='{missing_symbol(page)}']").tap()
    expect(page.locator(".symbol-row")).not_to_have_attribute("aria-label", row or "")


def practise_symbols(page: Page) -> None:
    for _ in range(4):
        expect(page.locator(".task-hint:not(.is-right)")).to_be_visible()
        page.locator(f"[data-symbol='{missing_symbol(page)}']").tap()
        expect(page.locator(".task-hint.is-right")).to_be_visible()
        expect(page.locator(".task-hint.is-right")).to_have_count(0)
    page.locator("#stage .btn-primary").tap()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollHeight <= window.innerHeight"))


def test_statements_stay_after_a_reload_and_can_be_changed(sitter: ApplicantDesk) -> None:
    attempt_id, page = open_part(sitter, Part.STATEMENTS), sitter.page
    assert fits(page)
    for number in (4, 2):
        choose(page, number)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    page.reload()
    begin(page)
    expect(page.locator("#position")).to_have_text(re.compile("^Pernyataan 3 dari"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-choice='2']")).to_have_attribute("aria-pressed", "true")
    choose(page, 5)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    values = kept(sitter.server, attempt_id, Part.STATEMENTS).values()
    assert sorted(value["choice"] for value in values) == [4, 5]
    assert all(value["rt_ms"] > 200 for value in values)


def test_without_a_line_an_answer_waits_and_is_never_called_saved(sitter: ApplicantDesk) -> None:
    attempt_id, page = open_part(sitter, Part.STATEMENTS), sitter.page
    choose(page, 3)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    page.context.set_offline(True)
    choose(page, 1)
    expect(page.locator("#save-text")).to_have_text("Menunggu jaringan…")
    assert len(kept(sitter.server, attempt_id, Part.STATEMENTS)) == 1
    page.context.set_offline(False)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    assert len(kept(sitter.server, attempt_id, Part.STATEMENTS)) == 2


@pytest.mark.parametrize("reading_again", [False, True])
def test_when_the_time_of_a_part_is_over_it_ends_and_the_next_one_is_offered(
    sitter: ApplicantDesk, reading_again: bool
) -> None:
    attempt_id, page = open_part(sitter, Part.STATEMENTS), sitter.page
    choose(page, 4)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    if reading_again:
        page.reload()
        expect(page.locator("#begin")).to_be_visible()
    with sitter.server.platform.writing() as tx:
        part = tx.session.get_one(AttemptPart, (attempt_id, Part.STATEMENTS.value))
        part.deadline = tx.now + timedelta(seconds=4)
    expect(page.locator("#intro-title")).to_have_text("Simbol yang hilang")
    expect(page.locator("#begin")).to_be_visible()
    assert len(kept(sitter.server, attempt_id, Part.STATEMENTS)) == 1


def test_symbols_are_kept_but_not_the_practice_and_a_pause_is_noted(sitter: ApplicantDesk) -> None:
    attempt_id, page = open_part(sitter, Part.MISSING_SYMBOL), sitter.page
    assert fits(page)
    practise_symbols(page)
    assert kept(sitter.server, attempt_id, Part.MISSING_SYMBOL) == {}
    expect(page.locator(".column-time")).to_be_visible()
    assert fits(page)
    for _ in range(2):
        press_row(page)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    expect(page.locator("#cover")).to_be_visible()
    expect(page.locator(".symbol-row")).to_be_hidden()
    look_at(page, 300)
    stood = page.evaluate("document.querySelector('.column-time').value")
    look_at(page, 800)
    assert page.evaluate("document.querySelector('.column-time').value") == stood
    page.locator("#cover-go-on").tap()
    press_row(page)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    values = kept(sitter.server, attempt_id, Part.MISSING_SYMBOL)
    assert set(values) == {"c1r1", "c1r2", "c1r3"}
    assert values["c1r1"]["t_ms"] < values["c1r2"]["t_ms"] < values["c1r3"]["t_ms"]
    paused = [value for kind, value in told(sitter.server, attempt_id) if kind == "device.timing"]
    assert any(value.get("paused") == "blur" and value["ms"] >= 700 for value in paused)


def test_a_reload_in_a_column_gives_no_time_back(sitter: ApplicantDesk) -> None:
    attempt_id, page = open_part(sitter, Part.MISSING_SYMBOL), sitter.page
    practise_symbols(page)
    press_row(page)
    # What is used up is noted each second.
    page.wait_for_function("() => document.querySelector('.column-time').value >= 3000")
    page.reload()
    begin(page)
    expect(page.locator(".column-time")).to_be_visible()
    assert page.evaluate("document.querySelector('.column-time').value") >= 2_000
    press_row(page)
    expect(page.locator("#save-text")).to_have_text(SAVED)
    assert set(kept(sitter.server, attempt_id, Part.MISSING_SYMBOL)) == {"c1r1", "c1r2"}


def press_arrow(page: Page) -> None:
    shown = page.locator(".reaction-box .glyph path")
    turn = shown.get_attribute("transform") or ""
    key = {"0": "Up", "90": "Right", "180": "Down", "270": "Left"}[re.findall(r"\d+", turn)[0]]
    look_at(page, 200)
    page.keyboard.press(f"Arrow{key}")
    expect(page.locator(".task-hint")).to_have_text("Benar.")
    expect(page.locator(".task-hint")).to_have_text("")


def test_arrows_are_timed_and_an_arrow_that_was_seen_is_not_shown_twice(sitter: ApplicantDesk) -> None:
    attempt_id, page = open_part(sitter, Part.CHOICE_REACTION), sitter.page
    assert fits(page)
    press_arrow(page)
    expect(page.locator(".reaction-box .glyph")).to_be_visible()
    look_at(page, 150)
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.locator("#cover-go-on").tap()
    expect(page.locator("#position")).to_have_text(re.compile("^Latihan 3 dari 8"))
    values = kept(sitter.server, attempt_id, Part.CHOICE_REACTION)
    assert set(values) == {"t1", "t2"}
    assert 150 < values["t1"]["rt_ms"] < 3_000
    assert values["t2"] == {"response": None, "rt_ms": None}
