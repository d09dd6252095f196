"""The applicant's whole way on a phone, from the home page to the theory's result."""

import re

from playwright.sync_api import expect

from examapp.persistence.records.attempts import Attempt
from tests.support.webdesk import ApplicantDesk


def test_from_home_to_the_theory_result(desk: ApplicantDesk) -> None:
    page = desk.page
    desk.shot("01-home")
    page.get_by_role("button", name="Mulai ujian").click()

    page.wait_for_url("**/consent")
    desk.shot("02-consent", full=True)
    desk.primary()
    expect(page.locator(".field-error")).to_be_visible()
    page.locator("input[name=agree]").check()
    desk.primary()

    for number in range(1, 6):
        page.wait_for_url(f"**/briefing/{number}")
        desk.shot(f"03-briefing-{number}", full=True)
        desk.primary()

    page.wait_for_url("**/camera")
    expect(page.locator("#check-camera")).to_have_class(re.compile("check--good"))
    expect(page.locator("#check-line")).to_have_class(re.compile("check--good"))
    expect(page.locator("#check-light")).to_have_class(re.compile("check--good"))
    desk.shot("04-camera", full=True)
    desk.primary()

    page.wait_for_url("**/photo")
    expect(page.locator("#take")).to_be_enabled()
    desk.shot("05-photo", full=True)
    page.locator("#take").click()
    expect(page.locator("#taken")).to_be_visible()
    desk.shot("06-photo-taken", full=True)
    page.locator("#send").click()

    page.wait_for_url("**/practice")
    expect(page.locator("#options .option")).to_have_count(3)
    desk.choose(1)
    desk.expect_saved()
    desk.shot("07-practice")
    page.locator("#next").click()
    desk.shot("08-practice-confirm")
    page.locator("#confirm-submit").click()

    page.wait_for_url("**/exam")
    expect(page.locator("#start")).to_be_enabled()
    desk.shot("09-start", full=True)
    page.locator("#start").click()
    attempt_id = re.search(r"sittings/([0-9a-f-]+)/", page.url)
    assert attempt_id
    with desk.server.platform.reading() as db:
        attempt = db.query(Attempt).filter(Attempt.applicant_id == desk.person.account_id).one().id
    expect(page.locator("#question-panel")).to_be_visible()
    desk.shot("10-question")
    desk.answer_all(attempt)
    desk.shot("11-last-question")
    page.locator("#open-overview").click()
    desk.shot("12-overview")
    page.locator("#overview-submit").click()
    expect(page.locator("#confirm-all")).to_be_visible()
    page.locator("#confirm-submit").click()

    page.wait_for_url("**/result")
    expect(page.get_by_text("30 / 30")).to_be_visible()
    desk.shot("13-result", full=True)
