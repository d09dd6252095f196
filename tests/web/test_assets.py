"""Built files reach the browser compressed, for good, and never from outside their folder."""

import gzip
import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from examapp.web import assets

SCRIPT = "export const word = 'simexam';\n" * 200


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "assets" / "exam-1a2b.js").write_text(SCRIPT)
    (folder / "assets" / "exam-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / "assets" / "exam-1a2b.js.br").write_bytes(b"brotli bytes")
    (tmp_path / "secret.txt").write_text("not for browsers")
    manifest = {
        "client/exam/main.ts": {
            "file": "assets/exam-1a2b.js",
            "name": "exam",
            "isEntry": True,
            "imports": ["_shared.js"],
            "css": ["assets/exam-3c4d.css"],
        },
        "_shared.js": {"file": "assets/shared-5e6f.js", "css": ["assets/shared-7a8b.css"]},
        "client/shared/applicant.css": {
            "file": "assets/applicant-9c0d.css",
            "name": "applicant",
            "isEntry": True,
            "assets": ["assets/jakarta-1e2f.woff2"],
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setattr(assets, "DIST", folder)
    return folder


@pytest.fixture
def client(dist: Path) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(assets.blueprint)

    @app.errorhandler(assets.NotFound)
    def missing(_error: assets.NotFound) -> tuple[str, int]:
        return "missing", 404

    @app.get("/long")
    def long_page() -> str:
        return "<p>page</p>" * 500

    @app.get("/short")
    def short_page() -> str:
        return "<p>page</p>"

    return app.test_client()


ADDRESS = "/static/dist/assets/exam-1a2b.js"


@pytest.mark.parametrize(("accepted", "sent"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_browser_gets_the_smallest_form_it_takes(
    client: FlaskClient, accepted: str, sent: str | None
) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == sent
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Vary"] == "Accept-Encoding"
    if sent is None:
        assert answer.get_data(as_text=True) == SCRIPT


def test_a_built_file_is_kept_for_good_and_not_sent_twice(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert "immutable" in answer.headers["Cache-Control"]
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["../secret.txt", "assets/../../secret.txt", "%2e%2e/secret.txt", "assets", "no.js"]
)
def test_nothing_outside_the_folder_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/dist/{name}").status_code == 404


def test_an_entry_loads_its_styles_then_its_scripts(client: FlaskClient) -> None:
    tags = str(assets.vite_entry("exam")).split("\n")
    links = [tag.split('"')[-2] for tag in tags]
    assert links == [
        "/static/dist/assets/shared-7a8b.css",
        "/static/dist/assets/exam-3c4d.css",
        "/static/dist/assets/shared-5e6f.js",
        "/static/dist/assets/exam-1a2b.js",
    ]
    assert 'type="module"' in tags[-1]


def test_a_sheet_preloads_its_font(client: FlaskClient) -> None:
    tags = str(assets.vite_entry("applicant"))
    assert 'rel="preload" as="font"' in tags and "jakarta-1e2f.woff2" in tags


def test_an_entry_that_was_never_built_is_refused_not_left_out(client: FlaskClient) -> None:
    with pytest.raises(assets.Unavailable):
        assets.vite_entry("nothing")


def test_a_long_page_is_compressed_and_a_short_one_is_not(client: FlaskClient) -> None:
    long_page = client.get("/long", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(long_page.get_data()) == b"<p>page</p>" * 500
    assert int(long_page.headers["Content-Length"]) == len(long_page.get_data())
    assert "Content-Encoding" not in client.get("/short", headers={"Accept-Encoding": "gzip"}).headers
    assert "Content-Encoding" not in client.get("/long").headers
