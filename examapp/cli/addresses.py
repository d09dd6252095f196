"""Where the server can be reached: from this machine alone or from its networks, and at which addresses.

Standard library only: set-up asks it before anything is installed.
"""

import errno
import ipaddress
import socket
from typing import NamedTuple

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 -- compared with, not bound to
# A documentation address (RFC 5737): a datagram socket "connects" to it without sending anything.
_OUTSIDE = ("192.0.2.1", 9)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_addresses() -> list[str]:
    """This machine's IPv4 addresses on its networks, the one of its default route first."""
    found: list[str] = []
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_OUTSIDE)
            found.append(probe.getsockname()[0])
    except OSError:
        pass  # no route at all: a machine without a network
    try:
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found.append(str(address[0]))
    except OSError:
        pass  # a host whose own name resolves to nothing
    return [each for each in dict.fromkeys(found) if not is_loopback(each)]


class Obstacle(NamedTuple):
    """What is wrong with an address, and what to do about it: a sentence each."""

    what: str
    to_do: str


def why_not_bindable(host: str, port: int) -> Obstacle | None:
    """What keeps a server from listening on `host`:`port`; None when nothing does."""
    elsewhere = "Give HOST=127.0.0.1 for this machine alone, or HOST=0.0.0.0 for all its networks."
    another = f"make run PORT={port + 1 if 1024 <= port < 65535 else 8080}"
    if not 1 <= port <= 65535:
        return Obstacle(f"{port} is not a port.", f"Choose a number from 1024 to 65535: {another}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return Obstacle(f"The address {host} is not known here.", elsewhere)
    with socket.socket(family, kind, protocol) as probe:
        # As gunicorn does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            return Obstacle(f"Port {port} is reserved for the system.", f"Choose another: {another}")
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                return Obstacle(f"{host} is not an address of this machine.", elsewhere)
            return Obstacle(
                f"Port {port} on {host} can't be used ({error.strerror}): another program may be listening there.",
                f"Stop it, or choose another port: {another}",
            )
    return None
