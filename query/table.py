"""Tables for people: aligned by the width of what is printed, Chinese being two columns wide."""

import sys
from collections.abc import Iterable, Sequence

import click
from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from query.columns import Column
from query.corpus import Row, Value
from query.formats.numbers import printed

WIDEST_CELL = 60


def print_table(columns: Sequence[Column], rows: Iterable[Row], title: str = "") -> None:
    """Prints rows: ruled and fitted on a terminal, plainly aligned into a pipe."""
    if sys.stdout.isatty():
        _print_ruled(columns, rows, title)
    else:
        _print_plain(columns, rows, title)


def shown(column: Column, value: Value) -> str:
    """A value in one line, thousands apart where it is a figure."""
    if column.kind == "number" and isinstance(value, int | float) and abs(value) >= 10_000:
        return f"{value:,}"
    return clean(printed(value))


def clean(text: str) -> str:
    """A text in one line and without characters that would steer a terminal."""
    line = " ".join(text.split())
    return "".join(char for char in line if char.isprintable())


def _print_ruled(columns: Sequence[Column], rows: Iterable[Row], title: str) -> None:
    table = RichTable(title=title or None, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column.name, justify="left" if column.kind == "text" else "right")
    for row in rows:
        pairs = zip(columns, row, strict=True)
        table.add_row(*[Text(shown(column, value)) for column, value in pairs])
    Console(highlight=False).print(table)


def _print_plain(columns: Sequence[Column], rows: Iterable[Row], title: str) -> None:
    lines = [[column.name for column in columns]]
    for row in rows:
        pairs = zip(columns, row, strict=True)
        lines.append([_cut(shown(column, value)) for column, value in pairs])
    widths = [max(map(cell_len, texts)) for texts in zip(*lines, strict=True)]
    if title:
        click.echo(title)
    for line in lines:
        cells = zip(columns, line, widths, strict=True)
        click.echo("  ".join(_padded(*cell) for cell in cells).rstrip())


def _padded(column: Column, text: str, width: int) -> str:
    blank = " " * (width - cell_len(text))
    return text + blank if column.kind == "text" else blank + text


def _cut(text: str) -> str:
    if cell_len(text) <= WIDEST_CELL:
        return text
    return set_cell_size(text, WIDEST_CELL - 1).rstrip() + "…"
