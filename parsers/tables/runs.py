"""Runs: stretches of rows under one set of column heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from parsers.dates import bare_years_in
from parsers.tables.columns import Column
from parsers.tables.heads import Found
from parsers.tables.sheets import MAX_SLOTS, Box, Line
from parsers.tables.titles import NO_TITLE, NamedYear, Title


@dataclass(slots=True)
class Run:
    """Rows of one table under its columns.

    `tables` are those the heads allow; `table` and `columns` are settled once the rows are known.
    `columns` is empty where they cannot be told; `missing` are those that the form always has
    and this one lacks; `continued` is whether it is a further page of the run before;
    `title` is what stands above the table; `years` are those that the heads of its figures name,
    else its title, each with its place.
    """

    tables: tuple[str, ...]
    header: tuple[Found, ...]
    linear: bool
    place: str
    rows: list[Line] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    header_sizes: tuple[int, ...] = ()
    missing: frozenset[str] = frozenset()
    continued: bool = False
    title: Title = NO_TITLE
    years: tuple[NamedYear, ...] = ()

    @property
    def table(self) -> str:
        """The one table it belongs to."""
        return self.tables[0]


def panels(run: Run) -> list[Run]:
    """A table printed in two panels side by side as two runs, the left one first."""
    starts = [item.box.col for item in run.header if _is_label(item, run.tables)]
    if run.linear or len(set(starts)) < 2:
        return [run]
    ends = [*starts[1:], MAX_SLOTS]
    return [_panel(run, start, end) for start, end in zip(starts, ends, strict=True)]


def years_apart(run: Run, year: int | None) -> list[Run]:
    """A table with columns for several years, `year` among them, as one run for each of them.

    Only in true columns that every row fills does a figure surely stand under its year: any other
    table stays one run.
    """
    years = [item for item in run.header if _is_year(item, run.tables)]
    named = [item for item in years if len(set(bare_years_in(item.box.text))) == 1]
    told = {bare_years_in(item.box.text)[0] for item in named}
    rows = [line for line in run.rows if len(line.printed()) > 1]
    whole = all(line.layout == "grid" and not _is_short(line) for line in rows)
    if year not in told or len(told) < max(2, len(named)) or not whole or run.linear:
        return [run]
    return [_of_year(run, item.box, [other.box for other in years]) for item in named]


def with_further_pages(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs of one table whose heads were printed once, each group in order."""
    group: list[Run] = []
    for run in runs:
        if group and not (run.continued and run.table == group[0].table):
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _is_year(found: Found, tables: Sequence[str]) -> bool:
    heads = (found.heads[table] for table in tables if table in found.heads)
    return any((head.role, head.key) == ("period", "year") for head in heads)


def _is_short(line: Line) -> bool:
    """Whether the source has no cell in places of a line."""
    return any(box.missing for box in line.boxes)


def _of_year(run: Run, own: Box, years: Sequence[Box]) -> Run:
    """A run without what stands under the heads of the other years, and without their group."""
    others = [box for box in years if box is not own]
    header = tuple(item for item in run.header if item.box not in others)
    under = {col for box in others for col in range(box.col, box.end)} - {*range(own.col, own.end)}
    rows = [
        replace(line, boxes=tuple(box for box in line.boxes if box.col not in under))
        for line in run.rows
    ]
    return replace(run, header=header, rows=rows, header_sizes=())


def _is_label(found: Found, tables: Sequence[str]) -> bool:
    return any(table in found.heads and found.heads[table].role == "label" for table in tables)


def _panel(run: Run, start: int, end: int) -> Run:
    """What of a run stands in columns from `start` to before `end`."""
    header = tuple(found for found in run.header if start <= found.box.col < end)
    rows = [
        replace(line, boxes=tuple(box for box in line.boxes if start <= box.col < end))
        for line in run.rows
    ]
    return replace(run, header=header, rows=rows, header_sizes=())
