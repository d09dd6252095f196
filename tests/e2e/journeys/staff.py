"""Proctors and psychologists at their desks."""

from uuid import UUID

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from examapp.persistence.records.proctoring import EpisodeRecord, ReviewCase
from tests.support.people import Person
from tests.support.server import Server

DESK = {"width": 1366, "height": 768}


def sign_in(browser: Browser, server: Server, who: Person, **options: object) -> Page:
    """A desk of their own, signed in."""
    context: BrowserContext = browser.new_context(
        base_url=server.url, viewport=DESK, locale="id-ID", timezone_id="Asia/Jakarta", **options
    )
    page = context.new_page()
    page.goto("/sign-in")
    page.fill("[name=login]", who.login)
    page.fill("[name=password]", who.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def case_of(server: Server, attempt_id: UUID) -> ReviewCase | None:
    with server.platform.reading() as db:
        return db.scalars(select(ReviewCase).where(ReviewCase.attempt_id == attempt_id)).one_or_none()


def episodes_of(server: Server, attempt_id: UUID) -> set[tuple[str, str]]:
    """Kind and severity of what was found so far."""
    with server.platform.reading() as db:
        found = db.scalars(select(EpisodeRecord).where(EpisodeRecord.attempt_id == attempt_id))
        return {(each.kind, each.severity) for each in found}


def decide(page: Page, server: Server, attempt_id: UUID, choice: str, reason: str) -> None:
    """Claim the case and decide it with a prepared reason."""
    case = case_of(server, attempt_id)
    assert case is not None
    page.goto(f"/proctor/cases/{case.id}")
    page.get_by_role("button", name="Ambil kasus ini").click()
    expect(page.locator("#claim-left")).to_be_visible()
    # No decision lies nearer than another: reasons come after the choice.
    expect(page.locator(".reasons .choice:visible")).to_have_count(0)
    page.locator(f"input[name=choice][value={choice}]").check()
    page.locator(f"input[name=reasons][value={reason}]").check()
    page.locator("#decision button[type=submit]").click()
    expect(page.locator(".note--green, .alert-success").first).to_be_visible()


def sign(page: Page, attempt_id: UUID) -> None:
    """Take the report and sign it as fit."""
    page.goto(f"/psychology/{attempt_id}")
    page.get_by_role("button", name="Ambil laporan ini").click()
    page.locator("input[name=decision][value=fit]").check()
    page.fill("[name=registration_number]", "SIPP 0417-23-2-1")
    page.get_by_role("button", name="Tandatangani").click()
    page.wait_for_url("**/psychology")
