"""Structured logs, the same in the web server, the workers and the command line."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """One JSON object a line on standard error, for this process."""
    logging.basicConfig(stream=sys.stderr, level=level, format="%(message)s", force=True)
    # It tells which database it speaks to, in words of its own, at each look at the schema's version.
    logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
