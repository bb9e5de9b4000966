"""Bounds on what one document may cost a worker process: memory, and processor time.

Inside a confined process a reader that takes too much memory gets a `MemoryError`, one that takes
too long a `TooSlowError`; both become a problem of the document. A library that hears of neither is
ended by the system, with its process. Processor time is counted rather than the clock's, so that
a busy machine reads the same documents as an idle one.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import parent_process
from types import FrameType, ModuleType

from pipelines.limits import RefusedError

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

# A second call on a reader that passed over the first.
_AGAIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """`memory_bytes` of address space for the process, `seconds` of processor time a document."""

    memory_bytes: int = 6_000_000_000
    seconds: float = 120.0


class TooSlowError(RefusedError):
    """A document took more processor time than any may."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too_slow", f"reading took more than {seconds:.0f} s and was broken off")


@dataclass(slots=True)
class _Confined:
    bounds: Bounds | None = None


_confined = _Confined()


def end_with_parent() -> None:
    """Has this process end where the one that started it is killed: it would wait for ever."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def confine(bounds: Bounds) -> None:
    """Confines this process, for good; to be called once, from its main thread."""
    if resource is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = bounds.memory_bytes
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    signal.signal(signal.SIGPROF, _too_slow)
    _confined.bounds = bounds


@contextmanager
def one_document() -> Iterator[None]:
    """Gives what is done within the time of one document; unconfined processes are not timed.

    Raises:
        TooSlowError: anywhere within, once that time is over.
    """
    if _confined.bounds is None:
        yield
        return
    allow_more(_confined.bounds.seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _end_after(None)


def allow_more(seconds: float) -> None:
    """Lets the document go on for so many seconds from now: for pages that are known to be slow."""
    if _confined.bounds is None:
        return
    left, _ = signal.getitimer(signal.ITIMER_PROF)
    allowed = max(left, seconds)
    signal.setitimer(signal.ITIMER_PROF, allowed, _AGAIN_SECONDS)
    _end_after(allowed)


def _end_after(seconds: float | None) -> None:
    """Has the system end this process where it is still at work in twice that time."""
    if resource is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if seconds is None:
        limit = hard
    else:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError(_confined.bounds.seconds if _confined.bounds else 0.0)
