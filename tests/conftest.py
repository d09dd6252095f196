"""Shared fixtures. Whatever uses `platform` or `app` runs twice: on SQLite and on a real PostgreSQL.

With several workers, the process that starts them owns the PostgreSQL server; alone, the session itself does.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from examapp.app import create_app
from examapp.config import Config
from examapp.domain.clock import SettableClock
from examapp.domain.roles import Role
from examapp.services.platform import Platform, open_platform
from tests.support import databases
from tests.support.browserless import Browserless
from tests.support.people import Person, make_person

_SERVER = pytest.StashKey[databases.PostgresServer]()


def _server_url(config: pytest.Config) -> str:
    if _SERVER not in config.stash:
        config.stash[_SERVER] = databases.PostgresServer()
    return config.stash[_SERVER].url


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["postgres_url"] = _server_url(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _SERVER in config.stash:
        config.stash[_SERVER].stop()


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """The address of the test server's own database; copies of the template are made through it."""
    given = getattr(request.config, "workerinput", {}).get("postgres_url")
    return str(given) if given else _server_url(request.config)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database. A test that can't depend on it may say `@only_sqlite` (tests.support.marks)."""
    return str(request.param)


@pytest.fixture
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path, worker_name: str
) -> Iterator[str]:
    """A migrated, empty database of its own for this test."""
    if database_kind == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    with databases.postgresql_copy(request.getfixturevalue("postgres_url"), worker_name) as url:
        yield url


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    return str(getattr(request.config, "workerinput", {}).get("workerid", "alone"))


@pytest.fixture
def clock() -> SettableClock:
    """Monday 23 November 2026, ten in the morning in Jakarta; move it by setting `clock.at`."""
    return SettableClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config(
        instance=tmp_path / "instance",
        database_url=database_url,
        model_path=tmp_path / "instance" / "models" / "face_landmarker.task",
        testing=True,
        rate_limits=False,
        log_level="ERROR",
        password_memory_kib=8,
        password_passes=1,
    )


@pytest.fixture
def platform(config: Config, clock: SettableClock) -> Iterator[Platform]:
    opened = open_platform(config, clock)
    yield opened
    opened.database.dispose()


class _TemplatesOnce(BytecodeCache):
    """Templates compiled for one test's app serve those of the next ones."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = self._code.get(bucket.key)
        if known:
            # It checks that the source is still the one it was compiled from.
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def templates() -> BytecodeCache:
    return _TemplatesOnce()


@pytest.fixture
def app(
    config: Config, clock: SettableClock, platform: Platform, templates: BytecodeCache
) -> Iterator[Flask]:
    """The whole app on the same database, clock and secrets as `platform`."""
    made = create_app(config, clock)
    made.jinja_env.bytecode_cache = templates
    yield made
    made.extensions["simexam"].database.dispose()


@pytest.fixture
def client(app: Flask) -> Browserless:
    """A visitor nobody knows yet."""
    return Browserless(app)


@pytest.fixture
def person(platform: Platform) -> Callable[[Role], Person]:
    """Make somebody: `person(Role.PROCTOR)`. More choices: `tests.support.people.make_applicant`."""
    return lambda role: make_person(platform, role)


@pytest.fixture
def visit(app: Flask) -> Callable[[Person | None], Browserless]:
    """A visitor of their own for each person, signed in: `visit(proctor).get("/…")`; None: nobody."""

    def begin(who: Person | None = None) -> Browserless:
        visitor = Browserless(app)
        if who is not None:
            answer = visitor.sign_in(who.login, who.password)
            assert answer.status_code == 302, answer.get_data(as_text=True)
        return visitor

    return begin
