"""One source from its address to an outcome: retries around redirects around single requests."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from urllib.parse import urljoin, urlsplit

from pipeline.captures import Exchange, Hop, Validators
from pipeline.client import Answer, Client, Problem, as_asked, digest
from pipeline.fetch_types import FetchSettings, Newest, Outcome, Source
from pipeline.printable import printable
from pipeline.robots import LIMIT, Disallowed, Elsewhere, Robots
from pipeline.wire import Watch

_MOST_REDIRECTS = 10
_LONGEST_BACKOFF = 30.0
_NOT_MODIFIED = 304


class Fetcher:
    """Shared by the threads of a run."""

    def __init__(self, settings: FetchSettings, newest: Newest, stop: threading.Event) -> None:
        self._settings, self._newest, self._stop = settings, newest, stop
        self._client = Client(settings, stop)
        self._robots = Robots(self._robots_file, self._client.pace)

    def close(self) -> None:
        self._client.close()

    def outcome(self, source: Source) -> Outcome:
        """What came of the source; nothing that a server does is raised."""
        known = self._newest(source.id)
        try:
            self._wait_for_turn(source.url)
            exchange = self._page(source, known, self._client.watch())
        except Disallowed as error:
            return Outcome(source.id, source.url, "skipped", None, printable(str(error)))
        except Problem as problem:
            return Outcome(source.id, source.url, "failed", None, printable(str(problem)))
        if exchange.status == _NOT_MODIFIED:
            return Outcome(source.id, source.url, "unchanged", exchange, "not changed (304)")
        if known and known.sha256 == digest(exchange.payload):
            return Outcome(source.id, source.url, "unchanged", exchange, "the same bytes as before")
        return Outcome(source.id, source.url, "fetched", exchange, f"{len(exchange.payload)} bytes")

    def _page(self, source: Source, known: Validators | None, watch: Watch) -> Exchange:
        def ask(url: str) -> Answer:
            if self._settings.respect_robots:
                self._robots.check(url, watch)
            conditions = _conditions(known, url)
            answer = self._client.get(url, conditions, watch, limit=self._settings.max_bytes)
            if answer.status == _NOT_MODIFIED and not conditions:
                raise Problem("the server says that nothing changed (304), but nobody asked it that")
            return answer

        return retried(lambda: follow(source.url, source.allowed_hosts, ask), watch, self._settings)

    def _robots_file(self, url: str, watch: Watch) -> bytes:
        def ask(url: str) -> Answer:
            return self._client.get(url, {}, watch, limit=LIMIT, cut=True)

        return retried(lambda: follow(url, (), ask), watch, self._settings).payload

    def _wait_for_turn(self, url: str) -> None:
        """What a host is owed is not time of the next source, unless the host asked for a long rest."""
        wait = self._client.pace.wait(_host(url))
        if wait > self._settings.deadline_seconds:
            raise Problem(f"its host asked for a pause of {wait:.0f} s")
        self._stop.wait(wait)


def retried(work: Callable[[], Exchange], watch: Watch, settings: FetchSettings) -> Exchange:
    """Tries again what may pass, each time after a longer pause, or the one that the server asks for.

    Raises Problem.
    """
    for attempt in range(settings.retries):
        try:
            return work()
        except Problem as problem:
            pause = max(problem.after, _backoff(attempt, settings.backoff_seconds))
            if not problem.passing or pause >= watch.remaining():
                raise
            watch.sleep(pause)
    return work()


def _backoff(attempt: int, first: float) -> float:
    """Doubling, with a random half taken off so that many clients do not come back at once."""
    longest = min(first * 2**attempt, _LONGEST_BACKOFF)
    return random.uniform(longest / 2, longest)  # noqa: S311 - no secret


def follow(url: str, allowed_hosts: Sequence[str], ask: Callable[[str], Answer]) -> Exchange:
    """The answer at the end of the redirects. Raises Problem for a loop, a foreign host, another scheme."""
    hops: list[Hop] = []
    _check_scheme(url, url)
    asked = as_asked(url)
    hosts = {_host(url), *(host.lower() for host in allowed_hosts)}
    while True:
        answer = ask(asked)
        if answer.location is None:
            return _exchange(url, answer, tuple(hops))
        target = _target(asked, answer.location)
        _check_scheme(target, asked)
        target = as_asked(target)
        hops.append(Hop(asked, answer.status, answer.response_head, target, answer.request_head))
        if _host(target) not in hosts:
            raise Elsewhere(f"redirected to {target}, which is not in allowed_hosts")
        if target in [hop.url for hop in hops]:
            raise Problem(f"redirected in a circle, to {target} again")
        if len(hops) > _MOST_REDIRECTS:
            raise Problem(f"more than {_MOST_REDIRECTS} redirects")
        asked = target


def _exchange(url: str, answer: Answer, hops: tuple[Hop, ...]) -> Exchange:
    return Exchange(
        url,
        answer.url,
        answer.status,
        answer.request_head,
        answer.response_head,
        answer.body,
        answer.payload,
        hops,
        answer.started_at,
        answer.address,
    )


def _conditions(known: Validators | None, url: str) -> dict[str, str]:
    """Headers that ask for the page only if it changed; both where both are known (RFC 9110, 13.2.2)."""
    if known is None or known.url != url:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _target(base: str, location: str) -> str:
    """An absolute address without fragment; servers write UTF-8 into a header that is read as Latin-1."""
    try:
        words = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        words = location
    try:
        return urljoin(base, words).partition("#")[0]
    except ValueError as error:
        raise Problem(f"redirected to {words!r}, which is no address") from error


def _check_scheme(url: str, before: str) -> None:
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise Problem(f"{url}: only http and https are fetched")
    if scheme == "http" and before.lower().startswith("https:"):
        raise Problem(f"redirected from https to {url}, where anybody on the way could change the page")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
