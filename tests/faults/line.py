"""An applicant's line to a real server: signs in, sends, reads replies; breaks as lines do."""

import http.client
import json
import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from tests.support.people import Person
from tests.support.server import HOST, Server

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
BROKEN = (OSError, http.client.HTTPException, ValueError)


class Line:
    """One keep-alive connection with its session; `connect` again after a break, the session is kept."""

    def __init__(self, server: Server, person: Person, timeout: float = 30.0) -> None:
        self._port, self._timeout = server.port, timeout
        self._cookie = ""
        self.token = ""
        self._connection = http.client.HTTPConnection(HOST, self._port, timeout=timeout)
        self.token = self._token_on("/sign-in")
        form = urlencode({"login": person.login, "password": person.password})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self.ask("POST", "/sign-in", form.encode(), kind)
        assert status == 302, "sign-in was refused"
        self.token = self._token_on("/help")

    def _token_on(self, page: str) -> str:
        found = _TOKEN.search(self.ask("GET", page)[1].decode())
        assert found, "the page carries no CSRF token"
        return found.group(1)

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self._cookie, "X-CSRFToken": self.token, "Content-Type": "application/json"}

    def connect(self) -> None:
        self._connection.close()
        self._connection = http.client.HTTPConnection(HOST, self._port, timeout=self._timeout)

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """One request; raises one of `BROKEN` when the line breaks, and then the next ask begins anew."""
        try:
            self._connection.request(method, path, body, {**self.headers, **(headers or {})})
            reply = self._connection.getresponse()
            data = reply.read()
        except BROKEN:
            self.connect()
            raise
        for name, value in reply.getheaders():
            if name.lower() == "set-cookie" and value.startswith("simexam="):
                self._cookie = value.partition(";")[0]
        return reply.status, data

    def send(self, attempt_id: UUID, events: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        """Send a batch of events; the status and the reply as JSON."""
        body = json.dumps({"events": events}).encode()
        status, data = self.ask("POST", f"/api/v1/attempts/{attempt_id}/events", body)
        return status, json.loads(data)
