"""Captures of a page as stretches of equal bytes: what a history hangs on. Imports no parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.captures import Capture

GOOD = 200


def stretches(captures: Iterable[Capture]) -> Iterator[Capture]:
    """The first capture of each stretch of equal bytes; what a server said with an error is no page."""
    sha256 = None
    for capture in captures:
        if capture.status == GOOD and capture.sha256 != sha256:
            sha256 = capture.sha256
            yield capture
