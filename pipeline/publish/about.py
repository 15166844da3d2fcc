"""What there is to say of the dataset as a whole: whose words, as of when, under which licence.

Held once, for every file that says it: data package, database, workbook, catalogue. Pure.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pipeline.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

TITLE = {
    "lv": "ES fondu atbalsta pasākumi Latvijā",
    "en": "EU-fund support measures in Latvia",
}
DESCRIPTION = {
    "lv": (
        "Ko Latvijas valsts iestādes savās tīmekļa lapās raksta par ES fondu atbalsta pasākumiem: "
        "finansējums, projektu iesniedzēji, laika grafiks un dokumenti, vieta lapā, kur atrodama katra "
        "vērtība, un izmaiņas kopš katras lapas pirmās saglabātās versijas. Summas ir precīzas, eiro; "
        "perioda pēdējā diena ir ieskaitīta; laiki ir UTC; tukša vērtība nozīmē, ka tā nav zināma."
    ),
    "en": (
        "What Latvian state bodies say on their web pages about their EU-fund support measures: money, "
        "applicants, schedules and documents, where each value stands on its page, and what changed since "
        "the first capture of each page. Amounts are exact euro; dates are inclusive; times are UTC; "
        "an empty value is unknown."
    ),
}
NO_LICENCE = {
    "lv": "Licence nav norādīta. Teksti pieder lapu publicētājiem.",
    "en": "No licence is named. The words belong to the publishers of the pages.",
}
KEYWORDS = {
    "lv": ("ES fondi", "atbalsta pasākumi", "projektu atlase", "atvērtie dati"),
    "en": ("EU funds", "support measures", "calls for proposals", "open data", "Latvia"),
}


class Page(NamedTuple):
    """A source as it is published: its settings, and the capture that stands for it.

    ``every``: how often it should be seen. ``captured_at`` is aware, None where unknown.
    """

    id: str
    url: str
    publisher: str
    topic: str
    language: str
    licence: str
    every: timedelta
    capture: str
    captured_at: datetime | None

    @property
    def title(self) -> str:
        """A name of few words, where its publisher is known."""
        return self.topic or self.publisher or self.id

    @property
    def name(self) -> str:
        """What a person would call it."""
        return ": ".join(filter(None, (self.publisher, self.topic))) or self.url


class About(NamedTuple):
    """The pages in the order of sources.toml, and the contact of whoever runs this (may be empty).

    ``days``: the first and the last day that a schedule names, where one does. ``home``: the file to begin
    with, where there is a site.
    """

    pages: tuple[Page, ...] = ()
    contact: str = ""
    days: tuple[date, date] | None = None
    home: str | None = None

    @property
    def as_of(self) -> datetime | None:
        """When the newest capture was made, UTC; None where no time is known."""
        times = [page.captured_at for page in self.pages if page.captured_at]
        return max(times).astimezone(UTC) if times else None

    @property
    def as_of_text(self) -> str | None:
        """The same in ISO 8601: ``2025-03-01T06:30:00Z``."""
        return self.as_of.isoformat().replace("+00:00", "Z") if self.as_of else None

    @property
    def version(self) -> str:
        """The schema's version with the moment as build metadata (semver.org): ``1.0.0+20250301T063000Z``."""
        moment = f"{self.as_of:%Y%m%dT%H%M%SZ}" if self.as_of else ""
        return "+".join(filter(None, (f"{SCHEMA_VERSION}.0", moment)))

    @property
    def publishers(self) -> list[str]:
        """Who publishes the pages, each once."""
        return distinct(page.publisher for page in self.pages)

    @property
    def licences(self) -> list[str]:
        """The licences that are named, each once."""
        return distinct(page.licence for page in self.pages)

    @property
    def licence(self) -> str | None:
        """The licence of everything: None where a page names none or another."""
        named = {page.licence for page in self.pages}
        return named.pop() or None if len(named) == 1 else None

    @property
    def every(self) -> timedelta | None:
        """How often the most frequent page should be seen."""
        return min((page.every for page in self.pages), default=None)

    @property
    def mailbox(self) -> str | None:
        """The contact where it is an e-mail address, without ``mailto:``."""
        address = self.contact.removeprefix("mailto:")
        return address if re.fullmatch(r"[^@\s/<>]+@[^@\s/<>]+", address) else None

    @property
    def homepage(self) -> str | None:
        """The contact where it is a web address."""
        return self.contact if re.match("https?://", self.contact) else None


def distinct(words: Iterable[str]) -> list[str]:
    """Each of the words once, in order, without the empty one."""
    return [word for word in dict.fromkeys(words) if word]


def citation(about: About, language: str) -> str:
    """How to cite the dataset, in one line."""
    whose = ", ".join(about.publishers)
    moment = f"{about.as_of:%Y-%m-%d %H:%M} UTC" if about.as_of else None
    if language == "lv":
        when = f"Stāvoklis {moment}" if moment else "Stāvokļa laiks nav zināms"
    else:
        when = f"As of {moment}" if moment else "As of an unknown time"
    parts = (whose, TITLE[language], f"{when}, pasakumi {about.version}", about.homepage or "")
    return ". ".join(filter(None, parts)) + "."
