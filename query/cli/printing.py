"""Printing for people: headings, facts line by line, tables of texts."""

import json
from collections.abc import Iterable, Mapping, Sequence

import click
from rich.cells import cell_len

from query.columns import Column
from query.corpus import Value
from query.formats.numbers import printed
from query.table import clean, print_table


def heading(text: str) -> None:
    """A heading, bold on a terminal."""
    click.echo()
    click.secho(text, bold=True)


def facts_table(facts: Mapping[str, Value]) -> None:
    """Name and value, a line each; empty ones are left out."""
    known = {name: clean(printed(value)) for name, value in facts.items()}
    width = max((cell_len(name) for name in known), default=0)
    for name, text in known.items():
        if text:
            click.echo(f"{name.ljust(width)}  {text}")


def print_rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts."""
    print_table([Column(head, "text", head) for head in heads], [tuple(row) for row in rows])


def print_json(value: object) -> None:
    """One JSON value, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
