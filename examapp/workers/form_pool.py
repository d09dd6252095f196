"""`python -m examapp.workers.form_pool`: keeps forms ready, so that nobody who starts waits for one to be made."""

import signal
import sys
import threading
from types import FrameType

import structlog
from sqlalchemy.exc import SQLAlchemyError

from examapp.config import load_config
from examapp.logs import configure_logs
from examapp.services.platform import open_platform
from examapp.services.sitting import form_pool

log = structlog.get_logger("simexam.form_pool")
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
    log.info("form_pool_worker_ready")
    while not stopping.is_set():
        try:
            form_pool.fill(platform, stop=stopping.is_set)
        except SQLAlchemyError:  # a database that is away comes back; starts make their own forms meanwhile
            log.exception("form_pool_round_failed")
        stopping.wait(EVERY_SECONDS)
    platform.database.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
