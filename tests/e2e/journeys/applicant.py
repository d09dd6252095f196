"""An applicant's way through the pages, from the register to the psychology tasks."""

import re
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import select

from examapp.domain.attempt import Part
from examapp.domain.roles import Role
from examapp.persistence.records.accounts import Application
from examapp.persistence.records.attempts import Attempt
from scoring.psychology import statements
from tests.e2e.journeys.checks import barriers, too_wide
from tests.e2e.journeys.shots import shoot
from tests.support.battery import seed_of
from tests.support.people import PASSWORD, Person, make_nik
from tests.support.server import Server
from tests.support.webdesk import ApplicantDesk

BORN = date(1999, 5, 9)
ROBOT = (Path(__file__).parent / "robot.js").read_text()


class Way(ApplicantDesk):
    """Walks the steps; with `strict`, what a checker finds on the pages is gathered in `faults`."""

    faults: list[str]
    pictures: bool = False

    @classmethod
    def of(cls, page: Page, server: Server, person: Person, pictures: bool = False) -> "Way":
        made = cls(page, server, person)
        made.faults, made.pictures = [], pictures
        return made

    def look(self, name: str = "") -> None:
        self.faults += barriers(self.page) + too_wide(self.page)
        if name and self.pictures:
            shoot(self.page, name)

    @property
    def attempt_id(self) -> UUID:
        with self.server.platform.reading() as db:
            query = select(Attempt.id).where(Attempt.applicant_id == self.person.account_id)
            return db.scalars(query).one()

    def steps_to_camera(self) -> None:
        """From the home page over consent and briefing to the camera check."""
        page = self.page
        self.look()
        page.get_by_role("button", name="Mulai ujian").click()
        page.wait_for_url("**/consent")
        self.look("consent")
        page.locator("input[name=agree]").check()
        self.primary()
        for number in range(1, 6):
            page.wait_for_url(f"**/briefing/{number}")
            self.look()
            self.primary()
        page.wait_for_url("**/camera")

    def check_camera(self) -> None:
        page = self.page
        for check in ("camera", "line", "light"):
            expect(page.locator(f"#check-{check}")).to_have_class(re.compile("check--good"))
        self.look("camera")
        self.primary()
        page.wait_for_url("**/photo")

    def send_photo(self) -> None:
        """Take the reference photo and send it; what comes of it is the caller's to see."""
        page = self.page
        expect(page.locator("#take")).to_be_enabled()
        page.locator("#take").click()
        expect(page.locator("#taken")).to_be_visible()
        page.locator("#send").click()

    def practise(self) -> None:
        page = self.page
        page.wait_for_url("**/practice")
        expect(page.locator("#options .option")).to_have_count(3)
        self.choose(1)
        self.expect_saved()
        self.look()
        page.locator("#next").click()
        page.locator("#confirm-submit").click()
        page.wait_for_url("**/exam")

    def start_theory(self) -> None:
        expect(self.page.locator("#start")).to_be_enabled()
        self.page.locator("#start").click()
        expect(self.page.locator("#question-panel")).to_be_visible()

    def psychology_by_robot(self) -> None:
        """Begin the first task; a hand in the page does all three while the test goes on with other people."""
        page, attempt_id = self.page, self.attempt_id
        expect(page.locator("#begin")).to_be_visible()
        self.look()
        page.locator("#begin").click()
        expect(page.locator("#statement")).to_be_visible()
        seed = seed_of(self.server.platform, attempt_id, Part.STATEMENTS)
        page.evaluate(ROBOT, {each.text["id"]: _agree(each) for each in statements.presented(seed)})

    def result(self) -> Page:
        self.page.goto(f"/sittings/{self.attempt_id}/result")
        return self.page


def _agree(statement: statements.Statement) -> int:
    if statement.instructed is not None:
        return statement.instructed
    return 2 if statement.reverse else 4


def register(page: Page, server: Server) -> Person:
    """Fill in the form: first with a NIK that is not of this birth date, then as it should be."""
    page.goto("/")
    page.goto("/register")
    nik = make_nik(BORN, woman=True)
    page.fill("[name=nik]", make_nik(date(1999, 5, 10), woman=True))
    page.fill("[name=name]", "Dewi Lestari Putri")
    page.fill("[name=birth_date]", BORN.isoformat())
    page.fill("[name=phone]", "081234567890")
    page.locator("[name=licence_class][value=A], select[name=licence_class]").first.evaluate(
        "one => { if (one.tagName === 'SELECT') { one.value = 'A'; } else { one.checked = true; } }"
    )
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".field-error").first).to_be_visible()
    assert barriers(page) + too_wide(page) == []
    page.fill("[name=nik]", nik)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/registered")
    with server.platform.reading() as db:
        newest = select(Application.applicant_id).order_by(Application.created_at.desc()).limit(1)
        account_id = cast(UUID, db.scalars(newest).one())
    return Person(account_id, Role.APPLICANT, nik)
