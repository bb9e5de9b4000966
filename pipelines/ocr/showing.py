"""A progress bar for scanned pages, each of which takes seconds."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from archive import console
from pipelines.ocr import progress
from pipelines.ocr.counting import Counts, counts


@contextmanager
def pages_shown() -> Iterator[None]:
    """Shows on standard error how many pages are recognised within, and how many a minute.

    Those of worker processes count too. Nothing is shown where that is no terminal, nor before the
    first page is done: most documents are no scans.
    """
    shared = counts()
    token = progress.set(shared.tell)
    try:
        with _Pages(shared):
            yield
    finally:
        progress.reset(token)


class _Pages(Progress):
    """A bar that asks the shared numbers whenever it is drawn."""

    def __init__(self, shared: Counts) -> None:
        self._shared = shared
        self._before = shared.done.value, shared.known.value
        self._first = 0.0
        self._pages: TaskID | None = None
        super().__init__(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            console=console.stderr,
            transient=True,
            disable=not console.stderr.is_terminal,
        )
        self._pages = self.add_task("recognising pages", rate="")

    def get_renderables(self) -> Iterable[RenderableType]:
        done, known = self._shared.done.value, self._shared.known.value
        if self._pages is None or known == self._before[1]:
            return
        done, known = done - self._before[0], known - self._before[1]
        self._first = self._first or monotonic()
        if done != self.tasks[0].completed:
            self.update(self._pages, completed=done, total=known, rate=self._rate(done))
        yield from super().get_renderables()

    def _rate(self, done: int) -> str:
        """The pages a minute since the first one was done."""
        spent = monotonic() - self._first
        return f"{60 * (done - 1) / spent:.1f} pages a minute" if done > 1 and spent else ""
