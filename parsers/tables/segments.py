"""Cuts sheets into runs: stretches of rows under one set of column heads."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.declared.forms import FormDeclarations, Table
from parsers.figures import FigureWords
from parsers.records import Problem
from parsers.tables.columns import Column, UnclearColumnsError
from parsers.tables.heads import (
    Found,
    head_book,
    is_figure,
    tables_of,
    unit_line,
)
from parsers.tables.labels import LabelBook
from parsers.tables.placing import is_value
from parsers.tables.runs import NamedYear, Run, panels, years_apart
from parsers.tables.sheets import Line, Sheet
from parsers.tables.titles import head_years, names_part, other_body, title_years

# So many row labels in one line are no accident.
_SIDE_BY_SIDE = 3
# No form prints its heads in so many lines.
_MAX_HEADER = 12
# Within so many lines a further page shows a row, or heads of its own.
_TOP = 3


class Segmenter:
    """Reads sheets in document order and collects runs; heads carry over to a table's next page."""

    def __init__(
        self,
        declared: FormDeclarations,
        books: Mapping[str, LabelBook],
        year: int | None = None,
        body: str = "",
    ) -> None:
        """Starts with no table open; `year` and `body` are the report's, where they are known."""
        self._year, self._body_of_report = year, body
        self._other_body = ""
        self._without_rows: list[Run] = []
        self._heads = head_book(declared)
        self._books = books
        self._tables: Mapping[str, Table] = declared.tables
        self._words: FigureWords = declared.words
        self._header: list[tuple[Found, ...]] = []
        self._header_linear = False
        self._header_sizes: list[int] = []
        self._run: Run | None = None
        self._unit_above = ""
        self._title_years: tuple[NamedYear, ...] = ()
        self._part = False
        self._bare: Run | None = None
        self._held: list[Line] = []
        self._orphans: list[Line] = []
        self._groups: list[Line] = []
        self.runs: list[Run] = []
        self.problems: list[Problem] = []

    def read(self, sheet: Sheet, *, follows: bool) -> bool:
        """Cuts a sheet into runs; False if nothing of it belongs to a table of ours.

        `follows` is whether it may be the next page of the table before it.
        """
        before, last = len(self.runs), self.runs[-1] if self.runs else None
        above, self._bare = self._bare or last, None
        self._run = self._next_page(above, sheet) if follows and above else None
        self._unit_above = unit_line(sheet.above.text, self._words) if sheet.above else ""
        self._title_years = title_years(sheet.above) if sheet.above else ()
        self._part = sheet.above is not None and names_part(sheet.above)
        self._other_body = other_body(sheet.above, self._body_of_report) if sheet.above else ""
        for line in sheet.lines:
            self._line(line)
        self._groups_above(())
        self._close_header()
        if follows and last and len(self.runs) == before:
            self._report_bare_rows(last, sheet)
        opened = [panel for run in self.runs[before:] for panel in panels(run)]
        opened = [one for run in opened for one in years_apart(run, self._year)]
        self.runs[before:] = [run for run in opened if self._settle(run)]
        self._report_orphans(beside=len(self.runs) > before)
        return any(run.columns for run in self.runs[before:])

    def take(self, run: Run) -> None:
        """Takes a run whose columns are told already."""
        self._other_body = ""
        if self._settle(run):
            self.runs.append(run)

    def report_heads_alone(self) -> None:
        """Tells tables of which nothing but the heads is there."""
        read = {run.table for run in self.runs}
        for run in self._without_rows:
            if read.isdisjoint(run.tables):
                self._problem("no_figures", f"{run.table}: heads without rows", run.place)

    def _next_page(self, last: Run, sheet: Sheet) -> Run | None:
        """The last run's heads taken up again, if the sheet begins with rows of its table.

        Heads in a grid of their own have no rows yet: these are their first ones.
        """
        top = sheet.lines[:_TOP]
        if not top or any(map(self._heads.header, top)) or self._is_group(top[0]):
            return None
        # A label that a page break cut in two begins on the page before.
        split = last.rows[-1:] if last.rows and len(last.rows[-1].printed()) == 1 else []
        known = any(self._known(table, top) for table in last.tables)
        known = known or self._completes(last, split, sheet)
        if self._tables[last.table].layout == "rows" and not known:
            return None
        run = replace(last, place=sheet.place, rows=[], continued=last in self.runs)
        self.runs.append(run)
        return run

    def _completes(self, last: Run, split: Sequence[Line], sheet: Sheet) -> bool:
        """Whether a sheet begins with the rest of a label."""
        begun = "".join(line.printed()[0].text for line in split)
        rest = sheet.lines[0].printed() if begun else ()
        return any(self._books[last.table].knows(begun + box.text) for box in rest)

    def _known(self, table: str, lines: Sequence[Line]) -> int:
        """How many lines hold a label of a table."""
        knows = self._books[table].knows
        return sum(any(knows(box.text) for box in line.printed()) for line in lines)

    def _settle(self, run: Run) -> bool:
        """Chooses the table by the rows where heads allow several, and tells the columns."""
        known = {table: self._known(table, run.rows) for table in run.tables}
        table = max(known, key=lambda table: known[table])
        run.tables = (table,)
        unknown = not run.continued and not known[table]
        if self._tables[run.table].layout == "rows" and unknown:
            if run.rows:
                self._problem("unknown_table", "no row of this table is declared", run.place)
            self._bare = None if run.rows else run
            self._without_rows += [] if run.rows else [run]
            return False
        self._bare = None
        if self._other_body:
            detail = f"{table}: its title names another body, {self._other_body}"
            self._problem("other_body", detail, run.place)
            return False
        try:
            if run.part:
                raise UnclearColumnsError("its title names a part of the year")
            run.columns = run.columns or self._columns(run)
            if not any(column.is_figure for column in run.columns):
                raise UnclearColumnsError("no head of figures is left")
            run.missing = self._heads.missing(run.columns, run.table)
            run.years = head_years(run.columns) or run.years
        except UnclearColumnsError as error:
            run.columns = ()
            self._problem("unclear_columns", f"{run.table}: {error}", run.place)
        return True

    def _line(self, line: Line) -> None:
        if self._header and not line.printed():
            self._held.append(line)
            return
        if self._header and self._add_to_header(line):
            return
        found = self._heads.header(line)
        if not found and self._is_group(line):
            self._groups.append(line)
            return
        groups = self._groups_above(found)
        if found:
            self._close_header()
            self._header, self._header_linear = [*groups, found], line.layout == "linear"
            self._header_sizes = [line.size]
        elif self._opens_section(line):
            self._close_header()
            self._run = None
        else:
            self._body(line)

    def _is_group(self, line: Line) -> bool:
        """Whether a line prints nothing but the name of a group of heads: its heads may follow."""
        if len(line.printed()) != 1 or line.layout != "grid":
            return False
        heads = self._heads.find(line.printed()[0].text)
        return any(
            head.role == "group" and self._tables[name].layout == "columns"
            for name, head in heads.items()
        )

    def _groups_above(self, found: tuple[Found, ...]) -> list[tuple[Found, ...]]:
        """The groups in lines of their own right above a header of their table; rows elsewhere."""
        if not self._groups:
            return []
        lines, self._groups = self._groups, []
        groups = [self._heads.continues(line, found) for line in lines] if found else []
        if not groups or not all(groups):
            for line in lines:
                self._body(line)
            return []
        return groups

    def _add_to_header(self, line: Line) -> bool:
        if len(self._header) >= _MAX_HEADER:
            return False
        found = self._heads.continues(line, sum(self._header, ()))
        if found:
            self._header.append(found)
            self._header_sizes.append(line.size)
            self._held.clear()
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
        if unit := next((unit_line(box.text, self._words) for box in line.printed()[-1:]), ""):
            self._unit_above = unit
            return
        if self._run is not None:
            self._run.rows.append(line)
            return
        self._orphans.append(line)
        if len(line.printed()) == 1:
            self._title_years = title_years(line.printed()[0]) or self._title_years
            self._part |= names_part(line.printed()[0])

    def _close_header(self) -> None:
        """Opens the run of a header; blank lines below one that is complete are its figures'."""
        if not self._header:
            return
        held, self._held = self._held if self._complete() else [], []
        header, self._header = sum(self._header, ()), []
        self._run = self._open(header)
        self._run.rows += held

    def _open(self, header: tuple[Found, ...]) -> Run:
        counts = tables_of(header)
        tables = tuple(table for table in self._tables if counts[table] == max(counts.values()))
        sizes = tuple(self._header_sizes)
        place = header[0].box.place
        run = Run(tables, header, self._header_linear, place, header_sizes=sizes)
        run.unit_above, run.years, run.part = self._unit_above, self._title_years, self._part
        self.runs.append(run)
        return run

    def _columns(self, run: Run) -> tuple[Column, ...]:
        if self._tables[run.table].layout == "columns":
            columns = self._heads.grouped(run.header, run.table)
        else:
            columns = self._heads.columns(run.header, run.table, linear=run.linear)
        if not run.unit_above:
            return columns
        return tuple(replace(column, unit_above=run.unit_above) for column in columns)

    def _report_orphans(self, *, beside: bool) -> None:
        """Rows of ours that stand under no heads: their figures cannot be told.

        One such row alone is another table's, if it does not stand `beside` rows of ours or under
        what is left of our heads.
        """
        orphans, self._orphans = self._orphans, []
        known = [line for line in orphans if self._is_row(line)]
        if len(known) > 1:
            self._unread(known)
        told = beside or len(known) > 1 or (known and any(map(self._names_heads, orphans)))
        for line in known if told else ():
            label = line.printed()[0].text.strip()
            self._problem("no_heads", f"no column heads above the row {label}", line.place)
        first = [box for line in orphans for box in line.printed()[:1]]
        below = tables_of(Found(box, self._heads.find(box.text)) for box in first)
        for line in orphans:
            self._report_labels_across(line, below)

    def _names_heads(self, line: Line) -> bool:
        """Whether a line prints two heads of one table, though none of figures."""
        counts = tables_of(Found(box, self._heads.find(box.text)) for box in line.printed())
        return max(counts.values(), default=0) > 1

    def _report_labels_across(self, line: Line, below: Mapping[str, int]) -> None:
        """Row labels side by side: the table is turned, and its figures stand below or beside.

        `below` counts by table the column heads that begin lines: two labels and two heads do too.
        """
        texts = [box.text for box in line.printed()]
        for table, book in self._books.items():
            across = sum(map(book.knows, texts))
            if across >= _SIDE_BY_SIDE or min(across, below.get(table, 0)) > 1:
                detail = f"{table}: labels of rows stand side by side, from {texts[0].strip()[:20]}"
                self._problem("unclear_columns", detail, line.place)
                return

    def _report_bare_rows(self, last: Run, sheet: Sheet) -> None:
        """Values without any label, as wide as the table above: its rows on a further page."""
        printed = [line for line in sheet.lines if line.printed()]
        boxes = [box for line in printed for box in line.printed()]
        widths = {line.size for line in last.rows[-1:]}
        alike = all(line.size in widths for line in printed)
        if boxes and alike and all(is_value(box, self._words) for box in boxes):
            detail = f"values without a label below the table: {boxes[-1].text.strip()[:20]}"
            self._problem("doubtful_row", detail, sheet.place)

    def _unread(self, lines: Sequence[Line]) -> None:
        """Notes a table whose rows are there but whose heads are lost."""
        table = max(self._tables, key=lambda table: self._known(table, lines))
        self.runs.append(Run((table,), (), False, lines[0].place))

    def _is_row(self, line: Line) -> bool:
        printed = line.printed()
        if len(printed) < 2 or not any(is_figure(box, self._words) for box in printed):
            return False
        return any(book.knows(box.text) for book in self._books.values() for box in printed)

    def _problem(self, kind: str, detail: str, place: str) -> None:
        self.problems.append(Problem("table", kind, detail, place))
