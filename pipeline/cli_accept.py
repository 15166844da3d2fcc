"""``pasakumi accept``: let a withheld capture through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import decisions, lock, run_status
from pipeline.archive import Archive
from pipeline.cli_common import configuration, dataset, say, say_published, show
from pipeline.cli_points import find_capture
from pipeline.errors import UsageError
from pipeline.run import LOCK, publish

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.config import Config
    from pipeline.state import Dataset, Step


def run(options: Namespace) -> int:
    """Decide and publish anew, or list what waits for a decision. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    history = dataset(config)
    if options.list:
        show(*(_line(step) for step in _withheld(history)))
        return 0
    if not options.capture:
        raise UsageError("accept: name a capture; `pasakumi accept --list` shows those that are withheld")
    if not (options.reason or "").strip():
        raise UsageError('accept: say why with --reason "…", for those who come after')
    step = _step(options.capture, history)
    return _accept(config, step, options.reason.strip(), quiet=options.quiet)


def _accept(config: Config, step: Step, reason: str, *, quiet: bool) -> int:
    with lock.exclusive(config.state / LOCK):
        decision = decisions.accept(config.raw, step.capture, reason)
        published = publish(config)
        run_status.refresh(config, Archive(config.raw), published.overview)
    if not quiet:
        say(f"{decision.capture} accepted: {decision.reason}")
    return say_published(config, published, quiet=quiet)


def _step(word: str, history: Dataset) -> Step:
    """The withheld stretch that the capture is part of. Raises UsageError where it is not withheld."""
    capture = find_capture(word, history)
    waiting = {(step.capture.source, step.capture.sha256): step for step in _withheld(history)}
    step = waiting.get((capture.source, capture.sha256))
    if step is None:
        raise UsageError(
            f"capture {capture.id} is not withheld; `pasakumi accept --list` shows those that are"
        )
    return step


def _withheld(history: Dataset) -> Iterator[Step]:
    for source in history.sources:
        yield from (step for step in history.history(source) if step.withheld)


def _line(step: Step) -> str:
    return f"{step.capture.id}  {'; '.join(step.withheld)}"
