"""A real server, a real browser, a film for its camera. The phone is 360 pixels wide, as many in Indonesia are."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.e2e.journeys import films
from tests.support.people import Person, make_applicant
from tests.support.server import Server
from tests.support.webdesk import ApplicantDesk

DEBIAN_CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"width": 360, "height": 740}
# What is waited for on a busy machine with two cores; how soon it must come is said elsewhere, never here.
PATIENCE_MS = 30_000
_QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session", autouse=True)
def _patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("e2e") / "instance")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


def _program() -> str | None:
    """The browser that set-up found; else Debian's own; else the one Playwright brought."""
    given = os.environ.get("SIMEXAM_BROWSER")
    return given or (str(DEBIAN_CHROMIUM) if DEBIAN_CHROMIUM.exists() else None)


@pytest.fixture(scope="session")
def launch(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Start a browser whose camera plays `film` (None: it has no camera at all); `allow` answers its question."""
    with ExitStack() as opened:

        def start(film: Path | None, allow: bool = True) -> Browser:
            camera = [
                *(["--use-fake-ui-for-media-stream"] if allow else []),
                *(
                    ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
                    if film
                    else []
                ),
            ]
            browser = playwright.chromium.launch(executable_path=_program(), args=[*_QUIET, *camera])
            opened.callback(browser.close)
            return browser

        yield start


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A browser whose camera sees a portrait we drew."""
    return launch(films.drawn())


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Callable[..., BrowserContext]]:
    """A fresh phone with its own cookies and storage; `phone(on=a browser, color_scheme="dark")`."""
    with ExitStack() as opened:

        def make(on: Browser = browser, **options: object) -> BrowserContext:
            options = {"permissions": ["camera"], **options}
            context = on.new_context(
                base_url=server.url,
                viewport=PHONE,
                has_touch=True,
                is_mobile=True,
                device_scale_factor=2,
                locale="id-ID",
                timezone_id="Asia/Jakarta",
                **options,
            )
            context.set_default_timeout(PATIENCE_MS)
            opened.callback(context.close)
            return context

        yield make


@pytest.fixture
def applicant(server: Server) -> Person:
    return make_applicant(server.platform)


@pytest.fixture
def desk(phone: Callable[..., BrowserContext], server: Server, applicant: Person) -> ApplicantDesk:
    """An applicant at their phone, signed in."""
    page: Page = phone().new_page()
    made = ApplicantDesk(page, server, applicant)
    made.sign_in()
    return made
