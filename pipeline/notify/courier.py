"""A process of its own that speaks to receivers through apprise, one message at a time.

It is killed where a receiver does not come to an end, and takes with it whatever a library would print. The
address goes to it through a pipe: no process list shows it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from types import TracebackType

    from pipeline.notify.letter import Message

# Without the working folder on the path, in which anything might be called like a module.
_START = (
    "import os, sys\n"
    "sys.argv[1] in sys.path or sys.path.insert(0, sys.argv[1])\n"
    "from pipeline.notify.speaker import main\n"
    "os._exit(main())"  # threads of a library that still wait for a receiver must not keep the process
)
_ROOT = Path(__file__).parents[2]
_PATIENCE = 5.0


class Answer(NamedTuple):
    """``why`` it was not taken, in words without secrets. ``again``: a second try now may help."""

    taken: bool
    why: str = ""
    again: bool = False


class Courier:
    """``seconds``: for one message at one address, the start of the process included."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._end(self._process, kill=kind is not None)

    def send(self, message: Message, address: str, most: float | None = None) -> Answer:
        """Hand it over and wait for the receiver's word, ``most`` seconds where that is less. Raises OSError
        where no process can be started."""
        seconds = self._seconds if most is None else min(most, self._seconds)
        process = self._process or self._start()
        self._process = process
        request = {**message._asdict(), "built_at": message.built_at.isoformat(), "address": address}
        late = Event()
        timer = Timer(seconds, _give_up, (process, late))
        timer.start()
        try:
            answer = _ask(process, json.dumps(request).encode() + b"\n")
        finally:
            timer.cancel()
        if answer is None:
            self._end(process, kill=True)
            return Answer(
                taken=False, why=f"no answer in {seconds:.0f} s" if late.is_set() else "its sender broke"
            )
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own code, without a word from outside
            [sys.executable, "-P", "-c", _START, str(_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _end(self, process: subprocess.Popen[bytes], *, kill: bool) -> None:
        self._process = None
        if kill:
            process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _give_up(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def _ask(process: subprocess.Popen[bytes], request: bytes) -> Answer | None:
    """None where the process ended before it answered."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(request)
        process.stdin.flush()
        line = process.stdout.readline()
        fields = json.loads(line) if line.endswith(b"\n") else None
    except (OSError, ValueError):
        return None
    return (
        None if fields is None else Answer(bool(fields["taken"]), str(fields["why"]), bool(fields["again"]))
    )
