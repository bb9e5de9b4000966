"""What every command shares: the archive option, progress on standard error, clear errors."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.errors import UsageError

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])

stderr = Console(stderr=True, highlight=False)


def default_archive() -> Path:
    """The archive when none is named: `GONGKAI_ARCHIVE`, else `data/archive` of a checkout.

    Raises:
        UsageError: outside a checkout, where an archive must be named.
    """
    named = os.environ.get("GONGKAI_ARCHIVE")
    if named:
        return Path(named)
    root = Path(__file__).resolve().parent.parent
    if (root / "scrapy.cfg").is_file():
        return root / "data" / "archive"
    raise UsageError("no archive named: give --archive DIR or set GONGKAI_ARCHIVE")


def _chosen(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    return value if value is not None else default_archive()


archive_option: Callable[[F], F] = click.option(
    "--archive",
    "archive_dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    callback=_chosen,
    help="The archive's folder. Default: GONGKAI_ARCHIVE, else data/archive of the checkout.",
)
format_option: Callable[[F], F] = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for programs.",
)


def progress(items: Iterable[T], total: int | None, label: str) -> Iterator[T]:
    """Yields the items behind a progress bar on standard error; plain where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    quiet = not stderr.is_terminal
    remaining = TimeRemainingColumn()
    with Progress(*columns, remaining, console=stderr, transient=True, disable=quiet) as bar:
        yield from bar.track(items, total=total, description=label)


_forms: list[Callable[[str], str]] = [str]


def note(text: str) -> None:
    """One line for the person at the terminal, apart from the data on standard output."""
    click.echo(_forms[-1](text), err=True)


def form_notes(form: Callable[[str], str]) -> None:
    """Has notes written as `form` has them, for the rest of the command under way."""
    _forms.append(form)
    click.get_current_context().find_root().call_on_close(lambda: _forms.remove(form))


def use_utf8() -> None:
    """Lets Chinese through whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
