"""The errors a person may see: one line that says what, where and what to do."""

from __future__ import annotations


class PasakumiError(Exception):
    """Root of all expected errors. Its text is one line, fit to print; only the command turns it
    into an exit code (CONTRACT: 2 usage or configuration, 3 degraded, 4 failed)."""

    exit_code = 4


class UsageError(PasakumiError):
    """A verb, option, file or measure that does not exist, or a broken sources.toml."""

    exit_code = 2


class Degraded(PasakumiError):
    """The work is done as far as it could be: another run at work, a source stale under --strict."""

    exit_code = 3


class Failed(PasakumiError):
    """Nothing published was changed."""

    exit_code = 4


class BrokenIndex(Failed):
    """The index of raw/ cannot be read: a cache, so that whoever may write makes it anew."""
