"""What every worker process does around its work: settings, logs, the platform, and an end when it is told to stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from examapp.config import load_config
from examapp.logs import configure_logs
from examapp.services.platform import Platform, open_platform


@contextmanager
def running() -> Iterator[tuple[Platform, threading.Event]]:
    """The platform, closed at the end, and the event that SIGTERM or SIGINT sets."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    config = load_config()
    configure_logs(config.log_level)
    platform = open_platform(config)
    try:
        yield platform, stopping
    finally:
        platform.database.dispose()
