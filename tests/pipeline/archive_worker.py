"""A run that only archives, as a process of its own to be killed: ``FOLDER START COUNT [PAUSE]``.

Writes captures of many sizes, some like the one before, and says the id of each once it is committed.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import timedelta
from pathlib import Path

from pipeline.archive import Archive
from pipeline.errors import PasakumiError
from tests.pipeline.exchanges import DAY, exchange


def body(number: int) -> bytes:
    """Every third is like the one before; sizes from a few bytes to half a megabyte that packs badly."""
    chance = random.Random(number - number % 3 // 2)  # noqa: S311 - the same in every process
    return chance.randbytes(int(2 ** chance.uniform(3, 19)))


def main(folder: str, start: str, count: str, pause: str = "0") -> int:
    try:
        with Archive(Path(folder), rotate_bytes=3_000_000).writer() as writer:
            print("started", flush=True)
            for number in range(int(start), int(start) + int(count)):
                capture = writer.response(
                    f"s{number % 2}", exchange(body(number), DAY + timedelta(hours=number))
                )
                print(capture.id, flush=True)
                time.sleep(float(pause))
    except PasakumiError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
