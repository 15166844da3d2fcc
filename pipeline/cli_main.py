"""From words on the command line to a verb and its exit code; errors become one line each."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from pipeline import log, memory
from pipeline.cli_arguments import parse, split
from pipeline.cli_options import GLOBAL_HELP, VERBS
from pipeline.errors import PasakumiError, UsageError
from pipeline.printable import harmless, printable
from pipeline.runs import run_id
from pipeline.version import VERSION

if TYPE_CHECKING:
    from argparse import Namespace

_INTERRUPTED = 130
_INTERNAL = 4
_NO_MEMORY = "out of memory; what was captured is safe in raw/, and every published file is whole"


class _Verb(Protocol):
    def run(self, options: Namespace) -> int: ...


def command(words: list[str]) -> int:
    """Run a verb; gives the exit code of CONTRACT. 130 after Ctrl-C, as shells expect."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the locale says: the pages are Latvian, and half a surrogate pair must not end the run.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    log.configure(words, os.environ, run_id(datetime.now(UTC)))
    traceback_wanted = any(word.startswith("-vv") for word in words) or words.count("-v") > 1
    if not traceback_wanted:
        # A library that fails while it is tidied away prints one of its own.
        sys.unraisablehook = lambda _: None
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough; Python must not complain when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _complain("interrupted; what was captured is safe in raw/", _INTERRUPTED)
    except PasakumiError as error:
        return _complain(str(error), error.exit_code, traceback_wanted)
    except Exception as error:  # noqa: BLE001 - the last stop: nobody shall see a traceback unasked
        message = f"internal error ({type(error).__name__}: {error}); run with -vv for the traceback"
        if memory.is_short(error):
            message = _NO_MEMORY
        return _complain(message, _INTERNAL, traceback_wanted)
    return code


def _run(words: list[str]) -> int:
    verb, rest = split(words)
    if verb is None:
        return _without_verb(rest)
    log.set_verb(verb)
    options = parse(verb, rest)
    module = cast("_Verb", import_module(VERBS[verb].module))
    if isinstance(options.raw, str) or isinstance(options.output, str):
        from pipeline import cli_remote

        return cli_remote.run(verb, options, module.run)
    return module.run(options)


def _without_verb(words: list[str]) -> int:
    if "--version" in words:
        print(f"pasakumi {VERSION}")
        return 0
    if "--help" in words or "-h" in words:
        print(GLOBAL_HELP)
        return 0
    raise UsageError("no verb given; `pasakumi --help` lists them, `pasakumi run` is the one to begin with")


def _complain(message: str, code: int, with_traceback: bool = False) -> int:
    with suppress(BrokenPipeError):
        if log.is_json():
            log.write(_failure(message, code, with_traceback))
            return code
        if with_traceback:
            import traceback

            traceback.print_exc()
        print(f"pasakumi: {printable(' '.join(message.split()))}", file=sys.stderr)
    return code


def _failure(message: str, code: int, with_traceback: bool) -> log.Entry:
    facts: dict[str, object] = {"exit_code": code}
    if with_traceback:
        import traceback

        facts["traceback"] = [harmless(line) for line in traceback.format_exc().splitlines()]
    return log.Entry("error", message, level="error", facts=facts)
