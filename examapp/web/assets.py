"""Built scripts and styles: their addresses from vite's manifest, and the files themselves, compressed once at build.

Pages are compressed here too. They may be: reading a secret out of compressed lengths (the BREACH attack) takes many
replies with the same secret, and the CSRF token's signature is new every second; no page holds another secret.
"""

import gzip
import json
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request, send_file
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup, escape

from examapp.domain.errors import NotFound, Unavailable
from examapp.domain.roles import Permission
from examapp.web.guard import requires
from examapp.web.navigation import places

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
BASE = "/static/dist/"
# Under this a compressed reply saves less than its header and the processor's time cost.
SMALLEST_COMPRESSED = 1024
_COMPRESSED_TYPES = {"text/html", "application/json", "text/csv", "image/svg+xml"}
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

blueprint = Blueprint("assets", __name__)


@cache
def _read_manifest(path: Path, _modified: float) -> dict[str, dict[str, Any]]:
    return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]


def manifest() -> dict[str, dict[str, Any]]:
    """Vite's manifest. Raises `Unavailable` when the browser's part was never built."""
    path = DIST / "manifest.json"
    try:
        return _read_manifest(path, path.stat().st_mtime)
    except FileNotFoundError:
        raise Unavailable("assets_not_built") from None


def _chunk(name: str) -> dict[str, Any]:
    for chunk in manifest().values():
        if chunk.get("isEntry") and chunk.get("name") == name:
            return chunk
    raise Unavailable("assets_not_built", entry=name)


def _imported(chunk: dict[str, Any]) -> list[dict[str, Any]]:
    """The chunks that `chunk` imports at its start, directly or not, each once."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(chunk.get("imports", []))
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found[key] = manifest()[key]
            waiting += found[key].get("imports", [])
    return list(found.values())


def vite_url(source: str) -> str:
    """The address of one built file, by the path of its source: a worker script, for example."""
    return BASE + manifest()[source]["file"]


def vite_entry(name: str) -> Markup:
    """The tags that load entry `name`: `exam`, `psychology`, `proctor`, `admin`, `base`, `applicant`, `staff`."""
    chunk = _chunk(name)
    imported = _imported(chunk)
    styles = [style for each in (*imported, chunk) for style in each.get("css", [])]
    lines = [f'<link rel="stylesheet" href="{escape(BASE + style)}">' for style in dict.fromkeys(styles)]
    if chunk["file"].endswith(".css"):
        fonts = [asset for asset in chunk.get("assets", []) if asset.endswith(".woff2")]
        lines += [
            f'<link rel="preload" as="font" type="font/woff2" crossorigin href="{escape(BASE + font)}">'
            for font in fonts
        ]
        lines.append(f'<link rel="stylesheet" href="{escape(BASE + chunk["file"])}">')
    else:
        lines += [f'<link rel="modulepreload" href="{escape(BASE + each["file"])}">' for each in imported]
        lines.append(f'<script type="module" src="{escape(BASE + chunk["file"])}"></script>')
    return Markup("\n    ".join(lines))  # noqa: S704 -- every address above is escaped


def reader_theme() -> str:
    """`light` or `dark` where the reader chose one, else nothing: then the device decides."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


@blueprint.record_once
def offer_to_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        vite_entry=vite_entry, vite_url=vite_url, reader_theme=reader_theme, places=places
    )


def _best_twin(path: Path) -> tuple[Path, str | None]:
    """The smallest stored form of `path` that this browser takes, and its Content-Encoding."""
    for encoding, suffix in _ENCODINGS:
        twin = path.with_name(path.name + suffix)
        if encoding in request.accept_encodings and twin.exists():
            return twin, encoding
    return path, None


@blueprint.get("/static/dist/<path:name>")
@requires(Permission.PUBLIC)
def built_asset(name: str) -> Response:
    """One built file. Its name holds a digest of its content, so a browser may keep it for good."""
    path = (DIST / name).resolve()
    if not path.is_relative_to(DIST) or not path.is_file():
        raise NotFound()
    twin, encoding = _best_twin(path)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = send_file(twin, mimetype=kind, conditional=True, etag=True)
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if name.startswith("assets/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.after_app_request
def compress(response: Response) -> Response:
    """Gzip pages and JSON of some length; a stream, a file or an already encoded reply passes as it is."""
    if (
        response.mimetype not in _COMPRESSED_TYPES
        or response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or response.status_code in {204, 206, 304}
    ):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) < SMALLEST_COMPRESSED or "gzip" not in request.accept_encodings:
        return response
    response.set_data(gzip.compress(body, compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response
