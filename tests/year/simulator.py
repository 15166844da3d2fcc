"""Days of the script, one after the other: the real command against real servers.

What came of each day is compared with what should have.
"""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, TypeVar

from pytest_httpserver import HTTPServer

from tests.pipeline.command import Cost, Done, measured, start
from tests.pipeline.receivers import Hook, mail_server, rows
from tests.year import clock, received, settings
from tests.year.edits import Told
from tests.year.faults import FAULTS
from tests.year.ledger import SIZES, Admin, Ledger, Page, Row
from tests.year.ministry import Ministry
from tests.year.pages import Content, printed
from tests.year.received import Receiver
from tests.year.script import FIRST, Day

T = TypeVar("T")
_KILLED_AFTER = 0.45
_LATE = timedelta(hours=20)  # a message not taken for so long is a problem


class Tally(NamedTuple):
    """What was counted on the way; lists by run."""

    costs: list[Cost]
    faults: Counter[str]
    codes: Counter[int]
    withheld: set[str]
    messages: Counter[str]
    wrong: list[str]


class Difference(AssertionError):
    """Something came of a day that is not as the script says."""


class Simulator:
    """One folder in which a year passes. ``patient``: differences are noted and the year goes on."""

    def __init__(
        self,
        folder: Path,
        ministries: dict[str, Ministry],
        receivers: dict[str, Receiver],
        *,
        patient: bool = False,
    ) -> None:
        self.folder, self.ministries, self._receivers = folder, ministries, receivers
        self._patient = patient
        self.ledger = Ledger()
        self.tally = Tally([], Counter(), Counter(), set(), Counter(), [])
        self._bodies: dict[str, tuple[tuple[int, Content, str], bytes]] = {}
        self.now, self.days = FIRST, 0
        self._today = ""
        self._settings()

    def live(self, days: Iterable[Day]) -> None:
        """Let them pass."""
        for day in days:
            self.day(day)

    def day(self, day: Day) -> None:
        """Let a day pass. Raises Difference."""
        self.now, self.days = day.date + timedelta(days=1), self.days + 1
        self._today = f"{day.date:%Y-%m-%d} (day {day.number})"
        self._edits(day)
        if day.has("settings"):
            self._with_broken_settings(day)
            return
        for moment in day.moments:
            self._open(day)
            now = moment + day.shift
            if day.has("killed"):
                self._killed(now - timedelta(minutes=1))
            self._run(day, now)
        if day.moments:
            self._afterwards(day)

    # --- what is done ------------------------------------------------------------------

    def _settings(self, broken: str = "") -> None:
        urls = {name: ministry.url for name, ministry in self.ministries.items()}
        addresses = {name: receiver.address for name, receiver in self._receivers.items()}
        path = settings.write(self.folder, urls, addresses)
        if broken:
            path.write_text(broken + path.read_text("utf-8"), "utf-8")

    def _edits(self, day: Day) -> None:
        for one in day.of("edit"):
            self.ledger.pages[one.source].edit(*one.words)
        for one in day.of("layout"):
            self.ledger.pages[one.source].layout = one.words[0]
        faults = {one.source: one.words[0] for one in day.of("fault")}
        for name, page in self.ledger.pages.items():
            page.fault = faults.get(name)
        down = {one.words[0] for one in day.of("down")}
        for name, receiver in self._receivers.items():
            receiver.set_down(is_down=name in down)

    def _open(self, day: Day) -> None:
        for name, page in self.ledger.pages.items():
            fault = FAULTS[page.fault] if page.fault else None
            self.ministries[name].open(page.says, self._body(day, name, page), fault)
            self.tally.faults.update([page.fault] if page.fault else [])

    def _body(self, day: Day, name: str, page: Page) -> bytes:
        """Other bytes on days on which pages are touched, else those of the day before."""
        drawn = (day.number, page.says, page.layout)
        known = self._bodies.get(name)
        if known and known[0][1:] == drawn[1:] and (known[0][0] == day.number or not day.fresh):
            return known[1]
        rng = Random(f"{name} {day.number}")  # noqa: S311
        attributes = [
            f'data-token="{rng.getrandbits(64):x}"',
            'class="stats"',
            f'id="s{rng.getrandbits(16)}"',
        ]
        rng.shuffle(attributes)
        noise = (
            f"<p {' '.join(attributes)}>Skatīts: {day.number * 37 + 1000} reizes</p>"
            f"<p>Atjaunots: {day.date:%d.%m.%Y}. 0{day.number % 9}:15</p>"
        )
        body = printed(page.says, page.layout, rng, noise=noise)
        self._bodies[name] = drawn, body
        return body

    def _killed(self, now: datetime) -> None:
        process = start(self.folder, "run", **clock.at(now))
        time.sleep(_KILLED_AFTER)
        process.kill()
        process.wait()

    def _run(self, day: Day, now: datetime) -> None:
        before = len(self.ledger.rows)
        alarms = self.ledger.run(now)
        strict = ["--strict"] if day.has("strict") else []
        done = self._command(now, "run", *strict)
        missed = any(page.failures for page in self.ledger.pages.values())
        self._equal("exit code", done.code, 3 if strict and missed else self.ledger.exit_code, done.err)
        self._messages(alarms, now)
        self._tables(before)
        self._status(day, now)

    def _afterwards(self, day: Day) -> None:
        now = day.moments[-1] + day.shift + timedelta(hours=2)
        for one in day.of("accept"):
            before = len(self.ledger.rows)
            (capture,) = self._withheld(one.source)
            self.ledger.accept(one.source)
            done = self._command(now, "accept", capture, "--reason", "so it is")
            self._equal("exit code of accept", done.code, self.ledger.exit_code, done.err)
            self._tables(before)
        if day.has("notify"):
            done = self._command(now, "notify")
            self._equal("exit code of notify", done.code, 0, done.err)
            alarms = [Admin(name, "accepted") for name in sorted(self.ledger.accepted)]
            self.ledger.accepted.clear()
            self._messages(alarms, now)

    def _with_broken_settings(self, day: Day) -> None:
        before = self._published()
        self._settings("pubish_contacts = true\n")
        done = self._command(day.moments[0], "run")
        self._settings()
        self._equal("exit code", done.code, 2, done.err)
        self._equal("published", self._published(), before)

    def _command(self, now: datetime, *words: str) -> Done:
        done, cost = measured(self.folder, *words, **clock.at(now))
        if words[0] == "run":
            self.tally.costs.append(cost)
            self.tally.codes[done.code] += 1
        return done

    # --- what came of it ---------------------------------------------------------------

    def _equal(self, what: str, seen: Any, expected: Any, more: str = "") -> None:
        if seen == expected:
            return
        told = f"{self._today}: {what}: {seen!r}, the script says {expected!r} {more}".rstrip()
        self.tally.wrong.append(told)
        if not self._patient:
            raise Difference(told)

    def _tables(self, before: int) -> None:
        """The table of changes holds all that happened and nothing else, and so does the newest report; the
        measures are those of the pages that could be read."""
        table = rows(self.folder)
        told = Counter(_row(row) for row in table)
        self._equal("changes", _differing(told, Counter(self.ledger.rows)), ({}, {}))
        with (self.folder / "output" / "tables" / "measures.csv").open(encoding="utf-8", newline="") as file:
            seen = {
                (row["source"], row["measure_id"], row["title"], row["eu_funding_eur"], row["selection_type"])
                for row in csv.DictReader(file)
            }
        expected = {
            (name, one.code, one.title, str(one.euro), one.selection)
            for name, content in self.ledger.standing()
            for one in content.entries
        }
        self._equal("measures", sorted(seen ^ expected), [])
        if len(self.ledger.rows) > before:
            self._reported()

    def _reported(self) -> None:
        """All reports together tell what the table tells."""
        told: Counter[tuple[str, str, str]] = Counter()
        for path in (self.folder / "output" / "reports").glob("*.json"):
            changes = json.loads(path.read_text("utf-8"))["changes"]
            told.update((one["source"], one["kind"], one["measure_id"] or "") for one in changes)
        happened = Counter((name, one.kind, one.measure_id) for name, one in self.ledger.rows)
        self._equal("reports", _differing(told, happened), ({}, {}))

    def _messages(self, alarms: list[Admin], now: datetime) -> None:
        news, self.ledger.unsent = self.ledger.unsent, []
        sentences = {_row(row): row for row in rows(self.folder)} if news else {}
        for name, language, some in (
            ("mail", "text_lv", [row for row in news if settings.is_for_desk(row)]),
            ("hook", "text_en", news),
        ):
            lines = [sentences[row][language] if row in sentences else f"no row {row}" for row in some]
            self._received(name, sorted(lines), now)
        self._received("admin", sorted(f"{one.source}: {one.what}" for one in alarms), now)

    def _received(self, name: str, lines: list[str], now: datetime) -> None:
        receiver = self._receivers[name]
        if lines:
            receiver.owe(lines, now)
        taken = receiver.taken()
        if name == "admin":
            taken = [[f"{one.source}: {one.what}" for one in received.alarms(lines)] for lines in taken]
        taken = [sorted(lines) for lines in taken]
        if receiver.is_down:
            return
        # In any order: what was tried often and not taken is tried last.
        self._equal(f"messages to {name}", sorted(taken), sorted(receiver.owed))
        self.tally.messages[name] += len(taken)
        receiver.settle()

    def _status(self, day: Day, now: datetime) -> None:
        told = self._document()
        drift = [
            (one["id"], alarm["kind"])
            for one in told["sources"]
            for alarm in one["drift"]
            if alarm["severity"] != "info"
        ]
        self._equal("drift", drift, [(one.source, one.words[0]) for one in day.of("drift")])
        expected = self.ledger.state(now)
        waits = any(one.since and now - one.since > _LATE for one in self._receivers.values())
        is_noted = expected == "ok" and (drift or waits)
        self._equal("state", told["state"], "attention" if is_noted else expected)
        for one in told["sources"]:
            page = self.ledger.pages[one["id"]]
            failures = one["consecutive_failures"]
            self._equal(f"failures of {one['id']}", failures, page.failures, str(one["failure"]))
            self._equal(f"withheld of {one['id']}", bool(one["withheld"]), page.held)
            self.tally.withheld.update(each["capture"] for each in one["withheld"])

    def _withheld(self, source: str) -> list[str]:
        """Its captures that wait for a decision."""
        (told,) = (one for one in self._document()["sources"] if one["id"] == source)
        return [each["capture"] for each in told["withheld"]]

    def _document(self) -> Any:
        return json.loads((self.folder / "state" / "status.json").read_text("utf-8"))

    def _published(self) -> dict[str, bytes]:
        output = self.folder / "output"
        return {str(path): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}


def _row(row: dict[str, str]) -> Row:
    return row["source"], Told(**{name: row[name] for name in Told._fields})


def _differing(seen: Counter[T], expected: Counter[T]) -> tuple[dict[T, int], dict[T, int]]:
    """What is too much, and what is missing."""
    return dict(seen - expected), dict(expected - seen)


@contextmanager
def year(folder: Path, *, patient: bool = False) -> Iterator[Simulator]:
    """A simulator whose servers and receivers listen."""
    with ExitStack() as stack:
        server = stack.enter_context(HTTPServer())
        box = stack.enter_context(mail_server())
        hook, admin = Hook(server), Hook(server, "/admin")
        ministries = {name: Ministry(f"127.0.0.{number}") for number, name in enumerate(SIZES, start=11)}
        for ministry in ministries.values():
            stack.callback(ministry.close)
        receivers = {"mail": Receiver(box), "hook": Receiver(hook), "admin": Receiver(admin)}
        yield Simulator(folder, ministries, receivers, patient=patient)
