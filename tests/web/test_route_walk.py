"""Every route, as everybody, with ids that are other people's: allowed, sign in, not allowed, or not there.

New routes are walked as they appear. A route that declares nothing fails; so does one whose address has a kind of gap
the walk can't fill.
"""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from examapp.domain.roles import Permission, Role, allows
from examapp.persistence.records.accounts import Application
from examapp.services.platform import Platform
from examapp.services.privacy import requests
from examapp.services.sitting import sittings
from examapp.web.guard import permission_of
from tests.support.browserless import Browserless
from tests.support.marks import only_sqlite
from tests.support.people import Person, make_applicant, make_person

pytestmark = only_sqlite

# They end the visitor's own session, so each is walked by a visitor of its own.
ENDS_SESSION = {"auth.sign_out", "auth.sign_out_everywhere"}
# Not ready is an honest answer of the readiness probe: here there is no vision model.
MAY_BE_UNAVAILABLE = {"readyz"}
EVERYBODY = [None, *Role]


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def fill(app: Flask, rule: Rule, known: dict[str, UUID]) -> str:
    """The rule's address with every gap filled: by somebody else's id where there is one of that name."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        kind = type(rule._converters[name]).__name__
        if kind == "UUIDConverter":
            values[name] = known.get(name, uuid4())
        elif kind == "IntegerConverter":
            values[name] = 1
        elif kind in {"UnicodeConverter", "PathConverter"}:
            values[name] = "nothing-of-that-name"
        else:
            raise AssertionError(f"{rule.rule}: teach the walk to fill {kind}")
    address = app.url_map.bind("localhost").build(rule.endpoint, values)
    return str(address)


@pytest.fixture
def owner(platform: Platform) -> Person:
    """Somebody else, whose ids everybody tries."""
    return make_applicant(platform, name="Orang Lain")


@pytest.fixture
def other_ids(platform: Platform, owner: Person) -> dict[str, UUID]:
    with platform.reading() as session:
        application = session.scalars(
            select(Application.id).where(Application.applicant_id == owner.account_id)
        ).one()
    attempt = sittings.prepare(platform, owner.actor, application)
    return {
        "account_id": owner.account_id,
        "application_id": application,
        "attempt_id": attempt,
        "request_id": requests.ask(platform, owner.actor, "access", ""),
    }


@pytest.fixture(params=EVERYBODY, ids=lambda role: role or "nobody")
def role(request: pytest.FixtureRequest) -> Role | None:
    return request.param


def enter(app: Flask, platform: Platform, role: Role | None) -> Browserless:
    visitor = Browserless(app)
    if role is not None:
        person = make_person(platform, role)
        assert visitor.sign_in(person.login, person.password).status_code == 302
    return visitor


def ask(visitor: Browserless, method: str, address: str, token: str, follow: bool = False) -> TestResponse:
    headers = {"X-CSRFToken": token}
    return visitor.client.open(address, method=method, headers=headers, follow_redirects=follow)


def complaint(answer: TestResponse, endpoint: str, role: Role | None, needed: Permission) -> str | None:
    """What is wrong with `answer`, by what the route declared; None when it is as it must be."""
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")
    if allows(role, needed):
        if answer.status_code >= 500 and endpoint not in MAY_BE_UNAVAILABLE:
            return f"failed with {answer.status_code}"
        # Nobody may submit a sign-out; being sent to the sign-in page after it is its answer.
        if answer.status_code in {401, 403} or (to_sign_in and endpoint not in ENDS_SESSION):
            return f"refused with {answer.status_code} though allowed"
        return None
    if role is None:
        return None if to_sign_in or answer.status_code == 401 else f"gave nobody {answer.status_code}"
    return None if answer.status_code == 403 else f"gave {answer.status_code} instead of 403"


def test_every_route_declares_what_it_needs(app: Flask) -> None:
    undeclared = {rule.endpoint for rule, _ in routes(app) if permission_of(app, rule.endpoint) is None}
    assert not undeclared


def test_each_role_gets_what_was_declared(
    app: Flask, platform: Platform, role: Role | None, other_ids: dict[str, UUID]
) -> None:
    visitor, wrong = enter(app, platform, role), []
    token = visitor.token()
    for rule, method in routes(app):
        who, its_token = visitor, token
        if rule.endpoint in ENDS_SESSION:
            who = enter(app, platform, role)
            its_token = who.token()
        needed = permission_of(app, rule.endpoint)
        assert needed is not None, rule.endpoint
        answer = ask(who, method, fill(app, rule, other_ids), its_token)
        found = complaint(answer, rule.endpoint, role, needed)
        if found:
            wrong.append(f"{method} {rule.rule}: {found}")
    assert not wrong, "\n".join(wrong)


def test_another_applicants_things_do_not_exist(
    app: Flask, platform: Platform, other_ids: dict[str, UUID]
) -> None:
    """Whoever asks for another's sitting or application learns nothing, not even that there is one."""
    visitor, wrong, walked = enter(app, platform, Role.APPLICANT), [], 0
    token = visitor.token()
    for rule, method in routes(app):
        needed = permission_of(app, rule.endpoint)
        if needed is not Permission.SIT_EXAM or not rule.arguments & set(other_ids):
            continue
        walked += 1
        follow = method == "GET"
        status = ask(visitor, method, fill(app, rule, other_ids), token, follow).status_code
        # A body that can't be read may be refused before anybody looks whose sitting it is; it tells as little.
        same_for_unknown = ask(visitor, method, fill(app, rule, {}), token, follow).status_code
        if status != same_for_unknown or (status != 404 and not (method == "POST" and 400 <= status < 500)):
            wrong.append(f"{method} {rule.rule}: {status}, unknown {same_for_unknown}")
    assert walked, "no route of a sitting was found"
    assert not wrong, "\n".join(wrong)


def test_every_page_carries_the_content_policy(app: Flask, platform: Platform, role: Role | None) -> None:
    visitor, wrong = enter(app, platform, role), []
    for rule, method in routes(app):
        if method != "GET":
            continue
        answer = visitor.get(fill(app, rule, {}))
        policy = answer.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe-inline" in policy:
            wrong.append(rule.rule)
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            wrong.append(f"{rule.rule}: sniffing")
        text = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        if " style=" in text or " onclick=" in text or "<style" in text:
            wrong.append(f"{rule.rule}: inline style or script")
    assert not wrong, wrong


def test_nothing_changes_without_a_token(app: Flask, platform: Platform, role: Role | None) -> None:
    visitor, wrong = enter(app, platform, role), []
    for rule, method in routes(app):
        if method in {"POST", "PUT", "PATCH", "DELETE"}:
            answer = visitor.client.open(fill(app, rule, {}), method=method)
            # The API asks who it is first: an exam page whose session has ended must learn that, not "reload".
            refusals = {400, 401, 403} if rule.rule.startswith("/api/") else {400}
            if answer.status_code not in refusals:
                wrong.append(f"{method} {rule.rule}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
