"""What is asked of processes that take tasks, wherever they are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

AHEAD = 3  # tasks of each worker that are begun before their turn: memory holds what comes of them

Task = TypeVar("Task")
Done = TypeVar("Done")
Done_co = TypeVar("Done_co", covariant=True)


class Begun(Protocol[Done_co]):
    """A task that somebody is at work on."""

    def result(self) -> Done_co:
        """What comes of it, once it is there. Raises what the function raises, Failed where the workers are
        gone."""


class Workers(Protocol):
    """Processes that take tasks, here or on other machines. ``count``: how many there are. ``raw``: where
    they find raw/, a folder or an address; None: where this process does. ``here``: whether they are
    to write this machine's files too.

    A task may be begun twice, where a worker died or was given up: it must not matter.
    """

    count: int
    raw: str | None
    here: bool

    def begin(self, function: Callable[[Task], Done], task: Task) -> Begun[Done]:
        """Have it done some time."""

    def in_order(self, function: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        """What comes of each task, in the order of the tasks; few are begun before they are asked for. Raises
        what the function raises, Failed where the workers are gone."""


def in_order(begin: Callable[[Task], Begun[Done]], tasks: Iterable[Task], ahead: int) -> Iterator[Done]:
    """What comes of each task, in their order; no more than so many are begun ``ahead``."""
    waiting = iter(tasks)
    begun = deque(begin(task) for task in islice(waiting, ahead))
    while begun:
        done = begun.popleft().result()
        begun.extend(begin(task) for task in islice(waiting, 1))
        yield done
