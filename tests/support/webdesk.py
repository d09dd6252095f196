"""What an applicant does in the browser, in a few words: sign in, walk the steps, sit the exam."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.support.people import Person
from tests.support.server import Server
from tests.support.sitting import Response, keys_of, prepared


@dataclass(slots=True)
class ApplicantDesk:
    """One page of one applicant."""

    page: Page
    server: Server
    person: Person

    def sign_in(self) -> None:
        self.page.goto("/sign-in")
        self.page.fill("input[name=login]", self.person.login)
        self.page.fill("input[name=password]", self.person.password)
        self.page.locator("main button[type=submit], .action-bar button[type=submit]").first.click()
        self.page.wait_for_url("**/home")

    def shot(self, name: str, full: bool = False) -> None:
        """A picture for people to look at, where `SIMEXAM_SHOTS` names a folder."""
        folder = os.environ.get("SIMEXAM_SHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=full)

    def primary(self) -> None:
        self.page.locator(".action-bar .btn-primary:visible").click()

    def prepare(self) -> UUID:
        """All steps done by the services, the start page open."""
        attempt_id = prepared(self.server.platform, self.person)
        self.page.goto(f"/sittings/{attempt_id}/exam")
        return attempt_id

    def begin(self) -> UUID:
        """The theory exam begun in the browser."""
        attempt_id = self.prepare()
        self.page.locator("#start").click()
        expect(self.page.locator("#question-panel")).to_be_visible()
        return attempt_id

    def choose(self, option: int) -> None:
        self.page.locator("#options .option").nth(option).click()

    def choose_right(self, keys: Mapping[str, Response]) -> None:
        options = self.page.locator("#options")
        key = keys[options.get_attribute("data-item") or ""]
        if isinstance(key, tuple):
            self.put_in_order(key)
            return
        for option in [key] if isinstance(key, str) else key:
            options.locator(f"label:has(input[value={option}])").click()

    def put_in_order(self, order: tuple[str, ...]) -> None:
        """Bring the rows into `order` with their buttons; say so where they stood right by chance."""
        rows = self.page.locator("#options .order-row")
        for place, option in enumerate(order):
            while self.order()[place] != option:
                rows.and_(self.page.locator(f"[data-option={option}]")).locator(".order-step--up").click()
        if self.page.locator(".order-confirm").is_visible():
            self.page.locator(".order-confirm").click()

    def order(self) -> list[str]:
        """The options of an ordering item from first to last, as they stand on the page."""
        rows = self.page.locator("#options .order-row").all()
        return [row.get_attribute("data-option") or "" for row in rows]

    def expect_saved(self) -> None:
        expect(self.page.locator("#save-text")).to_have_text(
            re.compile(r"^Tersimpan di server \d\d\.\d\d\.\d\d$")
        )

    def position(self) -> int:
        text = self.page.locator("#position").inner_text()
        found = re.search(r"\d+", text)
        assert found, text
        return int(found.group())

    def answer_all(self, attempt_id: UUID) -> None:
        """Every question answered rightly, each seen as saved, up to the last."""
        keys = keys_of(self.server.platform, attempt_id)
        for number in range(len(keys)):
            self.choose_right(keys)
            self.expect_saved()
            if number < len(keys) - 1:
                self.page.locator("#next").click()

    def submit(self) -> None:
        self.page.locator("#open-overview").click()
        self.page.locator("#overview-submit").click()
        self.page.locator("#confirm-submit").click()
        self.page.wait_for_url("**/result")
