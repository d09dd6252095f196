"""The instance's secrets: made at the first start, kept in one file that only its owner can read."""

import json
import os
import secrets as random
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys of 32 random bytes each, as hex. Losing the file makes encrypted data unreadable: back it up apart."""

    session_key: str
    login_pepper: str
    master_key: str
    audit_key: str

    def __repr__(self) -> str:
        return "Secrets(…)"


def load_or_create(instance: Path) -> Secrets:
    """The secrets of `instance`; made on the first call. Raises `ValueError` when the file is damaged.

    Two processes that start at once agree: the file is linked into place whole, and the one that came second reads it.
    """
    path = instance / "secrets.json"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = Secrets(*(random.token_hex(32) for _ in fields(Secrets)))
        draft = path.with_name(f"secrets.{os.getpid()}.tmp")
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            json.dump(asdict(fresh), handle)
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    try:
        return Secrets(**json.loads(path.read_text()))
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"{path} is damaged: restore it from your backup. Without it, data can't be read."
        ) from error
