"""A progress bar for the pages of a scan, each of which takes seconds."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive import console
from pipelines.ocr import progress


@contextmanager
def pages_shown() -> Iterator[None]:
    """Shows on standard error how many pages are recognised within; nothing if that is no terminal.

    The bar comes with the first page that is done: most documents are no scans.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not console.stderr.is_terminal
    bar = Progress(
        *columns, TimeRemainingColumn(), console=console.stderr, transient=True, disable=quiet
    )
    task = bar.add_task("recognising pages", visible=False)

    def tell(done: int, of: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=of, visible=True)

    token = progress.set(tell)
    try:
        yield
    finally:
        progress.reset(token)
        bar.stop()
