"""Sleep under libfaketime 0.9.10; Python runs this file when it starts.

With FAKETIME_DONT_FAKE_MONOTONIC its clock_nanosleep fails (EINVAL), and without that each wait with a limit
lasts for months. select sleeps as well. A release in which time.sleep works would end this.
"""

import select
import time


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = _sleep
