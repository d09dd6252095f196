"""`python -m examapp.workers.periodic`: every two seconds, what time itself asks for."""

import sys

import structlog

from examapp.services.messaging.messages import port_for
from examapp.services.upkeep.periodic import Periodic
from examapp.workers.running import running

log = structlog.get_logger("simexam.periodic")
EVERY_SECONDS = 2.0


def main() -> int:
    with running() as (platform, stopping):
        periodic = Periodic(platform, port_for(platform.config))
        log.info("periodic_worker_ready")
        while not stopping.is_set():
            periodic.round()
            stopping.wait(EVERY_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
