"""Whole sittings, from the form to the verdict: `simexam serve`, the real model, a browser whose camera plays a film.

The honest applicant's psychology runs in its own page, by a hand that presses there, while the others are looked after:
the tests of this module belong together and stand in the order in which the day goes.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from examapp.domain.roles import Role
from examapp.persistence.event_log import responses
from examapp.persistence.records.attempts import Attempt
from examapp.services.psychology import signing
from scoring.responses import answer_sheet
from tests.e2e.journeys import films
from tests.e2e.journeys.applicant import Way, register
from tests.e2e.journeys.checks import barriers
from tests.e2e.journeys.served import Served, until
from tests.e2e.journeys.shots import keep_only, shoot, shooting
from tests.e2e.journeys.staff import case_of, decide, episodes_of, sign, sign_in
from tests.support.battery import sit_battery
from tests.support.people import Person, make_applicant, make_staff
from tests.support.sitting import answer_theory

# One day goes by here, and the honest applicant's psychology takes minutes of it.
pytestmark = [pytest.mark.xdist_group("whole_sittings"), pytest.mark.timeout(900)]

PHONE = {"width": 360, "height": 740}
Phone = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(tmp_path_factory.mktemp("whole") / "instance")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def phone_of(served: Served) -> Iterator[Phone]:
    """A fresh phone on a browser: `phone_of(browser, color_scheme="dark")`."""
    with ExitStack() as opened:

        def make(browser: Browser, **options: object) -> BrowserContext:
            options = {"permissions": ["camera"], "device_scale_factor": 1.5, **options}
            context = browser.new_context(
                base_url=served.url,
                viewport=PHONE,
                has_touch=True,
                is_mobile=True,
                locale="id-ID",
                timezone_id="Asia/Jakarta",
                **options,
            )
            opened.callback(context.close)
            return context

        yield make


@pytest.fixture(scope="module")
def quiet_browser(launch: Callable[..., Browser]) -> Browser:
    """For desks and for the applicant who refuses: it may not use the camera it has."""
    return launch(films.drawn(), allow=False)


@pytest.fixture(scope="module")
def honest(served: Served, phone_of: Phone, launch: Callable[..., Browser]) -> Way:
    """An applicant who registered by the form and sat the theory; their psychology goes on by itself."""
    page = phone_of(launch(films.honest())).new_page()
    way = Way.of(page, served, register(page, served))
    way.sign_in()
    way.steps_to_camera()
    way.check_camera()
    way.send_photo()
    way.practise()
    way.start_theory()
    way.answer_all(way.attempt_id)
    way.look()
    way.submit()
    expect(page.get_by_text("30 / 30")).to_be_visible()
    way.look()
    way.primary()
    page.wait_for_url("**/psychology")
    way.psychology_by_robot()
    return way


@dataclass(frozen=True, slots=True)
class Watched:
    """Applicants at the exam whose cameras show something that people should look at."""

    leaves: Way
    drawn: Way
    several: Way


@pytest.fixture(scope="module")
def watched(served: Served, phone_of: Phone, launch: Callable[..., Browser]) -> Watched:
    def sit(film: str) -> Way:
        page = phone_of(launch(getattr(films, film)())).new_page()
        way = Way.of(page, served, make_applicant(served.platform), pictures=film == "drawn_leaves")
        way.sign_in()
        way.begin()
        return way

    return Watched(sit("face_leaves"), sit("drawn_leaves"), sit("second_face"))


@pytest.fixture(scope="module")
def psychologist(served: Served) -> Person:
    return make_staff(served.platform, Role.PSYCHOLOGIST)


def standing(served: Served, way: Way) -> Attempt:
    with served.platform.reading() as db:
        return db.get_one(Attempt, way.attempt_id)


def why_held(served: Served, way: Way) -> list[object]:
    """What people were asked to look at; nothing where they were not asked."""
    return list(getattr(case_of(served, way.attempt_id), "reasons", []))


def finish(served: Served, way: Way, psychologist: Person) -> None:
    """Hand in a passed theory by the page; psychology and its signature come from the services."""
    attempt_id = way.attempt_id
    answer_theory(served.platform, way.person, attempt_id, 30)
    way.page.reload()
    expect(way.page.locator("#question-panel")).to_be_visible()
    way.submit()
    sit_battery(served.platform, way.person, attempt_id)
    signing.claim(served.platform, psychologist.actor, attempt_id)
    signing.sign(
        served.platform, psychologist.actor, attempt_id, signing.Decision.FIT, "SIPP 0417-23-2-1", ""
    )


def test_from_the_form_to_psychology_no_page_stands_in_the_way(honest: Way) -> None:
    assert honest.faults == []


def test_a_face_that_leaves_holds_the_sitting_until_a_proctor_clears_it(
    served: Served, watched: Watched, psychologist: Person, honest: Way, quiet_browser: Browser
) -> None:
    way = watched.leaves
    found = {("nobody", "medium"), ("nobody", "high")}
    until(lambda: found & episodes_of(served, way.attempt_id), "an episode without anybody", 90)
    finish(served, way, psychologist)
    until(lambda: case_of(served, way.attempt_id), "a case for the proctors")
    assert standing(served, way).integrity == "held"
    expect(way.result().locator(".hero h1")).to_have_text("Petugas memeriksa ujian Anda")
    way.look()
    proctor = sign_in(quiet_browser, served, make_staff(served.platform, Role.PROCTOR))
    decide(proctor, served, way.attempt_id, "clear", "explained_by_surroundings")
    assert standing(served, way).integrity == "clear"
    expect(way.result().locator(".hero h1")).to_have_text("Lulus teori dan psikologi")
    way.page.context.close()
    proctor.context.close()
    assert way.faults == []


def test_the_live_wall_shows_who_sits_now(
    served: Served, watched: Watched, launch: Callable[..., Browser], phone_of: Phone, quiet_browser: Browser
) -> None:
    browser = launch(films.drawn())
    page = phone_of(browser).new_page()
    way = Way.of(page, served, make_applicant(served.platform), pictures=True)
    way.sign_in()
    way.steps_to_camera()
    way.check_camera()
    way.send_photo()
    way.practise()
    way.start_theory()
    while page.locator("#picture-box").is_hidden():
        page.locator("#next").click()
    way.choose(0)
    way.expect_saved()
    way.look("exam")
    page.emulate_media(color_scheme="dark")
    way.look("exam-dark")
    page.emulate_media(color_scheme="light")
    proctor = sign_in(quiet_browser, served, make_staff(served.platform, Role.PROCTOR))
    proctor.goto("/proctor/")
    tile = proctor.locator(f"[data-id='{way.attempt_id}']")
    expect(tile.locator(".tile-condition")).to_have_text("Semua tenang")
    expect(tile.locator("img")).to_be_visible()
    assert barriers(proctor) == []
    if shooting():
        shoot_wall(proctor, served, browser, phone_of, {str(way.attempt_id), str(watched.drawn.attempt_id)})
    tile.locator("a").click()
    expect(proctor.locator("h1")).to_be_visible()
    assert barriers(proctor) == []
    assert way.faults == []
    browser.close()


def shoot_wall(page: Page, served: Served, browser: Browser, phone_of: Phone, drawn: set[str]) -> None:
    """The wall with some more drawn people. Tiles of filmed ones are taken off: no real face is ever published."""
    for licence_class in ("C", "A"):
        way = Way.of(
            phone_of(browser).new_page(), served, make_applicant(served.platform, licence_class=licence_class)
        )
        way.sign_in()
        drawn.add(str(way.begin()))
    page.set_viewport_size({"width": 1120, "height": 440})
    for attempt_id in drawn:
        expect(page.locator(f"[data-id='{attempt_id}'] img")).to_be_visible()
    keep_only(page, drawn)
    shoot(page, "live-wall")


def test_two_proctors_void_a_sitting(
    served: Served, watched: Watched, psychologist: Person, quiet_browser: Browser
) -> None:
    way = watched.drawn
    found = {("nobody", "medium"), ("nobody", "high")}
    until(lambda: found & episodes_of(served, way.attempt_id), "an episode without anybody", 90)
    finish(served, way, psychologist)
    until(lambda: case_of(served, way.attempt_id), "a case for the proctors")
    case = case_of(served, way.attempt_id)
    assert case is not None
    first = sign_in(quiet_browser, served, make_staff(served.platform, Role.PROCTOR))
    first.goto(f"/proctor/cases/{case.id}")
    expect(first.locator("#timeline canvas, #timeline svg").first).to_be_visible()
    first.locator("#strip img").first.scroll_into_view_if_needed()
    first.wait_for_load_state("networkidle")
    shoot(first, "review-desk")
    assert barriers(first) == []
    decide(first, served, way.attempt_id, "void", "absent_for_long")
    assert standing(served, way).integrity == "held"
    second = sign_in(quiet_browser, served, make_staff(served.platform, Role.PROCTOR))
    decide(second, served, way.attempt_id, "void", "absent_for_long")
    assert standing(served, way).integrity == "voided"
    expect(way.result().locator(".hero h1")).to_have_text("Ujian ini dibatalkan")
    way.look()
    assert way.faults == []
    for page in (first, second, way.page):
        page.context.close()


def test_a_second_face_is_flagged(served: Served, watched: Watched, psychologist: Person) -> None:
    way = watched.several
    found = {("several_people", "medium"), ("several_people", "high")}
    until(lambda: found & episodes_of(served, way.attempt_id), "an episode of several people", 90)
    finish(served, way, psychologist)
    until(lambda: case_of(served, way.attempt_id), "a case for the proctors")
    assert "several_people" in str(why_held(served, way))
    assert standing(served, way).integrity == "held"
    way.page.context.close()


def test_who_refuses_the_camera_is_told_what_to_do_and_sits_the_exam(
    served: Served, phone_of: Phone, quiet_browser: Browser, psychologist: Person
) -> None:
    page = phone_of(quiet_browser, permissions=[]).new_page()
    way = Way.of(page, served, make_applicant(served.platform))
    way.sign_in()
    way.steps_to_camera()
    page.locator("#camera-on").click()
    expect(page.locator("[data-trouble=refused]")).to_be_visible()
    way.look()
    page.locator("#go-on-without").click()
    page.locator("#without").click()
    way.practise()
    way.start_theory()
    expect(page.locator("#sheets .note")).to_be_visible()
    page.locator("#sheets button").last.click()
    way.choose(0)
    way.expect_saved()
    finish(served, way, psychologist)
    until(lambda: case_of(served, way.attempt_id), "a case for the proctors")
    assert "camera_refused" in str(why_held(served, way))
    assert way.faults == []


def test_the_honest_sitting_is_signed_and_passed(
    served: Served, honest: Way, psychologist: Person, quiet_browser: Browser
) -> None:
    page = honest.page
    page.wait_for_url("**/result", timeout=600_000)
    until(lambda: standing(served, honest).integrity != "unchecked", "the pictures gone through")
    assert why_held(served, honest) == []
    expect(honest.result().locator(".hero h1")).to_have_text("Menunggu psikolog")
    honest.look()
    # A machine under load may skip pictures; what the camera saw is what counts here.
    assert {kind for kind, _ in episodes_of(served, honest.attempt_id)} <= {"no_frames"}
    assert standing(served, honest).integrity == "clear"
    desk = sign_in(quiet_browser, served, psychologist)
    desk.goto(f"/psychology/{honest.attempt_id}")
    shoot(desk, "psychologist-report")
    assert barriers(desk) == []
    sign(desk, honest.attempt_id)
    expect(honest.result().locator(".hero h1")).to_have_text("Lulus teori dan psikologi")
    honest.look()
    shoot(page, "result")
    assert honest.faults == []
    desk.context.close()


def test_everything_killed_in_the_middle_loses_nothing_acknowledged(
    served: Served, phone_of: Phone, launch: Callable[..., Browser]
) -> None:
    page = phone_of(launch(films.honest())).new_page()
    way = Way.of(page, served, make_applicant(served.platform))
    way.sign_in()
    attempt_id = way.begin()
    for option in (0, 1, 0):
        way.choose(option)
        way.expect_saved()
        page.locator("#next").click()
    before = acknowledged(served, way)
    served.kill()
    way.choose(1)
    expect(page.locator("#save-text")).not_to_contain_text("Tersimpan di server")
    served.start()
    way.expect_saved()
    after = acknowledged(served, way)
    assert after[: len(before)] == before
    assert len(before) == 3
    assert len(after) == 4
    with page.expect_response("**/frames") as sent:
        pass
    assert sent.value.status == 202
    page.reload()
    expect(page.locator("#question-panel")).to_be_visible()
    # The fourth was answered while nobody was there to take it: the page goes on at the fifth.
    assert way.position() == 5
    with served.platform.reading() as db:
        assert len(answer_sheet(responses(db, attempt_id)).answers) == 4


def acknowledged(served: Served, way: Way) -> list[tuple[str, object]]:
    with served.platform.reading() as db:
        return [(event.item_id, event.value) for event in responses(db, way.attempt_id)]
