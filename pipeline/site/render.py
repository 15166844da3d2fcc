"""Templates and what they may call: everything foreign passes through here on its way into a page."""

from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

from jinja2 import DictLoader, Environment, FileSystemBytecodeCache, StrictUndefined, pass_context
from markupsafe import Markup

from pipeline.changes import figures
from pipeline.printable import printable
from pipeline.reports import words as reported
from pipeline.site.words import LANGUAGES, WORDS, name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from decimal import Decimal

    from jinja2.runtime import Context

ASSETS = ("site.css", "site.js", "icon.svg")
_LINKED = frozenset({"http", "https", "mailto", "tel"})
_UNITS = ("B", "kB", "MB", "GB")
_THOUSAND = 1000


class Place(NamedTuple):
    """Where a page stands: its path without the language's folder, and the language; None: of both."""

    path: str
    language: str | None

    @property
    def file(self) -> str:
        """The path under site/."""
        return self.path if self.language in (None, LANGUAGES[0]) else f"{self.language}/{self.path}"

    @property
    def spoken(self) -> str:
        """The language that its words are in."""
        return self.language or LANGUAGES[0]

    @property
    def root(self) -> str:
        """From the page to the folder of its own language."""
        return "../" * self.path.count("/")

    @property
    def top(self) -> str:
        """From the page to site/."""
        return "../" * self.file.count("/")

    def other(self) -> str:
        """From the page to itself in the other language."""
        other = next(one for one in LANGUAGES if one != self.language)
        return self.top + Place(self.path, other).file


class Words:
    """Values in the words of a language: the filters of the templates."""

    def __init__(self, language: str) -> None:
        self.language = language

    def euro(self, amount: Decimal | None) -> str:
        return "" if amount is None else figures.euro(amount, self.language)

    def amount(self, one: Any, amount: str = "eu_funding_eur", most: str = "eu_funding_max_eur") -> str:
        """An amount with its qualifier: ``vairāk nekā 5 000 000 eiro``; empty where there is none.

        ``one`` has the fields ``amount`` and ``most``, and ``qualifier`` or ``funding_qualifier``.
        """
        least, upper = getattr(one, amount), getattr(one, most)
        if least is None:
            return ""
        if upper is not None:
            parts = figures.euro(least, self.language), figures.euro(upper, self.language)
            return f"no {parts[0]} līdz {parts[1]}" if self.language == "lv" else f"{parts[0]} to {parts[1]}"
        qualifier = getattr(one, "qualifier", None) or getattr(one, "funding_qualifier", None) or "exact"
        euro = figures.euro(least, self.language)
        return euro if qualifier == "exact" else f"{name('qualifier', qualifier, self.language)} {euro}"

    def number(self, count: int) -> str:
        return figures.number(count, self.language)

    def percent(self, share: Decimal) -> str:
        return figures.percent(share, self.language)

    def period(self, period: str, case: str = "nominative") -> str:
        """``2024. gada 4. ceturksnis``; ``2024-Q4``; both ends of a range with a dash between.

        ``case``: that the Latvian words before it ask for.
        """
        return " – ".join(figures.moment(one, self.language, case) for one in period.split("/"))

    def moment(self, when: datetime | None, case: str = "nominative") -> str:
        return f"{reported.at(when, self.language, case)} UTC" if when else WORDS[self.language]["undated"]

    def day(self, when: datetime | None, case: str = "nominative") -> str:
        if when is None:
            return WORDS[self.language]["undated"]
        return figures.moment(f"{when.astimezone(UTC):%Y-%m-%d}", self.language, case)

    def name(self, key: str | None, vocabulary: str) -> str:
        return name(vocabulary, key, self.language) if key else ""

    def size(self, count: int) -> str:
        """``12,3 kB``."""
        size, unit = float(count), _UNITS[0]
        for bigger in _UNITS[1:]:
            if size < _THOUSAND:
                break
            size, unit = size / _THOUSAND, bigger
        text = f"{size:.0f}" if unit == "B" or size >= 100 else f"{size:.1f}"
        return f"{text.replace('.', ',') if self.language == 'lv' else text}\u00a0{unit}"


def trusted(markup: str) -> Markup:
    """Markup that this package made, every foreign word in it escaped."""
    return Markup(markup)  # noqa: S704 - see above


def counted(count: int, language: str) -> str:
    """``1 pasākums``, ``15 pasākumi``; ``1 measure``, ``15 measures``."""
    if language == "en":
        return f"{figures.number(count, 'en')} {'measure' if count == 1 else 'measures'}"
    return f"{figures.number(count, 'lv')} {'pasākums' if figures.is_one(count) else 'pasākumi'}"


def _shown(value: object) -> object:
    """What a template writes: of foreign words everything invisible as an escape, our own markup as is."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return printable(value.replace("\n", " "))


def _safe_url(url: str | None) -> str:
    """The address where it leads to a page, a mailbox or a telephone; else nothing."""
    try:
        scheme = urlsplit(url or "").scheme.lower()
    except ValueError:
        return ""
    return printable(url or "").replace(" ", "%20") if scheme in _LINKED else ""


def _file(name_: str) -> str:
    return quote(name_)


@cache
def asset(name_: str) -> bytes:
    """A file of static/ as it is published."""
    return (files("pipeline.site") / "static" / name_).read_bytes()


@cache
def asset_link(name_: str) -> str:
    """Its name with a mark of its content, so that a browser never keeps an old one."""
    return f"static/{name_}?{hashlib.sha256(asset(name_)).hexdigest()[:10]}"


_FILTERS = ("euro", "amount", "number", "percent", "period", "moment", "day", "name", "size")
_LOCAL = {language: Words(language) for language in LANGUAGES}


def _in_language(filter_: str) -> Callable[..., str]:
    """A filter that speaks the language of the page: compiled once, a template serves both."""

    @pass_context
    def use(context: Context, *values: object) -> str:
        spoken: str = getattr(_LOCAL[context["language"]], filter_)(*values)
        return spoken

    return use


def _bytecode() -> FileSystemBytecodeCache | None:
    """Compiled templates where Python keeps its own modules compiled, and as trusted as these: compiling all
    of them takes a quarter of an ordinary run. None where that folder cannot be written."""
    folder = Path(__file__).parent / "__pycache__"
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return FileSystemBytecodeCache(str(folder), "%s.template")


@cache
def _environment() -> Environment:
    folder = files("pipeline.site") / "templates"
    sources = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".html")}
    environment = Environment(
        loader=DictLoader(sources),
        bytecode_cache=_bytecode(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {each: _in_language(each) for each in _FILTERS}
    environment.filters |= {"safe_url": _safe_url, "file": _file}
    environment.globals |= dict(zip(("css", "js", "icon"), map(asset_link, ASSETS), strict=True))
    return environment


@cache
def _spoken(language: str) -> dict[str, object]:
    return {"t": WORDS[language], "language": language, "counted": partial(counted, language=language)}


def page(template: str, place: Place, context: Mapping[str, object]) -> bytes:
    """A page's bytes. ``context``: what the template shows."""
    around = {"place": place, "root": place.root, "top": place.top}
    spoken = _spoken(place.spoken)
    text = _environment().get_template(template).render({**spoken, **around, **context})
    return text.encode("utf-8", "replace")
