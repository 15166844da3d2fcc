"""A process that has loaded what the command imports, and forks for each run of it.

A run is a process of its own as ever, in its folder, with its environment and streams; it only does not begin
with half a second of imports. What Python reads as it starts cannot be told to it any more: where one of
these variables is another than here, :func:`run` declines.
"""

from __future__ import annotations

import atexit
import gc
import io
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from pipeline import memory

ROOT = Path(__file__).parents[2]
_PATIENCE = 120
COURIERS = "READY_COURIERS"
_LOADED = (
    "pyarrow.parquet pyarrow.csv xlsxwriter lxml.html jinja2 sqlite3 parsers.page pipeline.cli_run "
    "pipeline.fetch pipeline.run_build pipeline.site.build pipeline.publish.copies pipeline.cli_diff "
    "pipeline.publish.described pipeline.publish.workbook_front pipeline.notify.sending pipeline.notify.news "
    "pipeline.notify.messages pipeline.cli_status pipeline.cli_arguments pipeline.cli_main parsers.markup "
    "tomllib argparse gettext simplejson importlib.readers encodings.utf_8_sig encodings.utf_16_le "
    "encodings.unicode_escape"
).split()
_READ_AT_START = ("PYTHON", "LC_", "LANG", "LD_", "TZ", "FAKETIME", "HOME", "TMPDIR", "OMP_", "OPENBLAS_")
# By the command itself, in pipeline.memory: also in a test process, from the first build in it on.
_SET_FIRST = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def run(
    folder: Path, words: list[str], environment: Mapping[str, str], stdin: bytes
) -> tuple[int, bytes, bytes] | None:
    """Exit code, standard output and error; None where only a process from the start will do."""
    if sys.platform != "linux" or at_start(environment) != at_start(_environment()):
        return None
    if not _BUSY.acquire(blocking=False):
        return None
    try:
        with tempfile.TemporaryDirectory() as name:
            streams = [f"{name}/{number}" for number in range(3)]
            Path(streams[0]).write_bytes(stdin)
            asked = {
                "folder": str(folder),
                "words": words,
                "environment": dict(environment),
                "streams": streams,
            }
            server = _server()
            assert server.stdin
            assert server.stdout
            server.stdin.write(json.dumps(asked).encode() + b"\n")
            server.stdin.flush()
            if not select.select([server.stdout], [], [], _PATIENCE)[0]:
                server.kill()
                raise TimeoutError(f"{words} took more than {_PATIENCE} s")
            code = int(server.stdout.readline())
            return code, Path(streams[1]).read_bytes(), Path(streams[2]).read_bytes()
    finally:
        _BUSY.release()


_BUSY = threading.Lock()


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


def at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """What Python and libraries read as they start, of an environment."""
    read = {**_SET_FIRST, **environment}
    return {name: value for name, value in read.items() if name.startswith(_READ_AT_START)}


@cache
def _server() -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.pipeline.ready"],
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    atexit.register(server.kill)
    return server


def _serve() -> None:
    memory.check()
    for name in _LOADED:
        import_module(name)
    gc.freeze()  # a collection in a child would copy all of it
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    for line in iter(sys.stdin.buffer.readline, b""):
        process = os.fork()
        if process == 0:
            os.close(answers.fileno())
            _be(json.loads(line))
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        answers.write(f"{code}\n".encode())


def _be(asked: dict[str, object]) -> None:
    """The command, as a process that was just started would be it; never returns."""
    from pipeline.cli import main

    os.chdir(str(asked["folder"]))
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    time.tzset()
    for number, (name, flags) in enumerate(zip(asked["streams"], _FLAGS, strict=True)):  # type: ignore[call-overload]
        opened = os.open(name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), "utf-8")  # noqa: SIM115
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), "utf-8")  # noqa: SIM115
    sys.stderr = io.TextIOWrapper(open(2, "wb", closefd=False), "utf-8", line_buffering=True)  # noqa: SIM115
    if COURIERS in os.environ:
        from pipeline.notify.courier import Courier
        from tests.pipeline import couriers

        Courier._start = couriers.start  # type: ignore[method-assign,assignment]
    sys.argv = ["pasakumi", *asked["words"]]  # type: ignore[misc]
    code: object = 1
    try:
        code = main()
    except SystemExit as leaving:
        code = leaving.code or 0
    except BaseException:  # noqa: BLE001 - as the interpreter would
        traceback.print_exc()
    atexit._run_exitfuncs()  # as the interpreter would
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


_FLAGS = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)

if __name__ == "__main__":
    _serve()
