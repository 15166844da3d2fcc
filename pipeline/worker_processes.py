"""Processes of this machine that take tasks."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from pipeline.errors import Failed

if TYPE_CHECKING:
    from types import TracebackType

AHEAD = 3  # tasks of each worker that are begun before their turn: memory holds what comes of them

Task = TypeVar("Task")
Done = TypeVar("Done")
Result_co = TypeVar("Result_co", covariant=True)


class Future(Protocol[Result_co]):
    """What will come of a task."""

    def result(self) -> Result_co: ...


def in_order(submit: Callable[[Task], Future[Done]], tasks: Iterable[Task], ahead: int) -> Iterator[Done]:
    """What comes of each task, in their order; no more than so many are begun ``ahead``."""
    waiting = iter(tasks)
    begun = deque(submit(task) for task in islice(waiting, ahead))
    while begun:
        done = begun.popleft().result()
        begun.extend(submit(task) for task in islice(waiting, 1))
        yield done


class WorkerProcesses:
    """A number of processes (see :class:`pipeline.histories.Workers`), there as long as the ``with`` lasts.

    They are begun anew and not forked: a fork takes locks along that no thread of its own will open.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.raw: str | None = None
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), _leave_interrupts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)

    def in_order(self, function: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        try:
            yield from in_order(lambda task: self._pool.submit(function, task), tasks, AHEAD * self.count)
        except BrokenProcessPool as error:
            raise Failed(
                "a worker process ended in the middle of its work (killed, or out of memory); nothing was "
                "changed, fewer --workers need less memory"
            ) from error


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that was started; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
