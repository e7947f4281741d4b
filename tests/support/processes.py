"""Several real processes at once: forked when everything is loaded, held together by a barrier."""

import multiprocessing
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Generic, TypeVar, cast

T = TypeVar("T")
Work = Callable[[int, Barrier], T]

PATIENCE = 120  # seconds that a process may keep the others waiting at the barrier
ALL_OF_IT = 1_800  # seconds for the whole work, however slow the machine: who hangs is told before
_fork = multiprocessing.get_context("fork")


class DiedError(Exception):
    """A process did not bring its work to an end."""


@dataclass(frozen=True, slots=True)
class _Said(Generic[T]):
    result: T | None
    trouble: str = ""


def together(count: int, work: Work[T]) -> list[T]:
    """Do the same work in so many processes at once, and bring home what each gives.

    ``work`` is given its number and the barrier at which all of them wait for each other.
    """
    barrier = _fork.Barrier(count)
    ends = [_start(number, barrier, work) for number in range(count)]
    said: list[_Said[T]] = [_listened(end) for end in ends]
    troubles = [each.trouble for each in said if each.trouble]
    if troubles:
        raise DiedError(troubles[0])
    return [cast("T", each.result) for each in said]


def _start(number: int, barrier: Barrier, work: Work[T]) -> Connection:
    ours, theirs = _fork.Pipe(duplex=False)

    def run() -> None:
        try:
            theirs.send(_Said(work(number, barrier)))
        except BaseException:  # noqa: BLE001 - whatever it is, the parent must hear of it
            barrier.abort()
            theirs.send(_Said(None, traceback.format_exc()))

    with warnings.catch_warnings():
        # Newer versions warn of threads in the parent; the children use none of them.
        warnings.simplefilter("ignore", DeprecationWarning)
        _fork.Process(target=run, daemon=True).start()
    theirs.close()
    return ours


def _listened(end: Connection) -> _Said[T]:
    with end:
        if not end.poll(ALL_OF_IT):
            return _Said(None, "no answer")
        try:
            return cast("_Said[T]", end.recv())
        except EOFError:
            return _Said(None, "it died without a word")
