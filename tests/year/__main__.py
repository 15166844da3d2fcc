"""``python -m tests.year`` prints the figures of a year.

``--month`` takes the short form, ``--go-on`` tells of all differences where a test stops at the first.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from pathlib import Path

from tests.year import script
from tests.year.ending import ending, summary
from tests.year.simulator import year


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--month", action="store_true")
    parser.add_argument("--go-on", action="store_true")
    options = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as elsewhere,
        year(Path(folder), patient=options.go_on) as simulator,
    ):
        simulator.live(script.month() if options.month else script.year())
        end = ending(simulator, Path(elsewhere))
    print("\n".join(simulator.tally.wrong))
    print(summary(simulator, end))
    print("\n".join((end.verified.out + end.verified.err, *end.differing)).strip())


if __name__ == "__main__":
    main()
