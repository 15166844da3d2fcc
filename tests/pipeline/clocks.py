"""Another clock for a process: libfaketime, where the machine has it."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from datetime import datetime


def clock(moment: datetime, zone: str = "UTC") -> dict[str, str]:
    """Variables for a process that starts at ``moment`` in a time zone. Skips where that cannot be."""
    return {
        "LD_PRELOAD": _library(),
        "FAKETIME": f"@{moment.timestamp():.0f}",
        "FAKETIME_FMT": "%s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": zone,
    }


@cache
def _library() -> str:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("no faketime (package faketime) to give a process another clock")
    shown = subprocess.run([faketime, "-f", "+0", "printenv", "LD_PRELOAD"], capture_output=True, check=True)
    return shown.stdout.decode().strip()
