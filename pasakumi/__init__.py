"""The public functions under one name; each is imported when it is first asked for.

``parse_page(content, url)`` reads a page. ``periods``, ``amounts`` and ``contacts`` are the value
readers, each with ``read(text)``; ``applicant_type(name)`` sorts an applicant. All of these are pure.
``load(table)`` gives a table of output/ as a pandas DataFrame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers import amounts, contacts, periods
    from parsers.applicants import applicant_type
    from parsers.page import parse_page
    from pipeline import load
    from pipeline.version import VERSION

    __version__ = VERSION

__all__ = ["__version__", "amounts", "applicant_type", "contacts", "load", "parse_page", "periods"]

# Where each name lives: its module, and the name there (None: the module itself is meant).
_HOMES: dict[str, tuple[str, str | None]] = {
    "__version__": ("pipeline.version", "VERSION"),
    "amounts": ("parsers.amounts", None),
    "applicant_type": ("parsers.applicants", "applicant_type"),
    "contacts": ("parsers.contacts", None),
    "load": ("pipeline", "load"),
    "parse_page": ("parsers.page", "parse_page"),
    "periods": ("parsers.periods", None),
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    home = import_module(module)
    value = home if attribute is None else getattr(home, attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
