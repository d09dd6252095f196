"""The worker was down at the deadline: after the restart every sitting ends once, whoever and however many sweep."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from examapp.domain.clock import SettableClock
from examapp.persistence.records.attempts import Attempt
from examapp.persistence.records.audit import AuditEntry
from examapp.persistence.records.results import PartResult
from examapp.services.audit import audit_trail
from tests.support.people import make_applicant
from tests.support.sitting import begun

SITTINGS = 6


@pytest.fixture
def clock() -> SettableClock:
    """Two hours ago: what begins then is over for the sweeps, which use the true time."""
    return SettableClock(datetime.now(UTC) - timedelta(hours=2))


def test_two_sweeps_at_once_after_a_restart_end_every_sitting_once(platform, config) -> None:
    attempts = [begun(platform, make_applicant(platform)) for _ in range(SITTINGS)]
    environment = {
        **os.environ,
        "SIMEXAM_INSTANCE": str(config.instance),
        "SIMEXAM_DATABASE_URL": config.database_url,
    }
    sweeps = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.sweeping"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for sweep in sweeps:
        assert sweep.stdout is not None
        assert sweep.stdout.readline() == "ready\n"
    for sweep in sweeps:
        assert sweep.stdin is not None
        sweep.stdin.write("\n")
        sweep.stdin.flush()
    ended = [int(sweep.communicate(timeout=60)[0]) for sweep in sweeps]
    assert sum(ended) == SITTINGS
    with platform.reading() as db:
        states = db.scalars(select(Attempt.state).where(Attempt.id.in_(attempts))).all()
        results = db.scalars(select(PartResult.attempt_id).where(PartResult.part == "theory")).all()
        said = db.execute(select(AuditEntry.chain, AuditEntry.action)).all()
    assert set(states) == {"finished"}
    assert Counter(results) == dict.fromkeys(attempts, 1)
    times = Counter(chain for chain, action in said if action == "finished")
    assert times == {f"attempt:{attempt}": 1 for attempt in attempts}
    assert audit_trail.verify_all(platform).holds
