"""What reaches an applicant during the exam: a message, extra time, the end of the time; and a camera that fails."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Response, expect

from examapp.domain.attempt import Part
from examapp.domain.roles import Role
from examapp.persistence.event_log import page_events
from examapp.persistence.records.attempts import Attempt, AttemptPart, Notice
from examapp.services.sitting import notices
from tests.e2e.journeys import films
from tests.support.people import Person, make_staff
from tests.support.server import Server
from tests.support.webdesk import ApplicantDesk


def set_deadline(server: Server, attempt_id: UUID, at: datetime) -> None:
    with server.platform.writing() as tx:
        tx.session.get_one(AttemptPart, (attempt_id, Part.THEORY.value)).deadline = at


def now(server: Server) -> datetime:
    return server.platform.clock.now()


def kinds(server: Server, attempt_id: UUID) -> list[str]:
    with server.platform.reading() as db:
        return [kind for kind, _, _ in page_events(db, attempt_id)]


def test_a_message_is_shown_calmly_and_read(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    top = page.locator("#options").bounding_box()
    proctor = make_staff(desk.server.platform, Role.PROCTOR)
    notice_id = notices.send(desk.server.platform, proctor.actor, attempt_id, "more_light")
    expect(page.locator("#sheets .note")).to_be_visible(timeout=6_000)
    desk.shot("40-notice")
    assert page.locator("#options").bounding_box() == top, "the message moved the question"
    with page.expect_response("**/seen"):
        page.locator("#sheets button").click()
    expect(page.locator("#sheets .note")).to_have_count(0)
    with desk.server.platform.reading() as db:
        assert db.get_one(Notice, notice_id).seen_at is not None


def test_extra_time_reaches_a_running_exam_without_a_reload(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    set_deadline(desk.server, attempt_id, now(desk.server) + timedelta(minutes=45))
    expect(page.locator("#timer-text")).to_have_text(re.compile("^4[45]:"))


def test_at_the_end_of_the_time_the_exam_hands_itself_in(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    desk.choose(0)
    desk.expect_saved()
    set_deadline(desk.server, attempt_id, now(desk.server) + timedelta(seconds=6))
    page.wait_for_url("**/result")
    with desk.server.platform.reading() as db:
        part = db.get_one(AttemptPart, (attempt_id, Part.THEORY.value))
        assert part.state in {"submitted", "expired"}


def _carries(kind: str) -> Callable[[Response], bool]:
    """Whether a reply is to a batch with an event of `kind`."""
    return lambda reply: reply.url.endswith("/events") and kind in (reply.request.post_data or "")


def _without_camera(
    phone: Callable[..., BrowserContext], server: Server, applicant: Person, browser: Browser
) -> ApplicantDesk:
    desk = ApplicantDesk(phone(on=browser, permissions=[]).new_page(), server, applicant)
    desk.sign_in()
    return desk


@pytest.mark.parametrize(("film", "state"), [(True, "refused"), (False, "missing")])
def test_a_camera_that_fails_is_explained_and_bars_nothing(
    phone: Callable[..., BrowserContext],
    launch: Callable[..., Browser],
    browser: Browser,
    server: Server,
    applicant: Person,
    film: bool,
    state: str,
) -> None:
    own = launch(films.drawn() if film else None, allow=False)
    desk = _without_camera(phone, server, applicant, own)
    page = desk.page
    page.get_by_role("button", name="Mulai ujian").click()
    page.locator("input[name=agree]").check()
    desk.primary()
    for number in range(1, 6):
        page.wait_for_url(f"**/briefing/{number}")
        desk.primary()
    page.locator("#camera-on").click()
    expect(page.locator(f"[data-trouble={state}]")).to_be_visible()
    desk.shot(f"41-camera-{state}", full=True)
    page.locator("#go-on-without").click()
    page.locator("#without").click()
    page.wait_for_url("**/practice")
    desk.choose(0)
    desk.expect_saved()
    page.locator("#next").click()
    page.locator("#confirm-submit").click()
    page.locator("#start").click()
    expect(page.locator("#sheets .note")).to_be_visible()
    desk.shot(f"42-exam-{state}")
    page.locator("#sheets button").last.click()
    desk.choose(0)
    desk.expect_saved()
    with server.platform.reading() as db:
        attempt = db.query(Attempt).filter(Attempt.applicant_id == applicant.account_id).one()
    assert attempt.camera == state
    assert f"camera.{state}" in kinds(server, attempt.id)


def test_a_camera_lost_in_the_middle_is_told_and_comes_back(desk: ApplicantDesk) -> None:
    attempt_id, page = desk.begin(), desk.page
    expect(page.locator("#camera-button")).to_have_attribute("aria-label", "Kamera berfungsi")
    page.evaluate(
        """() => {
          const track = document.getElementById("camera").srcObject.getVideoTracks()[0];
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }"""
    )
    expect(page.locator("#sheets .note")).to_be_visible()
    desk.choose(0)
    desk.expect_saved()
    with page.expect_response(_carries("camera.ok")):
        expect(page.locator("#sheets .note")).to_have_count(0)
    assert [k for k in kinds(desk.server, attempt_id) if k.startswith("camera")][-2:] == [
        "camera.lost",
        "camera.ok",
    ]


def test_frames_arrive_small_and_in_order(desk: ApplicantDesk) -> None:
    desk.prepare()
    page = desk.page
    sent: list[tuple[int, int]] = []
    page.on(
        "request",
        lambda request: (
            sent.append((int(request.headers["x-frame-sequence"]), len(request.post_data_buffer or b"")))
            if request.url.endswith("/frames")
            else None
        ),
    )
    page.locator("#start").click()
    for _ in range(3):
        with page.expect_response("**/frames") as found:
            pass
        assert found.value.status == 202
    assert [number for number, _ in sent] == sorted({number for number, _ in sent})
    assert all(size <= 25_000 for _, size in sent)
