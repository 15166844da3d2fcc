"""What must come of the script: told day by day from what was done to the pages, never from what is read.

The rules are those of the documentation, for a reader of it: what a page says is published when it is next
seen whole; a page that is not seen, or is a wreck, changes nothing; an alarm comes once, and once when it is
over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from tests.year.edits import EDITS, WITHHELD_EDITS, Told
from tests.year.faults import FAILED, FAULTS, GOOD, WITHHELD
from tests.year.pages import Content, content

FAILURES = 3  # as sources.toml has it
SIZES = {"skolas": 8, "veseliba": 7, "zinatne": 6, "vide": 8, "kultura": 6}
_STALE = timedelta(hours=36)

Row = tuple[str, Told]
"""A source, and what is told of it."""


class Admin(NamedTuple):
    """An alarm: of which source, and of what."""

    source: str
    what: str


class Page:
    """A source: ``says`` what its page has now, ``stands`` what is published of it."""

    def __init__(self, place: int, size: int) -> None:
        self.says = self.stands = content(place, size)
        self.pending: list[Told] = []
        self.layout = "headings"
        self.fault: str | None = None
        self.held = self.held_until_accepted = False
        self.failures = 0
        self.seen: datetime | None = None

    def edit(self, name: str, *words: str) -> None:
        self.says, told = EDITS[name](self.says, *words)
        slots = {(one.measure_id, one.field) for one in self.pending}
        assert not any(one.field and (one.measure_id, one.field) in slots for one in told), (
            f"{name} {words}: two edits of one value, of which only the sum can be seen"
        )
        self.pending += told
        self.held_until_accepted |= name in WITHHELD_EDITS

    def publish(self) -> list[Told]:
        self.stands, told, self.pending = self.says, self.pending, []
        self.held_until_accepted = False
        return told


class Ledger:
    """All pages; ``rows``: the table of changes so far, ``unsent``: changes that no message told yet."""

    def __init__(self) -> None:
        self.pages = {name: Page(place, size) for place, (name, size) in enumerate(SIZES.items())}
        self.rows: list[Row] = []
        self.unsent: list[Row] = []
        self.accepted: set[str] = set()
        self._baseline = True

    def run(self, now: datetime) -> list[Admin]:
        """A run at this time: gives the alarms; its changes are in ``unsent``."""
        alarms: list[Admin] = []
        for name, page in self.pages.items():
            comes = FAULTS[page.fault].comes if page.fault else GOOD
            alarms += [Admin(name, what) for what in self._fetched(page, comes, now)]
            if comes == FAILED:
                continue
            held = comes == WITHHELD or page.held_until_accepted
            if held and not page.held:
                alarms.append(Admin(name, "withheld"))
            if page.held and not held:
                alarms.append(Admin(name, "published"))
            page.held = held
            if not held:
                self._tell(name, page)
        alarms += [Admin(name, "accepted") for name in sorted(self.accepted)]
        self.accepted.clear()
        self._baseline = False
        return alarms

    def accept(self, source: str) -> None:
        """A person lets what is withheld through."""
        page = self.pages[source]
        page.held = False
        self.accepted.add(source)
        self._tell(source, page)

    @property
    def exit_code(self) -> int:
        return 3 if any(page.held for page in self.pages.values()) else 0

    def state(self, now: datetime) -> str:
        """The word for all of it."""
        if any(page.seen is None or now - page.seen > _STALE for page in self.pages.values()):
            return "stale"
        return "withheld" if self.exit_code else "ok"

    def standing(self) -> Iterator[tuple[str, Content]]:
        for name, page in self.pages.items():
            yield name, page.stands

    def _fetched(self, page: Page, comes: str, now: datetime) -> Iterator[str]:
        if comes != FAILED:
            if page.failures >= FAILURES:
                yield "fetched again"
            page.failures, page.seen = 0, now
            return
        page.failures += 1
        if page.failures == FAILURES:
            yield "not fetched"

    def _tell(self, name: str, page: Page) -> None:
        told = [(name, one) for one in page.publish()]
        assert not (told and self._baseline)
        self.rows += told
        self.unsent += told
