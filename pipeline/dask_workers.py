"""Workers of a Dask cluster that take tasks: one of this machine's processes, or one that is there already.

The same functions as everywhere; what comes of a task does not hang on which worker did it, or how often it
was begun because a worker died.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from pipeline import collector
from pipeline.errors import Failed, UsageError
from pipeline.version import code_digest
from pipeline.workers import AHEAD, Done, Task, in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

_ANSWER_WITHIN = "20s"


class DaskWorkers:
    """See :class:`pipeline.workers.Workers`. ``scheduler``: the address of a cluster's, such as
    ``tcp://10.0.0.1:8786``; None: ``count`` processes of this machine, there as long as the ``with`` lasts.
    ``raw``: the address at which a cluster's workers read records.

    What is sent to and fro is pickled: a scheduler has to be as trusted as this machine. Raises UsageError
    where Dask is not installed, Failed where the cluster does not answer or has other code.
    """

    here = False  # also where they are: a task costs Dask more than most files cost, so others write

    def __init__(self, scheduler: str | None, count: int, raw: str | None = None) -> None:
        self.raw = raw
        try:
            distributed: Any = import_module("distributed")
        except ImportError as error:
            raise UsageError("--engine dask needs Dask: pip install 'pasakumi[dask]'") from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a lost worker is no news: see Failed
        self._lost: tuple[type[Exception], ...] = (distributed.KilledWorker, distributed.comm.CommClosedError)
        self._cluster: Any = None
        self._client: Any = None
        try:
            if scheduler is None:
                self._cluster = distributed.LocalCluster(
                    n_workers=count,
                    threads_per_worker=1,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            self._client = distributed.Client(self._cluster or scheduler, timeout=_ANSWER_WITHIN)
            self._client.wait_for_workers(1, timeout=_ANSWER_WITHIN)
        except (OSError, ValueError, TimeoutError) as error:
            self._close()
            where = scheduler or "of this machine"
            raise Failed(f"no Dask cluster {where} with a worker answers within {_ANSWER_WITHIN}") from error
        self.count = self._counted()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def begin(self, function: Callable[[Task], Done], task: Task) -> _Begun:
        with _losses(self._lost):
            return _Begun(self._client.submit(_done, _Call(function, task), pure=False), self._lost)

    def in_order(self, function: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        return in_order(partial(self.begin, function), tasks, AHEAD * self.count)

    def _counted(self) -> int:
        """How many workers there are, all of this very code."""
        known = self._client.run(_code_there, on_error="return")
        other = sorted(address for address, code in known.items() if code != code_digest())
        if other:
            self._close()
            raise Failed(f"Dask worker {other[0]} has other code of pasakumi than this machine, or none")
        return max(1, len(known))

    def _close(self) -> None:
        for one in (self._client, self._cluster):
            if one is not None:
                one.close()


class _Begun:
    def __init__(self, future: Any, lost: tuple[type[Exception], ...]) -> None:
        self._future, self._lost = future, lost

    def result(self) -> Any:
        with _losses(self._lost):
            return self._future.result()


@contextmanager
def _losses(lost: tuple[type[Exception], ...]) -> Iterator[None]:
    try:
        yield
    except lost as error:
        raise Failed(
            "the Dask cluster lost its workers over and over (killed, or out of memory); nothing was changed"
        ) from error


def _code_there() -> str:
    return code_digest()


class _Call:
    """A task in one piece: Dask takes tuples apart."""

    def __init__(self, function: Callable[[Any], Any], task: object) -> None:
        self.function, self.task = function, task


def _done(call: _Call) -> Any:
    collector.seldom()
    return call.function(call.task)
