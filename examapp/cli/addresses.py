"""Where the server can be reached: from this machine alone or from its networks, and at which addresses."""

import ipaddress
import socket

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


def why_not_bindable(host: str, port: int) -> str | None:
    """What keeps a server from listening on `host`:`port`, with a way out; None when nothing does."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return f"The address {host} is not known here. Give HOST=127.0.0.1, or HOST=0.0.0.0 for all networks."
    with socket.socket(family, kind, protocol) as probe:
        # As gunicorn does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            return f"Port {port} is reserved for the system. Choose another: make run PORT=8080"
        except OverflowError:
            return f"{port} is not a port: choose a number from 1024 to 65535."
        except OSError as error:
            return (
                f"Port {port} on {host} can't be used ({error.strerror}): another program may be listening there. "
                f"Stop it, or choose another port: make run PORT={port + 1 if port < 65535 else 8080}"
            )
    return None
