"""`python -m examapp.workers.form_pool`: keeps forms ready, so that nobody who starts waits for one to be made."""

import sys

import structlog
from sqlalchemy.exc import SQLAlchemyError

from examapp.services.sitting import form_pool
from examapp.workers.running import running

log = structlog.get_logger("simexam.form_pool")
EVERY_SECONDS = 2.0


def main() -> int:
    with running() as (platform, stopping):
        log.info("form_pool_worker_ready")
        while not stopping.is_set():
            try:
                form_pool.fill(platform, stop=stopping.is_set)
            except (
                SQLAlchemyError
            ):  # a database that is away comes back; starts make their own forms meanwhile
                log.exception("form_pool_round_failed")
            stopping.wait(EVERY_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
