"""Whose certificates are believed: those of a bundle that the environment names, else certifi's.

certifi and not the system's store, which a slim container has none of. The names of the variables are those
that other clients know.
"""

from __future__ import annotations

import os
import ssl
from functools import cache

from urllib3.exceptions import SSLError
from urllib3.util.ssl_ import create_urllib3_context

_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def context() -> ssl.SSLContext:
    """One for all connections: reading a bundle costs more than a request. Raises urllib3's SSLError."""
    named = next((path for name in _VARIABLES if (path := os.environ.get(name))), None)
    return _context(named)


@cache
def _context(bundle: str | None) -> ssl.SSLContext:
    """Of a file of certificates or a folder of them, None for certifi's."""
    if bundle is None:
        import certifi

        bundle = certifi.where()
    made = create_urllib3_context()
    where = {"capath" if os.path.isdir(bundle) else "cafile": bundle}  # noqa: PTH112 - the path of a variable
    try:
        made.load_verify_locations(**where)
    except OSError as error:
        raise SSLError(f"the certificates in {bundle} cannot be read ({error.strerror or error})") from None
    return made
