"""A real server on each database, and an applicant in a running theory exam on a line to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.outbox import Sitter
from tests.support.server import Server


@pytest.fixture
def served(tmp_path: Path, database_url: str) -> Iterator[Server]:
    server = Server(tmp_path / "instance", database_url=database_url)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sitter(served: Server) -> Sitter:
    return Sitter(served, seed=1)
