"""How many scanned pages are recognised, in this process and in those that read for it."""

from ctypes import c_longlong
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from pipelines.ocr import progress


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers that several processes share: pages done, and pages of the scans under way.

    Without a lock: a process that is ended would take it along, and a bar may be out by a page.
    """

    done: c_longlong
    known: c_longlong

    def tell(self, done: int, of: int) -> None:
        """Counts one page more; with the first one of a scan all of its pages become known."""
        if done == 1:
            self.known.value += of
        self.done.value += 1


@cache
def counts() -> Counts:
    """The numbers of this process, to be handed to those that it starts."""
    context = get_context("spawn")
    return Counts(context.RawValue(c_longlong), context.RawValue(c_longlong))


def count_in(shared: Counts) -> None:
    """Has the pages that this process recognises counted there."""
    progress.set(shared.tell)
