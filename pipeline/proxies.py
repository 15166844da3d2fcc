"""Which proxy an address is asked through, as the environment says (``https_proxy``, ``no_proxy`` …)."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

_OF_THE_SYSTEM = ("darwin", "win32")  # there proxies are a setting too


def known() -> dict[str, str]:
    """Addresses of proxies by the scheme that they are for, ``all`` for any."""
    if sys.platform not in _OF_THE_SYSTEM and not any(name.lower().endswith("_proxy") for name in os.environ):
        return {}  # and the module that would read them is not imported
    from urllib.request import getproxies

    return getproxies()


def proxy_of(url: str, known: Mapping[str, str]) -> str | None:
    """The proxy's address, None where the server is asked itself."""
    if not known:
        return None
    parts = urlsplit(url)
    proxy = known.get(parts.scheme) or known.get("all")
    if not proxy or _is_near(parts.hostname or "", parts.port):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_near(host: str, port: int | None) -> bool:
    """Whether a host is to be asked without a proxy, by its name, name and port, or network."""
    from urllib.request import proxy_bypass

    listed = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").replace(" ", "").split(",")
    for name in (host,) if port is None else (host, f"{host}:{port}"):
        near = (word.lstrip(".").lower() for word in listed if word)
        if any(word in ("*", name) or name.endswith(f".{word}") for word in near) or proxy_bypass(name):
            return True
    try:
        address = ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return any(_holds(word, address) for word in listed if "/" in word)


def _holds(network: str, address: ipaddress.IPv4Address) -> bool:
    try:
        return address in ipaddress.IPv4Network(network, strict=False)
    except ValueError:
        return False
