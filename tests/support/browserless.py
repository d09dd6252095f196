"""A client that behaves like a browser without one: keeps cookies, and sends the CSRF token its pages carry."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
# A page that everybody may open, whoever is signed in.
_OPEN_PAGE = "/help"


class Browserless:
    """`get` and `post` of one visitor. `post` fills in the CSRF token; pass `csrf=False` to leave it out."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def token(self) -> str:
        """A valid CSRF token of this visitor's session."""
        page = self.client.get(_OPEN_PAGE).get_data(as_text=True)
        found = _TOKEN.search(page)
        assert found, "the page carries no CSRF token"
        return found.group(1)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def post(
        self, path: str, data: dict[str, Any] | None = None, csrf: bool = True, **options: Any
    ) -> TestResponse:
        """Send a form; `json=` or raw `data=` through `options` get the token as a header instead."""
        headers = dict(options.pop("headers", {}))
        if csrf:
            headers.setdefault("X-CSRFToken", self.token())
        return self.client.post(path, data=data, headers=headers, **options)

    def sign_in(self, login: str, password: str, **options: Any) -> TestResponse:
        return self.post("/sign-in", {"login": login, "password": password}, **options)

    def sign_out(self) -> TestResponse:
        return self.post("/sign-out")
