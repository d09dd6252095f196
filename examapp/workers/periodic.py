"""`python -m examapp.workers.periodic`: every two seconds, what time itself asks for."""

import signal
import sys
import threading
from types import FrameType

import structlog

from examapp.config import load_config
from examapp.logs import configure_logs
from examapp.services.messaging.messages import port_for
from examapp.services.platform import open_platform
from examapp.services.upkeep.periodic import Periodic

log = structlog.get_logger("simexam.periodic")
EVERY_SECONDS = 2.0


def main() -> int:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    config = load_config()
    configure_logs(config.log_level)
    platform = open_platform(config)
    periodic = Periodic(platform, port_for(config))
    log.info("periodic_worker_ready")
    while not stopping.is_set():
        periodic.round()
        stopping.wait(EVERY_SECONDS)
    platform.database.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
