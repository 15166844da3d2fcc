"""What a folder must be once a run went through, whatever became of the runs before it."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline import run
from pipeline.archive import Archive
from pipeline.config import Config
from pipeline.staging import FOLDER
from tests.pipeline.receivers import rows, sentences


def published(output: Path) -> dict[str, str]:
    """The digest of each file of output/, but for those that are written aside."""
    found = {}
    for path in output.rglob("*"):
        name = path.relative_to(output)
        if path.is_file() and name.parts[0] != FOLDER:
            found[name.as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def never_stopped(config: Config, aside: Path) -> dict[str, str]:
    """What a run that nothing ever stopped publishes of the same raw/: made anew in another folder."""
    shutil.rmtree(aside, ignore_errors=True)
    run.rebuild(config._replace(output=aside / "output", state=aside / "state"))
    return published(aside / "output")


def capture_ids(raw: Path) -> list[str]:
    """The ids of all captures that can be read, their pages too."""
    archive = Archive(raw)
    captures = list(archive.captures())
    assert all(archive.payload(one) for one in captures)
    return [one.id for one in captures]


def errors(raw: Path) -> list[str]:
    """What ``verify`` calls an error."""
    return [str(fault) for fault in Archive(raw).verify() if fault.severity == "error"]


def told_once(folder: Path, messages: Iterable[dict[str, Any]]) -> bool:
    """Whether these messages, each counted once, tell every change of the table once, and nothing else."""
    told = Counter(one for message in messages for one in sentences(message["message"]))
    return told == Counter(row["text_lv"] for row in rows(folder))


def age(folder: Path) -> None:
    """Have what is half written be two hours old: until then a run leaves it alone."""
    then = time.time() - 7200
    for path in folder.rglob("*.tmp"):
        os.utime(path, (then, then))


def litter(config: Config) -> list[str]:
    """What no run needs: files written aside and never put in place."""
    paths = chain.from_iterable(folder.rglob("*") for folder in (config.raw, config.output, config.state))
    return [str(path) for path in paths if path.suffix == ".tmp" or path.name == FOLDER]
