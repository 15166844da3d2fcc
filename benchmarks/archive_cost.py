"""What captures cost: bytes of a year, memory over the number of captures, a run in which nothing changed.

``python -m benchmarks.archive_cost`` prints three lines. The server stands on this machine; its own work
is in a process of its own, so that CPU and memory are those of the asking side alone.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from pipeline.archive import Archive, Exchange
from pipeline.fetch import FetchSettings, fetch_all

MODULE = "benchmarks.archive_cost"
START = datetime(2024, 1, 1, 6, 30, tzinfo=UTC)
HEADERS = (
    "Server: nginx", "Content-Type: text/html; charset=UTF-8", "Connection: keep-alive",
    "Vary: Accept-Encoding", "Cache-Control: max-age=300, public", "X-Drupal-Dynamic-Cache: HIT",
    "Content-language: lv", "X-Content-Type-Options: nosniff", "X-Frame-Options: SAMEORIGIN",
    "Strict-Transport-Security: max-age=31536000", 'ETag: "1730788200-gzip"',
    "Last-Modified: Tue, 05 Nov 2024 06:30:00 GMT",
)  # fmt: skip


class Page(NamedTuple):
    id: str
    url: str
    allowed_hosts: tuple[str, ...] = ()


def page_of(number: int) -> bytes:
    """About 60 KB that packs like a page."""
    words = [hashlib.sha256(b"%d %d" % (number, line)).hexdigest() for line in range(100)]
    return "".join(
        f"<p class='field__item'>{word} eiro</p>\n<div class='row'></div>" * 6 for word in words
    ).encode()


def answer(number: int, when: datetime, body: bytes, status: int = 200) -> Exchange:
    lines = [f"HTTP/1.1 {status} OK", f"Date: {when:%a, %d %b %Y %H:%M:%S GMT}", *HEADERS]
    head = "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n"
    url = f"https://www.izm.gov.lv/lv/es-fondi-visparejai-izglitibai-2021-2027-{number:02d}"
    request = b"GET /lv/page HTTP/1.1\r\nHost: www.izm.gov.lv\r\nUser-Agent: pasakumi\r\n\r\n"
    return Exchange(url, url, status, request, head, body, body, (), when, "159.148.108.10")


def year(root: Path, pages: int = 40, days: int = 365) -> tuple[int, float]:
    """Bytes under raw/ after a year of daily captures in which nothing changed, and seconds a run."""
    archive, began = Archive(root), time.process_time()
    for day in range(days):
        with archive.writer() as writer:
            for number in range(pages):
                when = START + timedelta(days=day, seconds=number)
                writer.response(f"izm-page-{number:02d}", answer(number, when, page_of(number)))
    seconds = (time.process_time() - began) / days
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file()), seconds


def memory(root: Path, captures: int) -> tuple[int, int]:
    """Most KB of memory after appending that many captures, and after verifying them."""
    archive = Archive(root)
    with archive.writer() as writer:
        for number in range(captures):
            body = b"<p>%d" % (number // 2) * 50
            writer.response(f"s{number % 40}", answer(number % 40, START + timedelta(minutes=number), body))
    appended = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if archive.verify():
        raise SystemExit("verify found faults")
    return appended, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class NotModified(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 304)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


def serve(ports: multiprocessing.Queue[int], hosts: int) -> None:
    for number in range(hosts):
        server = ThreadingHTTPServer((f"127.0.0.{number + 1}", 0), NotModified)
        ports.put(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()


def unchanged(kind: str, root: Path, urls: list[str]) -> None:
    """One run over pages that all answer 304: a bare loop, fetching alone, or fetching and archiving."""
    if kind == "bare":
        import requests

        session = requests.Session()
        for url in urls:
            session.get(url, headers={"If-None-Match": '"1730788200-gzip"'}, timeout=10).content  # noqa: B018
        return
    settings = FetchSettings("pasakumi", delay_seconds=0.0, allow_private=True)
    archive = Archive(root)
    pages = [Page(f"s{number}", url) for number, url in enumerate(urls)]
    outcomes = fetch_all(pages, settings, newest=archive.validators().get)
    if kind == "fetch":
        count = sum(outcome.kind == "unchanged" for outcome in outcomes)
    else:
        with archive.writer() as writer:
            count = sum(
                bool(outcome.exchange and writer.response(outcome.source, outcome.exchange))
                for outcome in outcomes
            )
    if count != len(urls):
        raise SystemExit(f"{count} of {len(urls)} unchanged")


def measured(*words: str) -> tuple[float, int]:
    """CPU seconds and most KB of a fresh process that does ``words``: the least of five."""
    best = (9e9, 9 << 40)
    for _ in range(5):
        command = [sys.executable, "-m", MODULE, *words]
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{words} failed")
        best = min(best, (usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
    return best


def nothing_changed(folder: Path, pages: int = 40, hosts: int = 4) -> str:
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports, hosts), daemon=True)
    server.start()
    bases = [f"http://127.0.0.{number + 1}:{ports.get()}" for number in range(hosts)]
    urls = [f"{bases[number % hosts]}/{number}" for number in range(pages)]
    with Archive(folder).writer() as writer:
        for number, url in enumerate(urls):
            body = page_of(number)
            writer.response(f"s{number}", answer(number, START, body)._replace(url=url, final_url=url))
    given = json.dumps(urls)
    bare, fetch, both = (measured(kind, str(folder), given) for kind in ("bare", "fetch", "archive"))
    server.terminate()
    return (
        f"40 pages, all 304: bare requests loop {bare[0]:.2f} s CPU {bare[1] / 1024:.0f} MB; "
        f"fetch {fetch[0] / bare[0]:.2f} x CPU {fetch[1] / bare[1]:.2f} x memory; "
        f"fetch and archive {both[0] / bare[0]:.2f} x CPU {both[1] / bare[1]:.2f} x memory"
    )


def main() -> None:
    if len(sys.argv) > 1:
        kind, folder, argument = sys.argv[1:]
        if kind == "memory":
            print(*memory(Path(folder), int(argument)))
        else:
            unchanged(kind, Path(folder), json.loads(argument))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size, seconds = year(folder / "year")
        print(f"a year of 40 unchanged pages: {size / 1e6:.1f} MB; {seconds * 1000:.0f} ms CPU a run")
        for count in (10, 100, 1000, 10_000):
            command = [
                sys.executable,
                "-m",
                "benchmarks.archive_cost",
                "memory",
                str(folder / str(count)),
                str(count),
            ]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            appending, verifying = (int(kilobytes) // 1024 for kilobytes in said.split())
            print(f"{count} captures: {appending} MB appending, {verifying} MB verifying")
        print(nothing_changed(folder / "unchanged"))


if __name__ == "__main__":
    main()
