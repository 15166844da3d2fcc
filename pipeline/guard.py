"""Which addresses may be asked: none of this machine's or a private network's unless configured.

The check is made on the addresses that a name resolves to, and the connection goes to a checked address,
not to the name again: a name that answers differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import threading

Address = tuple[socket.AddressFamily, str, int]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """A host that stands in a private network or on this machine."""


class Unresolved(Exception):
    """A name without an address, or no answer in time."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it is an IPv4 one inside IPv6."""
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int, timeout: float, *, allow_private: bool) -> list[Address]:
    """The addresses of ``host`` that may be asked, in the resolver's order.

    The system's resolver knows no time limit, so it is asked in a thread that is left behind after
    ``timeout`` seconds. Raises Refused where there are addresses but none may be asked, Unresolved.
    """
    found: list[Address] = []
    problems: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # UnicodeError: a label longer than DNS allows
            problems.append(error)
        else:
            found.extend((family, str(place[0]), port) for family, _, _, _, place in answers)

    asking = threading.Thread(target=ask, daemon=True, name="resolver")
    try:
        asking.start()
    except RuntimeError as error:  # no memory for it, or too many
        raise Unresolved(f"{host}: no thread can be started to ask for its address") from error
    asking.join(timeout)
    if asking.is_alive():
        raise Unresolved(f"no answer from DNS for {host} within {timeout:.3g} s")
    if not found:
        raise Unresolved(f"{host} has no address ({problems[0] if problems else 'none found'})")
    allowed = [address for address in found if allow_private or is_public(address[1])]
    if not allowed:
        raise Refused(f"{host} is {found[0][1]}, in a private network or on this machine")
    return allowed


def check_name(host: str) -> None:
    """What can be told of a host that a proxy will resolve: an address written out, or this machine's name.

    Raises Refused.
    """
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        raise Refused(f"{host} is this machine")
    try:
        public = is_public(name)
    except ValueError:
        public = not name.replace(".", "").isdigit()  # 127.1 and 2130706433 are addresses too
    if not public:
        raise Refused(f"{host} is in a private network or on this machine")
