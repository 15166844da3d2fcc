"""Processes of this machine that take tasks."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, Generic, Self

from pipeline import collector
from pipeline.errors import Failed
from pipeline.workers import AHEAD, Done, Task, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType


class WorkerProcesses:
    """A number of processes (see :class:`pipeline.workers.Workers`), there as long as the ``with`` lasts.

    They are begun anew and not forked: a fork takes locks along that no thread of its own will open.
    """

    raw: str | None = None
    here = True

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), _begin)
        for _ in range(count):  # each is begun now, and imports while this one finds tasks for it
            self._pool.submit(_nothing)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def begin(self, function: Callable[[Task], Done], task: Task) -> _Begun[Done]:
        with _losses():
            return _Begun(self._pool.submit(function, task))

    def in_order(self, function: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        return in_order(partial(self.begin, function), tasks, AHEAD * self.count)


class _Begun(Generic[Done]):
    def __init__(self, future: Future[Done]) -> None:
        self._future = future

    def result(self) -> Done:
        with _losses():
            return self._future.result()


@contextmanager
def _losses() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise Failed(
            "a worker process ended in the middle of its work (killed, or out of memory); nothing was "
            "changed, fewer --workers need less memory"
        ) from error


def _begin() -> None:
    """What a worker does first. Ctrl-C is for the process that was started; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    collector.seldom()
    import_module("pipeline.histories")


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for tasks for ever: each has both ends of the pipe that
    they come through, so that nothing tells it that no more will come."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _nothing() -> None:
    """A task that takes no time."""
