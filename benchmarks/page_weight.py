"""What the first exam page costs over the wire, everything included: page, styles, font, scripts, questions, picture.

A real browser with an empty cache signs in, opens the exam and waits for the first question; its own network
counters (compressed bytes with headers) are summed. What the browser sends, camera frames for one, is not counted.
"""

import json
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from examapp.app import create_app
from examapp.config import load_config
from examapp.domain.attempt import Step
from examapp.domain.roles import Role
from examapp.persistence.migrate import upgrade
from examapp.persistence.records.accounts import Account, Application
from examapp.services.bank.seed import seed_shipped_items
from examapp.services.people import registration
from examapp.services.platform import Actor, Platform
from examapp.services.sitting import sittings

LIMIT_KB = 250
NIK, PASSWORD = "3273015204989001", "kuda laut biru 27"
# The slowest wait of one step: the machine may be busy with other benchmarks.
PATIENCE_MS = 30_000


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """Nothing: standard output and error belong to the figures."""


def _ready_sitting(platform: Platform) -> UUID:
    """An applicant who has done every step before the exam."""
    newcomer = registration.Newcomer(NIK, "Sari Wulandari", date(1998, 4, 12), "081234567890", PASSWORD)
    registration.register(platform, Actor(), newcomer, registration.Wish("A", "new"))
    with platform.reading() as db:
        account = db.scalars(select(Account.id).where(Account.role == Role.APPLICANT)).one()
        application = db.scalars(select(Application.id)).one()
    actor = Actor(account, Role.APPLICANT)
    attempt = sittings.prepare(platform, actor, application)
    for step in Step:
        sittings.complete_step(platform, actor, attempt, step, camera="ok", timezone="Asia/Jakarta")
    return attempt


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, UUID]]:
    """The app on a free port, with the shipped bank and one applicant at the exam's door."""
    config = replace(
        load_config(),
        instance=folder,
        database_url=f"sqlite:///{folder / 'bench.sqlite3'}",
        loopback=True,
        https=False,
        rate_limits=False,
        log_level="ERROR",
    )
    upgrade(config.database_url)
    app = create_app(config)
    platform = app.extensions["simexam"]
    seed_shipped_items(platform)
    attempt = _ready_sitting(platform)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", attempt
    server.shutdown()


def _weigh(browser: Browser, address: str, attempt: UUID) -> dict[str, int]:
    """Bytes received, by address, until the first question stands there. The log-in is not counted."""
    phone = {"width": 360, "height": 740}
    context = browser.new_context(viewport=phone, permissions=["camera"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("input[name=login]", NIK)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url, timeout=PATIENCE_MS)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    # The pages before would have brought styles and font along: the exam page is weighed as if it were the first.
    network.send("Network.clearBrowserCache")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    network.on("Network.requestWillBeSent", lambda e: names.update({e["requestId"]: e["request"]["url"]}))
    network.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])})
    )
    page.goto(f"{address}/sittings/{attempt}/exam")
    page.click("#start", timeout=PATIENCE_MS)
    page.wait_for_selector("#options label, #options button", timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    context.close()
    return {f"{names.get(key, key).removeprefix(address)}#{key}": size for key, size in sizes.items()}


def main() -> None:
    arguments = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    path = os.environ.get("SIMEXAM_BROWSER") or None
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder)) as (address, attempt),
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=path, args=arguments)
        weights = _weigh(browser, address, attempt)
        browser.close()
    for name, size in sorted(weights.items(), key=lambda each: -each[1]):
        print(f"   {size / 1000:7.1f} kB  {name.partition('#')[0]}")
    total = sum(weights.values()) / 1000
    figure = {
        "name": "first exam page over the wire, everything included",
        "value": round(total, 1),
        "unit": "kB",
        "reference": "limit",
        "reference_value": LIMIT_KB,
        "ratio": round(total / LIMIT_KB, 4),
    }
    print(json.dumps(figure))


if __name__ == "__main__":
    main()
