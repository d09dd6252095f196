"""A reload without a line: the exam goes on from the device, and nothing of it stays there afterwards."""

import re
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.e2e.test_exam_breaks import SAVED, WAITING, on_the_server
from tests.support.battery import ready, renewal
from tests.support.camera import wait_for
from tests.support.people import Person
from tests.support.server import Server
from tests.support.sitting import keys_of
from tests.support.webdesk import ApplicantDesk

KEPT = """async () => {
  const pages = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const reply = await cache.match(request);
      pages.push([new URL(request.url).pathname, await reply.text()]);
    }
  }
  const databases = (await indexedDB.databases()).map((each) => each.name);
  let views = [];
  if (databases.includes("simexam-kept")) {
    const db = await new Promise((done, fail) => {
      const asked = indexedDB.open("simexam-kept");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = fail;
    });
    views = await new Promise((done) => {
      const asked = db.transaction("sittings").objectStore("sittings").getAll();
      asked.onsuccess = () => done(asked.result);
    });
    db.close();
  }
  const workers = (await navigator.serviceWorker.getRegistrations()).map((each) => new URL(each.scope).pathname);
  return {pages, views, workers};
}"""


def sheltered(page: Page, room: str = "#exam") -> None:
    """The page has laid by all it needs, and its worker has taken up its place."""
    expect(page.locator(room)).to_have_attribute("data-sheltered", "", timeout=30_000)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")


def empty(page: Page) -> bool:
    return not any(page.evaluate(KEPT).values())


def begun(desk: ApplicantDesk) -> UUID:
    attempt_id = desk.begin()
    sheltered(desk.page)
    return attempt_id


def test_an_exam_reloaded_without_a_line_goes_on_and_loses_nothing(desk: ApplicantDesk) -> None:
    attempt_id, page = begun(desk), desk.page
    keys = keys_of(desk.server.platform, attempt_id)
    desk.choose_right(keys)
    desk.expect_saved()
    page.locator("#next").click()
    page.context.set_offline(True)
    desk.choose_right(keys)
    expect(page.locator("#save-text")).to_have_text(WAITING)
    page.reload()
    expect(page.locator("#question-panel")).to_be_visible()
    desk.shot("23-reloaded-offline")
    assert desk.position() == 3
    assert re.fullmatch(r"2\d:\d\d|30:00", page.locator("#timer-text").inner_text())
    desk.choose_right(keys)
    expect(page.locator("#save-text")).to_have_text(WAITING)
    page.locator("#previous").click()
    expect(page.locator("#save-text")).to_have_text(WAITING)
    page.locator("#previous").click()
    # What the server has acknowledged is still known, and was not called so of the others.
    expect(page.locator("#save-text")).to_have_text(SAVED)
    page.context.set_offline(False)
    for _ in range(2):
        page.locator("#next").click()
        expect(page.locator("#save-text")).to_have_text(SAVED, timeout=10_000)
    # The server was asked since: the page is the active device again, and the next answer is saved at once.
    page.locator("#next").click()
    desk.choose_right(keys)
    desk.expect_saved()
    given = on_the_server(desk.server, attempt_id)
    right = {item: sorted([key] if isinstance(key, str) else key) for item, key in keys.items()}
    assert len(given) == 4
    assert all(sorted(value) == right[item] for item, value in given.items())


def test_what_is_laid_by_holds_no_key_and_goes_with_the_submission(desk: ApplicantDesk) -> None:
    attempt_id, page = begun(desk), desk.page
    kept = page.evaluate(KEPT)
    room = f"/sittings/{attempt_id}/"
    assert kept["workers"] == [room]
    wanted = re.compile(rf"{re.escape(room)}(exam|waiting|until)|/static/dist/.+|/pictures/.+")
    assert [path for path, _ in kept["pages"] if not wanted.fullmatch(path)] == []
    (view,) = kept["views"]
    told = str(view) + "".join(text for path, text in kept["pages"] if path.startswith(room))
    assert keys_of(desk.server.platform, attempt_id).keys() == {
        each["item_id"] for each in view["view"]["items"]
    }
    assert not re.search(r"""["'](key|is_right|correct|explanation|article)["']""", told)
    assert desk.person.login not in told
    desk.submit()
    wait_for(lambda: empty(page), seconds=10, what="the device to forget the exam")


def test_signing_out_takes_the_questions_off_the_device_and_leaves_unsent_answers(
    desk: ApplicantDesk,
) -> None:
    attempt_id, page = begun(desk), desk.page
    page.route("**/events", lambda route: route.abort())
    desk.choose_right(keys_of(desk.server.platform, attempt_id))
    expect(page.locator("#save-text")).to_have_text(WAITING)
    other = page.context.new_page()
    other.goto("/account")
    page.close()
    assert other.evaluate(KEPT)["views"], "an open sitting is kept while its applicant looks elsewhere"
    other.get_by_role("button", name="Keluar", exact=True).click()
    other.wait_for_url(lambda url: "/account" not in url)
    other.wait_for_load_state()
    wait_for(lambda: empty(other), seconds=10, what="the device to forget the exam")
    again = ApplicantDesk(other, desk.server, desk.person)
    again.sign_in()
    other.goto(f"/sittings/{attempt_id}/exam")
    expect(other.locator("#question-panel")).to_be_visible()
    other.locator("#previous").click()
    expect(other.locator("#save-text")).to_have_text(SAVED, timeout=5_000)


def test_elsewhere_in_the_sitting_a_calm_page_waits_and_goes_on_by_itself(
    desk: ApplicantDesk, server: Server
) -> None:
    person: Person = renewal(server.platform)
    desk.person = person
    page = desk.page
    page.context.clear_cookies()
    desk.sign_in()
    attempt_id = ready(server.platform, person)
    page.goto(f"/sittings/{attempt_id}/psychology")
    expect(page.locator("#begin")).to_be_visible()
    sheltered(page, "#psychology")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#waiting h1")).to_have_text("Jaringan sedang tidak ada")
    desk.shot("24-waiting")
    page.context.set_offline(False)
    expect(page.locator("#begin")).to_be_visible(timeout=15_000)
