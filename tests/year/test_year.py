"""A year in minutes: 365 days of known edits, faults and accidents, each with what must come of it.

The short form is a month; ``pytest -m soak -s tests/year`` is the year, with its figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime

import pytest

from tests.year import clock, script
from tests.year.ending import ending, summary
from tests.year.simulator import Difference, year

pytestmark = pytest.mark.skipif(
    clock.library() is None,
    reason="needs libfaketime, a clock for whole processes (Debian: apt install faketime)",
)


def lived(days, tmp_path):
    (tmp_path / "here").mkdir()
    (tmp_path / "elsewhere").mkdir()
    with year(tmp_path / "here") as simulator:
        simulator.live(days)
        end = ending(simulator, tmp_path / "elsewhere")
    print(f"\n{summary(simulator, end)}")
    assert (end.lost, end.foreign, end.differing) == (0, 0, [])
    assert (end.verified.code, end.verified.err) == (0, "")
    return simulator, end


def test_a_month(tmp_path):
    simulator, _ = lived(script.month(), tmp_path)
    assert {0, 3} <= simulator.tally.codes.keys()
    assert simulator.tally.withheld
    assert all(simulator.tally.messages[name] for name in ("mail", "hook", "admin"))


@pytest.mark.soak
def test_a_year(tmp_path):
    simulator, end = lived(script.year(), tmp_path)
    assert set(simulator.tally.faults) == set(script.FAULTS)
    costs = simulator.tally.costs
    assert max(one.peak for one in costs) < 300_000_000
    assert end.sizes["raw"] < 100_000_000


def test_the_shifted_clock(tmp_path):
    """It goes on at its pace, also for what the process starts; waits and sleeps are what they were."""
    code = (
        "import subprocess, sys, threading, time\n"
        "from datetime import datetime\n"
        "begun = time.monotonic()\n"
        "time.sleep(0.2)\n"
        "threading.Event().wait(0.2)\n"
        "print(0.4 <= time.monotonic() - begun < 5)\n"
        "print(datetime.now().astimezone().isoformat(timespec='hours'), flush=True)\n"
        "if len(sys.argv) == 1: subprocess.run([sys.executable, __file__, 'child'])\n"
    )
    (tmp_path / "told.py").write_text(code, "utf-8")
    begin = datetime(2027, 10, 31, 3, 30, tzinfo=clock.RIGA)
    for moment, told in ((begin, "2027-10-31T03+03:00"), (begin.replace(fold=1), "2027-10-31T03+02:00")):
        done = subprocess.run(
            [sys.executable, tmp_path / "told.py"],
            env=os.environ | clock.at(moment),
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == ["True", told] * 2


def test_threads_at_work_are_no_slower_by_the_shifted_clock(tmp_path):
    code = (
        "import resource, threading\n"
        "def count(): [one for one in range(2_000_000) if one < 0]\n"
        "work = [threading.Thread(target=count) for _ in range(4)]\n"
        "for one in work: one.start()\n"
        "for one in work: one.join()\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_nvcsw)\n"
    )
    (tmp_path / "work.py").write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "work.py"],
        env=os.environ | clock.at(datetime(2027, 10, 31, 3, 30, tzinfo=clock.RIGA)),
        capture_output=True,
        text=True,
        check=True,
    )
    # A thread waits 5 ms for another; where waits end at once, there are tens of thousands.
    assert int(done.stdout) < 10_000


def test_what_the_script_does_not_say_is_noticed(tmp_path):
    """The pages say one thing, and the script another."""
    first, *_ = script.days({}, 0)
    with year(tmp_path) as simulator:
        simulator.day(first)
        simulator.ledger.pages["skolas"].edit("grow", "1", "500000")
        simulator.ledger.run(first.moments[0])
        with pytest.raises(Difference, match="funding_changed"):
            simulator._tables(0)
        simulator.ledger.pages["skolas"].held = True
        with pytest.raises(Difference, match="state: 'ok', the script says 'withheld'"):
            simulator._status(first, first.moments[0])
