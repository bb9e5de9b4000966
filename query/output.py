"""Where answers go: standard output or a file, in the format asked for."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import click

from archive.console import note
from archive.errors import GongkaiError, SurroundingsError, UsageError
from query.columns import Column
from query.completion import one_of
from query.corpus import Row
from query.formats import FORMATS, TEXT_FORMATS, writer
from query.table import print_table

F = TypeVar("F", bound=Callable[..., object])

SUFFIXES = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
SUFFIXES |= {".xlsx": "xlsx", ".parquet": "parquet", ".dta": "dta"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with their columns, ready to be printed or written."""

    columns: Sequence[Column]
    rows: Iterable[Row]
    title: str = ""


def format_option(default: str = "table") -> Callable[[F], F]:
    """The options --format and -o; `default` is used where neither tells the format."""

    def decorate(command: F) -> F:
        names = (["table"] if default == "table" else []) + list(FORMATS)
        text = f"One of {', '.join(names)}. json is one array, jsonl one object a line."
        chosen: Callable[[F], F] = click.option(
            "--format",
            "format_name",
            metavar="FORMAT",
            callback=_checked(tuple(names)),
            help=f"{text} Default: by the suffix of FILE, else {default}.",
            shell_complete=one_of(names),
        )
        file: Callable[[F], F] = click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Write to FILE.",
        )
        return chosen(file(command))

    return decorate


def _checked(names: tuple[str, ...]) -> Callable[..., str | None]:
    def check(
        _context: click.Context, _parameter: click.Parameter, value: str | None
    ) -> str | None:
        if value is not None and value not in names:
            raise UsageError(f"unknown format {value!r}: one of {', '.join(names)}")
        return value

    return check


def chosen_format(format_name: str | None, output: Path | None, default: str) -> str:
    """The format named, else that of the file's suffix, else the default."""
    return format_name or (SUFFIXES.get(output.suffix.lower()) if output else None) or default


def deliver(
    answer: Answer, format_name: str | None, output: Path | None, default: str = "table"
) -> None:
    """Prints or writes an answer."""
    name = chosen_format(format_name, output, default)
    if name == "table" and output is None:
        print_table(answer.columns, answer.rows, answer.title)
        return
    write = writer("csv" if name == "table" else name)
    with target(output, binary=name not in TEXT_FORMATS) as stream:
        write(answer.columns, answer.rows, stream)


@contextmanager
def target(output: Path | None, binary: bool = True) -> Iterator[BinaryIO]:
    """A stream to standard output, or to a file that appears only when it is whole."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise UsageError("this format is not for a terminal: name a file with -o FILE")
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_file(output) as stream:
        yield stream
    note(f"wrote {output}")


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A new file in place of `path`, put there only when all is written.

    What is there and no file (`/dev/null`, a pipe) is written to as it is.

    Raises:
        UsageError: its folder is not there.
        SurroundingsError: it cannot be written.
    """
    if not path.parent.is_dir():
        raise UsageError(f"no folder {path.parent} to write {path.name} to")
    as_it_is = path.exists() and not path.is_file() and not path.is_dir()
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with (path if as_it_is else beside).open("wb") as stream:
            yield stream
        if not as_it_is:
            beside.replace(path)
    except GongkaiError:
        raise
    except OSError as error:
        raise SurroundingsError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
