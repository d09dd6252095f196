"""Settings: read once from the environment, then frozen. Every one is described in `docs/operations.md`."""

import os
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "SIMEXAM_"
REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Config:
    """What the platform can be told from outside; secrets are not here but in the instance folder."""

    instance: Path
    database_url: str
    model_path: Path
    # Only loopback may skip Secure cookies and carry demo accounts.
    loopback: bool = True
    https: bool = False
    testing: bool = False
    frame_interval_ms: int = 2000
    frame_limit_bytes: int = 2_000_000
    upload_limit_bytes: int = 6_000_000
    retention_days: int = 90
    help_contact: str = "Call center 1500-000"
    log_level: str = "INFO"
    rate_limits: bool = True
    # What one password costs to check (argon2id): what OWASP advises; tests make it cheap.
    password_memory_kib: int = 19_456
    password_passes: int = 2
    # What a sitting sends and fetches, said to applicants before they start.
    # How many reverse proxies in front add X-Forwarded-* headers; 0 trusts none of them.
    trusted_proxies: int = 0


def _text(name: str, default: str) -> str:
    return os.environ.get(_PREFIX + name, default)


def _flag(name: str, default: bool) -> bool:
    return _text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def load_config() -> Config:
    """The settings in force. Raises `ValueError` with the variable's name for one that can't be read."""
    instance = Path(_text("INSTANCE", str(REPOSITORY / "instance"))).resolve()
    try:
        interval, retention = int(_text("FRAME_INTERVAL_MS", "2000")), int(_text("RETENTION_DAYS", "90"))
        proxies = int(_text("TRUSTED_PROXIES", "0"))
    except ValueError as error:
        raise ValueError(
            f"SIMEXAM_FRAME_INTERVAL_MS, SIMEXAM_RETENTION_DAYS and SIMEXAM_TRUSTED_PROXIES are whole numbers: {error}"
        ) from None
    return Config(
        instance=instance,
        database_url=_text("DATABASE_URL", f"sqlite:///{instance / 'simexam.sqlite3'}"),
        model_path=Path(_text("MODEL", str(instance / "models" / "face_landmarker.task"))),
        loopback=_flag("LOOPBACK", True),
        https=_flag("HTTPS", False),
        frame_interval_ms=interval,
        retention_days=retention,
        help_contact=_text("HELP_CONTACT", "Call center 1500-000"),
        log_level=_text("LOG_LEVEL", "INFO"),
        rate_limits=_flag("RATE_LIMITS", True),
        trusted_proxies=proxies,
    )
