"""Another time for a whole process and what it starts: libfaketime, put before the C library.

The command runs as it is, and whatever asks for the time (Python, libraries in C, a process of its own for
messages) is told the shifted one. Time goes on within a run. Clocks that only measure how long something
takes stay as they are, and so do the times of files: Python compiles a module anew whose time is not that
of its compiled form. One thing has to be mended for that, see ``shim``.
"""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.pipeline.command import ROOT

RIGA = ZoneInfo("Europe/Riga")
_PLACES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib*/faketime/libfaketime.so.1")


def library() -> Path | None:
    """Where libfaketime is; None where the machine has not it (Debian: ``apt install faketime``)."""
    return next((path for place in _PLACES for path in sorted(Path("/").glob(place[1:]))), None)


def at(moment: datetime) -> dict[str, str]:
    """The environment of a process that begins at this moment, in Riga."""
    found = library()
    assert found, "libfaketime is not installed"
    return {
        "LD_PRELOAD": str(found),
        "FAKETIME": f"{moment.timestamp() - time.time():+.3f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # Else a thread that waits for the interpreter's lock is woken at once, over and over: two threads at
        # work are many times slower than one, and a fetch comes to the end of its deadline.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "NO_FAKE_STAT": "1",
        "TZ": RIGA.key,
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, Path(__file__).with_name("shim")))),
        # A job that runs each day finds its modules compiled, whatever the tests' own process is told.
        "PYTHONDONTWRITEBYTECODE": "",
    }
