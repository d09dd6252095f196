"""The address that `make run` will serve on: looked at before minutes go into setting up."""

import importlib.util
import os

from bootstrap.console import Stop
from bootstrap.places import ROOT

_ADDRESSES = ROOT / "examapp" / "cli" / "addresses.py"


def check_address() -> None:
    """Raise `Stop` when nothing could listen on HOST and PORT."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not port.isdecimal():
        raise Stop(f"PORT={port} is not a number.", "Choose one from 1024 to 65535: make run PORT=8080")
    # Loaded by its path: its package imports what is not installed yet.
    spec = importlib.util.spec_from_file_location("addresses", _ADDRESSES)
    assert spec is not None and spec.loader is not None
    addresses = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(addresses)
    if obstacle := addresses.why_not_bindable(host, int(port)):
        raise Stop(*obstacle)
