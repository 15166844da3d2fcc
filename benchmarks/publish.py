"""What publishing costs, and what a reader's browser makes of the site.

``python -m benchmarks.publish`` prints seconds of processor time after imports for the captures that ship
with the project and for a page of 2 000 measures with 20 000 changes (``--small``: a tenth of it), the sizes
of what is written, and of Chromium when a page is first painted (its own trace) and how long a key press in
the search takes.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline import decisions, publication
from pipeline.archive import Archive
from pipeline.chronicle import Chronicle
from pipeline.config import Config, load
from pipeline.manifest import Digest
from pipeline.run import publish
from pipeline.staging import Made
from pipeline.state import Dataset
from pipeline.telling import tell

ROOT = Path(__file__).parents[1]
URL = "https://ministry.example/lv/fondi"
MEASURES, CAPTURES = 2000, 11
QUARTERS = ("I", "II", "III", "IV")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def page(capture: int, count: int) -> str:
    """Every measure has another amount or another quarter in each capture."""
    parts = ["<!doctype html><html lang='lv'><title>Fondi</title><main><h1>Atbalsts skolām</h1>"]
    for number in range(count):
        steps = capture // 2 if number % 2 else (capture + 1) // 2
        amount = f"{1_000_000 + 1000 * (capture - steps) + number:,}".replace(",", " ")
        when = f"{2025 + steps // 4}. gada {QUARTERS[steps % 4]} cet."
        if number % 100 == 0:
            parts.append(f"<h2>Temats numur {number // 100 + 1}</h2>")
        parts.append(
            f"<h3>4.{number // 400 + 1}.{number // 20 % 20 + 1}.{number % 20 + 1}. pasākums “Mācību vides "
            f"uzlabošana, {number}. daļa”</h3><p>Plānotais ES fondu finansējums (eiro)</p><p>{amount}</p>"
            f"<p>Atbalsta mērķis</p><p>Uzlabot mācību vidi skolās, {number}. daļa.</p>"
            "<p>Projektu iesniedzēji</p><p>Pašvaldības</p><p>Valsts iestādes</p>"
            f"<p>Pasākuma laika grafiks</p><p>{when} – atlases uzsākšana</p>"
            "<p>2029. gada 31. decembris – projekta īstenošanas noslēgums</p>"
            "<p>Kontaktinformācija</p><p>Anna Paraudziņa, tālr. 67000123, anna@ministry.example</p>"
        )
    return "".join([*parts, "</main>"])


def large(folder: Path, count: int) -> None:
    (folder / "sources.toml").write_text(
        f'[[source]]\nid = "fondi"\nurl = "{URL}"\npublisher = "Ministrija"\n'
    )
    with Archive(folder / "raw").writer() as writer:
        for capture in range(CAPTURES):
            when = datetime(2024, 1, 5, tzinfo=UTC) + timedelta(days=30 * capture)
            body = page(capture, count).encode()
            writer.resource("fondi", URL, body, "text/html; charset=utf-8", when)


def shipped(folder: Path) -> None:
    shutil.copytree(ROOT / "raw", folder / "raw")
    shutil.copy(ROOT / "sources.toml", folder)


def timed(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def read(config: Config) -> dict[str, Chronicle]:
    dataset = Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))
    return {source.id: tell(dataset.history(source)) for source in config.sources}


def sizes(site: Path) -> Iterator[str]:
    own = [path for path in site.rglob("*") if path.is_file() and path.relative_to(site).parts[0] != "data"]
    yield f"{len(own)} files of its own, {sum(path.stat().st_size for path in own) / 1e6:.1f} MB"
    assets = sum(path.stat().st_size for path in (site / "static").iterdir())
    yield f"overview with all that it loads {(assets + (site / 'index.html').stat().st_size) / 1e3:.0f} KB"
    for name in ("measures.html", "timeline.html"):
        yield f"{name} {(site / name).stat().st_size / 1e3:.0f} KB"


def told(name: str, folder: Path) -> None:
    config = load(folder / "sources.toml")
    found: dict[str, Chronicle] = {}
    reading = timed(lambda: found.update(read(config)))
    states = [chronicle.shown for chronicle in found.values() if chronicle.shown]
    whole = timed(lambda: publish(config))
    print(f"{name}: reading {reading:.2f} s, all of a first run {whole:.2f} s", flush=True)
    files = list((config.output).rglob("*"))
    data = {
        path.relative_to(config.output).as_posix(): Digest(path.stat().st_size, "")
        for path in files
        if path.is_file() and path.relative_to(config.output).parts[0] != "site"
    }
    made: list[Made] = []
    shown = publication.site(config, found, states)
    keys = timed(lambda: made.extend(chain(shown.apart(), shown.together(data))))
    alone = timed(lambda: [one.content() for one in made])
    changes = sum(len(pair.items) for chronicle in found.values() for pair in chronicle.pairs)
    cost = f"{alone:.2f} s, keys of its pages {keys:.2f} s; {changes} changes"
    print(f"  site: {cost}; {'; '.join(sizes(config.output / 'site'))}")
    if CHROMIUM:
        browse(config.output / "site")


def browse(site: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in ("index.html", "measures.html", "timeline.html"):
            view = browser.new_page()
            browser.start_tracing(page=view, categories=["loading", "devtools.timeline", "blink.user_timing"])
            view.goto(f"{site.as_uri()}/{name}")
            view.wait_for_timeout(500)
            events = json.loads(browser.stop_tracing())["traceEvents"]
            print(f"  {name}: first painted {_first_paint(events):.0f} ms after navigation began", end="")
            if name == "measures.html":
                print(f"; a key in the search answered in {_key(view):.0f} ms", end="")
            print()
            view.close()
        browser.close()


def _first_paint(events: list[dict]) -> float:
    painted = [event for event in events if event["name"] == "firstContentfulPaint"]
    begun = [event for event in events if event["name"] == "navigationStart"]
    last = max(painted, key=lambda event: event["ts"])
    start = max((event["ts"] for event in begun if event["ts"] <= last["ts"]), default=last["ts"])
    return (last["ts"] - start) / 1000


def _key(view: Any) -> float:
    """From a key press until the frame that shows what it did (the median of five)."""
    view.get_by_role("searchbox").focus()
    took = []
    for letter in "mācīb":
        view.evaluate(
            """() => { window.took = new Promise((done) => {
                addEventListener("input", () => { const begun = performance.now();
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun))); },
                { once: true, capture: true }); }); }"""
        )
        view.keyboard.insert_text(letter)
        took.append(view.evaluate("() => window.took"))
    return sorted(took)[len(took) // 2]


def main(words: list[str]) -> None:
    count = MEASURES // 10 if "--small" in words else MEASURES
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("warm-up", shipped), ("shipped", shipped), (f"{count} measures", large)):
            there = Path(folder) / name.replace(" ", "-")
            there.mkdir()
            make(there, count) if make is large else make(there)
            told(name, there)


if __name__ == "__main__":
    main(sys.argv[1:])
