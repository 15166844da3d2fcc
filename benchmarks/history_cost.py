"""What a history costs: 1 000 captures with 30 different bodies, beside reading the 30 once in the same run.

``python -m benchmarks.history_cost`` prints seconds of processor time and ratios for two orders: the bodies
one after the other, each seen for a month, and in turns, so that nearly every capture is a real change.
``first`` is a run that publishes all of it, ``next`` the one after another capture came, ``quiet`` one with
nothing new. ``short`` is ``next`` after a history of two captures: ``next_to_short`` says what the length
of a history costs; ``parts`` what of ``next`` went into which folder or file of output/.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.ratios import tell
from parsers.page import parse_page
from pipeline import decisions
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.state import Dataset
from pipeline.telling import tell as tell_history

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "tests" / "fixtures" / "izm-visparejai-izglitibai.html"
CAPTURES, BODIES = 1000, 30
FIRST = datetime(2022, 1, 1, tzinfo=UTC)
SOURCES = '[[source]]\nid = "page"\nurl = "https://ministry.example/"\n'


def bodies() -> list[bytes]:
    """The real page with another amount each."""
    text = PAGE.read_text("utf-8")
    return [text.replace("3 697 500", f"3 {697 + number} 500").encode() for number in range(BODIES + 1)]


def body_of(number: int, order: str) -> int:
    return number * BODIES // CAPTURES if order == "in order" else number * 7 % BODIES


def store(raw: Path, contents: list[tuple[bytes, datetime]]) -> None:
    with Archive(raw).writer() as writer:
        for content, when in contents:
            writer.resource("page", "https://ministry.example/", content, "text/html; charset=utf-8", when)


def write(folder: Path, order: str) -> None:
    made = bodies()
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    days = ((made[body_of(n, order)], FIRST + timedelta(days=n)) for n in range(CAPTURES))
    store(folder / "raw", list(days))


def parse() -> dict[str, float]:
    """Reading each body once."""
    made = bodies()[:BODIES]
    begun = time.process_time()
    for content in made:
        parse_page(content, "https://ministry.example/", "utf-8")
    return {"seconds": time.process_time() - begun}


def history(folder: Path) -> dict[str, float]:
    """The whole history with its changes and versions."""
    config = load(folder / "sources.toml")
    begun = time.process_time()
    dataset = Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))
    told = tell_history(dataset.history(config.sources[0]))
    spent = time.process_time() - begun
    return {"seconds": spent, "changes": len(told.changes), "versions": len(told.versions)}


def run(folder: Path) -> dict[str, float]:
    """One run of the job."""
    from pipeline import tables
    from pipeline.run import publish
    from pipeline.staging import Made, Staging

    spent: dict[str, float] = defaultdict(float)
    make, stage = Staging.make, tables._stage  # noqa: SLF001

    def made(self: Staging, one: Made) -> None:
        begun = time.process_time()
        make(self, one)
        spent[one.name.partition("/")[0]] += time.process_time() - begun

    def staged(*arguments: Any, **named: Any) -> Any:
        begun = time.process_time()
        days = stage(*arguments, **named)
        spent["tables"] += time.process_time() - begun
        return days

    with patch.object(Staging, "make", made), patch.object(tables, "_stage", staged):
        config = load(folder / "sources.toml")
        begun = time.process_time()
        publish(config)
        return {"seconds": time.process_time() - begun} | spent


def apart(step: str, *words: str) -> dict[str, float]:
    """One step in a process of its own, without what an earlier one has read."""
    command = [sys.executable, "-m", "benchmarks.history_cost", step, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    row: dict[str, float] = json.loads(done.stdout or "{}")
    return row


def after_two() -> float:
    """A run with one new capture after a run with two."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "sources.toml").write_text(SOURCES, "utf-8")
        made = bodies()
        store(Path(name) / "raw", [(made[0], FIRST), (made[1], FIRST + timedelta(days=1))])
        apart("run", name)
        store(Path(name) / "raw", [(made[BODIES], FIRST + timedelta(days=CAPTURES))])
        return apart("run", name)["seconds"]


def report(order: str) -> dict[str, Any]:
    short = after_two()
    with tempfile.TemporaryDirectory() as name:
        apart("write", name, order)
        parsed = apart("parse")["seconds"]
        told = apart("history", name)
        first = apart("run", name)["seconds"]
        store(Path(name) / "raw", [(bodies()[BODIES], FIRST + timedelta(days=CAPTURES))])
        parts, quiet = apart("run", name), apart("run", name)["seconds"]
    again = parts.pop("seconds")
    seconds = {
        "parse": parsed, "history": told["seconds"], "first": first, "next": again, "quiet": quiet,
        "short": short,
    }  # fmt: skip
    return {
        "order": order,
        "changes": told["changes"],
        "seconds": {step: round(value, 3) for step, value in seconds.items()},
        "parts": {name: round(value, 3) for name, value in parts.items()},
        "history_to_parse": round(told["seconds"] / parsed, 2),
        "next_to_short": round(again / short, 2),
    }


def main() -> None:
    step, *words = sys.argv[1:] or [""]
    if step == "write":
        write(Path(words[0]), words[1])
    elif step == "parse":
        print(json.dumps(parse()))
    elif step in ("history", "run"):
        print(json.dumps({"history": history, "run": run}[step](Path(words[0]))))
    else:
        for order in ("in order", "in turns"):
            told = report(order)
            print(json.dumps(told), flush=True)
            tell(**{f"{order}: {name}": told[name] for name in ("history_to_parse", "next_to_short")})


if __name__ == "__main__":
    main()
