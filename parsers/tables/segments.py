"""Cuts sheets into runs: stretches of rows under one set of column heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.declared.forms import FormDeclarations, Table
from parsers.figures import FigureWords
from parsers.records import Problem
from parsers.tables.heads import (
    Column,
    Found,
    HeadBook,
    UnclearColumnsError,
    is_figure,
    tables_of,
)
from parsers.tables.labels import LabelBook
from parsers.tables.placing import is_value
from parsers.tables.shapes import size
from parsers.tables.sheets import MAX_SLOTS, Line, Sheet


@dataclass(slots=True)
class Run:
    """Rows of one table under its columns.

    `tables` are those the heads allow; `table` and `columns` are settled once the rows are known.
    `columns` is empty where they cannot be told; `complete` is whether none that the form always
    has is missing; `continued` is whether it is a further page of the run before.
    """

    tables: tuple[str, ...]
    header: tuple[Found, ...]
    linear: bool
    place: str
    rows: list[Line] = field(default_factory=list)
    columns: tuple[Column, ...] = ()
    header_sizes: tuple[int, ...] = ()
    complete: bool = True
    continued: bool = False

    @property
    def table(self) -> str:
        """The one table it belongs to."""
        return self.tables[0]


class Segmenter:
    """Reads sheets in document order and collects runs; heads carry over to a table's next page."""

    def __init__(self, declared: FormDeclarations, books: Mapping[str, LabelBook]) -> None:
        """Starts with no table open."""
        self._heads = HeadBook(declared)
        self._books = books
        self._tables: Mapping[str, Table] = declared.tables
        self._words: FigureWords = declared.words
        self._header: list[tuple[Found, ...]] = []
        self._header_linear = False
        self._header_sizes: list[int] = []
        self._run: Run | None = None
        self._orphans: list[Line] = []
        self.runs: list[Run] = []
        self.problems: list[Problem] = []

    def read(self, sheet: Sheet, *, follows: bool) -> bool:
        """Cuts a sheet into runs; False if nothing of it belongs to a table of ours.

        `follows` is whether it may be the next page of the table before it.
        """
        before, last = len(self.runs), self.runs[-1] if self.runs else None
        self._run = self._next_page(last, sheet) if follows and last else None
        for line in sheet.lines:
            self._line(line)
        self._close_header()
        if follows and last and len(self.runs) == before:
            self._report_bare_rows(last, sheet)
        opened = [panel for run in self.runs[before:] for panel in self._panels(run)]
        self.runs[before:] = [run for run in opened if self._settle(run)]
        self._report_orphans()
        return any(run.columns for run in self.runs[before:])

    def _next_page(self, last: Run, sheet: Sheet) -> Run | None:
        """The last run's heads taken up again, if the sheet begins with rows of its table."""
        if not sheet.lines or self._heads.header(sheet.lines[0]):
            return None
        # A label that a page break cut in two begins on the page before.
        split = last.rows[-1:] if last.rows and len(last.rows[-1].printed()) == 1 else []
        known = self._known(last, sheet.lines[:3]) or self._completes(last, split, sheet)
        if self._tables[last.table].layout == "rows" and not known:
            return None
        run = replace(last, place=sheet.place, rows=[], continued=True)
        self.runs.append(run)
        return run

    def _completes(self, last: Run, split: Sequence[Line], sheet: Sheet) -> bool:
        """Whether a sheet begins with the rest of a label."""
        begun = "".join(line.printed()[0].text for line in split)
        rest = sheet.lines[0].printed() if begun else ()
        return any(self._books[last.table].knows(begun + box.text) for box in rest)

    def _panels(self, run: Run) -> list[Run]:
        """A table printed in two panels side by side as two runs, the left one first."""
        starts = [item.box.col for item in run.header if _is_label(item, run.tables)]
        if run.linear or len(set(starts)) < 2:
            return [run]
        ends = [*starts[1:], MAX_SLOTS]
        return [_panel(run, start, end) for start, end in zip(starts, ends, strict=True)]

    def _known(self, run: Run, lines: Sequence[Line]) -> int:
        book = self._books[run.table]
        return sum(any(book.knows(box.text) for box in line.printed()) for line in lines)

    def _settle(self, run: Run) -> bool:
        """Chooses the table by the rows where heads allow several, and tells the columns."""
        options = [replace(run, tables=(table,)) for table in run.tables]
        best = max(options, key=lambda option: self._known(option, run.rows))
        run.tables = best.tables
        unknown = not run.continued and not self._known(run, run.rows)
        if self._tables[run.table].layout == "rows" and unknown:
            if run.rows:
                self._problem("unknown_table", "no row of this table is declared", run.place)
            return False
        try:
            run.columns = run.columns or self._columns(run)
            if not any(column.is_figure for column in run.columns):
                raise UnclearColumnsError("no head of figures is left")
            run.complete = self._heads.is_complete(run.columns, run.table)
        except UnclearColumnsError as error:
            run.columns = ()
            self._problem("unclear_columns", f"{run.table}: {error}", run.place)
        return True

    def _line(self, line: Line) -> None:
        if self._header and line.printed() and self._add_to_header(line):
            return
        if found := self._heads.header(line):
            self._close_header()
            self._header, self._header_linear = [found], line.layout == "linear"
            self._header_sizes = [size(line)]
        elif self._opens_section(line):
            self._close_header()
            self._run = None
        elif self._header and not line.printed() and not self._complete():
            return
        else:
            self._body(line)

    def _add_to_header(self, line: Line) -> bool:
        found = self._heads.continues(line, tables_of(sum(self._header, ())))
        if found:
            self._header.append(found)
            self._header_sizes.append(size(line))
        return bool(found)

    def _opens_section(self, line: Line) -> bool:
        """Whether a line is the head of a section that brings column heads of its own."""
        printed = line.printed()
        return len(printed) == 1 and any(
            table.heads_each_section and self._books[name].section(printed[0].text) is not None
            for name, table in self._tables.items()
        )

    def _complete(self) -> bool:
        """Whether the header is that of a table without row labels: figures come next."""
        counts = tables_of(sum(self._header, ()))
        table = max(counts, key=lambda name: counts[name])
        return self._tables[table].layout == "columns" and len(self._header) > 1

    def _body(self, line: Line) -> None:
        self._close_header()
        if self._run is not None:
            self._run.rows.append(line)
        else:
            self._orphans.append(line)

    def _close_header(self) -> None:
        if not self._header:
            return
        header, self._header = sum(self._header, ()), []
        self._run = self._open(header)

    def _open(self, header: tuple[Found, ...]) -> Run:
        counts = tables_of(header)
        tables = tuple(table for table in self._tables if counts[table] == max(counts.values()))
        sizes = tuple(self._header_sizes)
        place = header[0].box.place
        run = Run(tables, header, self._header_linear, place, header_sizes=sizes)
        self.runs.append(run)
        return run

    def _columns(self, run: Run) -> tuple[Column, ...]:
        if self._tables[run.table].layout == "columns":
            return self._heads.grouped(run.header, run.table)
        return self._heads.columns(run.header, run.table, linear=run.linear)

    def _report_orphans(self) -> None:
        """Rows of ours that stand under no heads: their figures cannot be told."""
        orphans, self._orphans = self._orphans, []
        known = [line for line in orphans if self._is_row(line)]
        if len(known) > 1:
            self._unread(known)
            for line in known:
                label = line.printed()[0].text.strip()
                self._problem("no_heads", f"no column heads above the row {label}", line.place)

    def _report_bare_rows(self, last: Run, sheet: Sheet) -> None:
        """Values without any label, as wide as the table above: its rows on a further page."""
        printed = [line for line in sheet.lines if line.printed()]
        boxes = [box for line in printed for box in line.printed()]
        widths = {size(line) for line in last.rows[-1:]}
        alike = all(size(line) in widths for line in printed)
        if boxes and alike and all(is_value(box, self._words) for box in boxes):
            detail = f"values without a label below the table: {boxes[-1].text.strip()[:20]}"
            self._problem("doubtful_row", detail, sheet.place)

    def _unread(self, lines: Sequence[Line]) -> None:
        """Notes a table whose rows are there but whose heads are lost."""
        runs = [Run((table,), (), False, lines[0].place) for table in self._tables]
        best = max(runs, key=lambda run: self._known(run, lines))
        self.runs.append(best)

    def _is_row(self, line: Line) -> bool:
        printed = line.printed()
        if len(printed) < 2 or not any(is_figure(box, self._words) for box in printed):
            return False
        return any(book.knows(box.text) for book in self._books.values() for box in printed)

    def _problem(self, kind: str, detail: str, place: str) -> None:
        self.problems.append(Problem("table", kind, detail, place))


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
