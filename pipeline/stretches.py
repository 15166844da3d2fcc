"""Captures of a page as stretches of equal bytes: what a history hangs on. Imports no parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.captures import Capture

_GOOD = 200


def stretches(captures: Iterable[Capture]) -> Iterator[Capture]:
    """The first capture of each stretch of equal bytes; what a server said with an error is no page."""
    sha256 = None
    for capture in captures:
        if capture.status == _GOOD and capture.sha256 != sha256:
            sha256 = capture.sha256
            yield capture


def _named(capture: Capture) -> str:
    return capture.source


def stretch_ids(
    captures: Iterable[Capture], owner: Callable[[Capture], str] = _named
) -> dict[str, list[str]]:
    """The ids of the first captures of all stretches, by source: what a history hangs on. One pass.

    ``owner`` tells whose a capture is, where that is not the source it names.
    """
    last: dict[str, str] = {}
    ids: dict[str, list[str]] = {}
    for capture in captures:
        source = owner(capture)
        if capture.status == _GOOD and last.get(source) != capture.sha256:
            last[source] = capture.sha256
            ids.setdefault(source, []).append(capture.id)
    return ids
