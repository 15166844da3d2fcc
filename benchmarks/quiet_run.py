"""What a run costs in which nothing changed: 40 pages on four hosts, against scripts that only fetch them.

``python -m benchmarks.quiet_run`` prints processor time (user and system) and the peak of memory of whole
processes, medians of rounds taken in turn, once with pages that answer 304 and once with pages that send
the same bytes again; and the same as one line of JSON. The scripts ask what the run asks (with the same
validators), once with a ``requests.get`` each and once over a ``requests.Session``, and store nothing. The
server stands on this machine, in a process of its own.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from benchmarks.ratios import tell

ROOT = Path(__file__).parents[1]
PAGES, HOSTS, ROUNDS = 40, 4, 15
LIMIT, LIMIT_MB = 1.5, 80
ETAG = '"1730788200-gzip"'
HEADERS = {"304": {"If-None-Match": ETAG}, "200": {}}

# requests would import chardet too, which only the tools of development bring.
BARE = """
import json, sys
sys.modules["chardet"] = None
import requests
urls, headers = json.load(sys.stdin)
for url in urls:
    requests.get(url, headers=headers, timeout=10).content
"""
SESSION = BARE.replace("urls, headers", "get = requests.Session().get\nurls, headers", 1).replace(
    " requests.get(", " get("
)
RUN = [sys.executable, "-m", "pipeline", "run"]


class Cost(NamedTuple):
    """``seconds`` of processor time; ``peak``: MB."""

    seconds: float
    peak: float


def page_of(number: int) -> bytes:
    """One measure, and as many words around it as pages have."""
    line = f"Par atbalsta saņemšanu nr. {number} lasiet nākamajā daļā. " * 10
    words = "".join(f"<p>{count}. {line}</p>\n" for count in range(80))
    return (
        '<!doctype html>\n<html lang="lv"><head><title>Fondi</title></head>\n<body><main>\n'
        f"<h3>4.9.{number}.1. pasākums “Mācību vides uzlabošana, {number}. daļa”</h3>\n"
        "<p>Plānotais ES fondu finansējums (eiro)</p><p>1 000 000</p>\n"
        "<p>Pasākuma laika grafiks</p><p>2025. gada I cet. – atlases uzsākšana</p>\n"
        f"{words}</main></body></html>\n"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """``/304/N`` has an ETag, ``/200/N`` none."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            return self._say(200, b"User-agent: *\nDisallow: /user/\nDisallow: /search\n")
        _, kind, number = self.path.split("/")
        if kind == "200":
            return self._say(200, page_of(int(number)))
        if self.headers["If-None-Match"] == ETAG:
            return self._say(304, b"", etag=True)
        return self._say(200, page_of(int(number)), etag=True)

    def _say(self, status: int, body: bytes, *, etag: bool = False) -> None:
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", ETAG)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def serve(ports: multiprocessing.Queue[int]) -> None:
    for number in range(HOSTS):
        server = ThreadingHTTPServer((f"127.0.0.{number + 1}", 0), Handler)
        ports.put(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Event().wait()


def sources(folder: Path, urls: list[str]) -> None:
    """The sources.toml of these pages; no pause between two requests, as the scripts make none."""
    lines = ["[fetch]", "delay_seconds = 0", "allow_private = true"]
    for number, url in enumerate(urls):
        lines += ["[[source]]", f'id = "page-{number:02d}"', f'url = "{url}"', 'publisher = "Ministrija"']
    folder.mkdir()
    (folder / "sources.toml").write_text("\n".join(lines) + "\n", "utf-8")


def cost(command: list[str], folder: Path, said: str = "") -> Cost:
    """Of one process."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    with tempfile.TemporaryFile("w+") as words:
        words.write(said)
        words.seek(0)
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=words, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(kind: str, folder: Path, bases: list[str]) -> dict[str, Cost]:
    """Of a run and the scripts, after runs that made the dataset and its caches."""
    urls = [f"{bases[number % HOSTS]}/{kind}/{number}" for number in range(PAGES)]
    sources(folder, urls)
    asked = json.dumps([urls, HEADERS[kind]])
    commands = {
        "quiet run": (RUN, ""),
        "requests.get": ([sys.executable, "-c", BARE], asked),
        "requests.Session": ([sys.executable, "-c", SESSION], asked),
    }
    for _ in range(2):
        for command, words in commands.values():
            cost(command, folder, words)
    taken = [
        {name: cost(command, folder, words) for name, (command, words) in commands.items()}
        for _ in range(ROUNDS)
    ]
    return {
        name: Cost(
            *(statistics.median(figures) for figures in zip(*(one[name] for one in taken), strict=True))
        )
        for name in commands
    }


def main() -> int:
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    bases = [f"http://127.0.0.{number + 1}:{ports.get()}" for number in range(HOSTS)]
    figures: dict[str, dict[str, float]] = {}
    within = True
    with tempfile.TemporaryDirectory() as name:
        for kind in HEADERS:
            found = medians(kind, Path(name) / kind, bases)
            run, bare = found["quiet run"], found["requests.get"]
            for what, one in found.items():
                ratio = f"{one.seconds / bare.seconds:5.2f} ×"
                limit = f"  (limits {LIMIT:g} ×, {LIMIT_MB} MB)" if one is run else ""
                print(f"{kind}  {what:<17} {one.seconds * 1000:6.0f} ms {ratio} {one.peak:5.0f} MB{limit}")
            figures[kind] = {
                "seconds": round(run.seconds, 3),
                "ratio_to_get": round(run.seconds / bare.seconds, 2),
                "ratio_to_session": round(run.seconds / found["requests.Session"].seconds, 2),
                "peak_mb": round(run.peak),
            }
            within &= run.seconds / bare.seconds <= LIMIT and run.peak <= LIMIT_MB
    server.terminate()
    print(json.dumps({"quiet_run": figures}))
    tell(**{f"CPU to requests.get ({kind})": row["ratio_to_get"] for kind, row in figures.items()})
    tell(**{f"CPU to a requests session ({kind})": row["ratio_to_session"] for kind, row in figures.items()})
    return int(not within)


if __name__ == "__main__":
    sys.exit(main())
