"""Foreign words on a terminal or in a log: one line, no control or direction characters."""

from __future__ import annotations

import re
from collections.abc import Mapping

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?:\+|\b00)371[ -]?\d(?:[ -]?\d){7}\b")
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@\"'<>]*@")
# Spaces that are no control characters: Latvian prints its thousands with them.
_SPACES = frozenset("\u00a0\u2009\u202f")
_WITHOUT_SPACES = dict.fromkeys(map(ord, _SPACES))


def printable(text: str) -> str:
    """``text`` with everything that is no visible character or space as an escape such as ``\\x1b``."""
    if text.isprintable() or text.translate(_WITHOUT_SPACES).isprintable():
        return text
    return "".join(one if is_harmless(one) else one.encode("unicode_escape").decode() for one in text)


def without_secrets(text: str) -> str:
    """``text`` with … for the user name and password of each address: ``https://…@host/``."""
    return _CREDENTIALS.sub("…@", text) if "://" in text else text


def harmless(text: str) -> str:
    """A message as it may stand in a log: one line, no control characters, no secrets, nobody's e-mail
    address or telephone number."""
    line = without_secrets(printable(" ".join(text.split())))
    return _PHONE.sub("…", _EMAIL.sub("…@…", line))


def is_harmless(character: str) -> bool:
    """Whether a terminal only shows it."""
    return character.isprintable() or character in _SPACES


def shown(value: object, most: int = 60) -> str:
    """A value of a configuration as it would be written there, cut after ``most`` characters."""
    match value:
        case str():
            written = f'"{printable(value)}"'
        case bool():
            written = str(value).lower()
        case list() | tuple():
            written = f"[{', '.join(shown(item, most) for item in value[:most])}]"
        case Mapping():
            written = f"{{{', '.join(printable(str(key)) for key in value)}}}"
        case _:
            written = str(value)
    return written if len(written) <= most else f"{written[: most - 1]}…"
