"""Whether a process can listen where its settings say; where it cannot, which of them is to blame, and why."""

import errno
import socket

from invoice_summarizer.settings import WrongSetting

# With these, no port would do.
_OF_THE_HOST = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


def bare_host(host: str) -> str:
    """Returns the host as sockets take it: without the brackets that an IPv6 address may have."""
    return host.removeprefix("[").removesuffix("]")


def address_of(host: str, port: int) -> str:
    """Returns both in one text, an IPv6 address in brackets."""
    name = bare_host(host)
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def listening_family(group: str, host: str, port: int) -> socket.AddressFamily:
    """Returns the kind of address at which a socket can listen now.

    Raises WrongSetting with the host or the port of the group (`INVOICES_SERVER`) where there is none.
    """
    try:
        found = socket.getaddrinfo(bare_host(host), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        # UnicodeError is of a name that DNS cannot have.
        raise WrongSetting((f"{group}__HOST", f"{host} is no address and no known name")) from None
    failures = []
    for family, kind, protocol, _, address in found:
        try:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
                probe.listen()
            return family
        except OSError as error:
            failures.append(error)
    raise _cannot_listen(group, host, port, failures[0])


def port_taken(group: str, host: str, port: int, reason: str = "") -> WrongSetting:
    """Returns what to raise where the port cannot be had, whatever the host."""
    why = f": {reason}" if reason else ""
    return WrongSetting((f"{group}__PORT", f"cannot listen on {address_of(host, port)}{why}"))


def _cannot_listen(group: str, host: str, port: int, error: OSError) -> WrongSetting:
    if error.errno in _OF_THE_HOST:
        return WrongSetting((f"{group}__HOST", f"{host} is no address of this machine"))
    return port_taken(group, host, port, error.strerror or "")
