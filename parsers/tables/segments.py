"""Cuts sheets into runs: stretches of rows under one set of column heads."""

from collections.abc import Mapping
from dataclasses import replace

from parsers.declared.forms import FormDeclarations
from parsers.records import Paragraph, Problem
from parsers.tables.columns import Column, UnclearColumnsError
from parsers.tables.heads import Found, tables_of, unit_line
from parsers.tables.known import Known
from parsers.tables.labels import LabelBook
from parsers.tables.orphans import bare_rows, orphan_problems, rows_among, without_figures
from parsers.tables.pages import next_page
from parsers.tables.placing import may_be_value
from parsers.tables.runs import Run, panels, years_apart
from parsers.tables.sheets import Line, Sheet
from parsers.tables.titles import NO_TITLE, Titles, head_years

# No form prints its heads in so many lines.
_MAX_HEADER = 12
_SHOWN = 20


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
        self._known = Known(declared, books)
        self._year = year
        self._titles = Titles(declared.words, year, body)
        self._title = NO_TITLE
        self._without_rows: list[Run] = []
        self._header: list[tuple[Found, ...]] = []
        self._header_linear = False
        self._header_sizes: list[int] = []
        self._run: Run | None = None
        self._bare: Run | None = None
        self._last: Run | None = None
        self._held: list[Line] = []
        self._orphans: list[Line] = []
        self._groups: list[Line] = []
        self.runs: list[Run] = []
        self.problems: list[Problem] = []

    def read(self, sheet: Sheet, *, follows: bool) -> bool:
        """Cuts a sheet into runs; False if nothing of it belongs to a table of ours.

        `follows` is whether it may be the next page of the table before it.
        """
        before, last = len(self.runs), self._last
        above, self._bare = self._bare or last, None
        self._run = self._continued(above, sheet) if follows and above else None
        self._title = self._titles.above(sheet.above)
        for line in sheet.lines:
            self._line(line)
        self._groups_above(())
        self._close_header()
        if follows and last and len(self.runs) == before:
            self.problems += bare_rows(last, sheet, self._known)
        opened = [panel for run in self.runs[before:] for panel in panels(run)]
        opened = [one for run in opened for one in years_apart(run, self._year)]
        self.runs[before:] = [run for run in opened if self._settle(run)]
        self._report_orphans(beside=len(self.runs) > before)
        return any(run.columns for run in self.runs[before:])

    def take(self, run: Run, above: Paragraph | None) -> None:
        """Takes a run whose columns are told already, below a line of text."""
        run.title = self._titles.above(above)
        if self._settle(run):
            self.runs.append(run)

    def report_heads_alone(self) -> None:
        """Tells tables of which nothing but the heads is there."""
        read = {run.table for run in self.runs}
        for run in self._without_rows:
            if read.isdisjoint(run.tables):
                self._problem("no_figures", f"{run.table}: heads without rows", run.place)

    def _continued(self, last: Run, sheet: Sheet) -> Run | None:
        """The run of a sheet that is the next page of the one before."""
        run = next_page(last, sheet, self._known)
        if run is not None:
            run.continued = last in self.runs
            self.runs.append(run)
        return run

    def _settle(self, run: Run) -> bool:
        """Chooses the table by the rows where heads allow several, and tells the columns."""
        rows = {table: self._known.rows_of(table, run.rows) for table in run.tables}
        table = max(rows, key=lambda table: rows[table])
        run.tables = (table,)
        unknown = not run.continued and not rows[table]
        if self._known.tables[table].layout == "rows" and unknown:
            self._without_known_rows(run)
            return False
        self._bare, self._last = None, run
        if run.title.other_body:
            detail = f"{table}: its title names another body, {run.title.other_body}"
            self._problem("other_body", detail, run.place)
            return False
        try:
            self._set_columns(run)
        except UnclearColumnsError as error:
            run.columns = ()
            self._problem("unclear_columns", f"{table}: {error}", run.place)
        return True

    def _without_known_rows(self, run: Run) -> None:
        """Heads whose rows may follow in the next sheet, or are another table's."""
        if run.rows:
            self._bare = None
            self._problem("unknown_table", "no row of this table is declared", run.place)
        else:
            self._bare = run
            self._without_rows.append(run)

    def _set_columns(self, run: Run) -> None:
        """Tells the columns of a run.

        Raises:
            UnclearColumnsError: they cannot be told, or are of a part of the year.
        """
        if run.title.part:
            raise UnclearColumnsError("its title names a part of the year")
        if unknown := self._may_be_head(run):
            raise UnclearColumnsError(f"{unknown} below the heads may be one of them")
        run.columns = run.columns or self._columns(run)
        if not any(column.is_figure for column in run.columns):
            raise UnclearColumnsError("no head of figures is left")
        run.missing = self._known.heads.missing(run.columns, run.table)
        if run.missing and len(set(run.header_sizes)) > 1 and not run.linear:
            raise UnclearColumnsError("a head is missing, and a line of heads is short of a cell")
        run.years = head_years(run.columns) or run.title.years

    def _may_be_head(self, run: Run) -> str:
        """A text right below heads of single cells that is no row's: nothing tells what it is."""
        first = next((line for line in run.rows if line.printed()), None)
        if not run.linear or first is None or not first.loose:
            return ""
        box, book = first.printed()[0], self._known.books[run.table]
        of_row = book.begins(box.text) or book.like_section(box.text)
        return "" if of_row or may_be_value(box, self._known.words) else box.text[:_SHOWN].strip()

    def _columns(self, run: Run) -> tuple[Column, ...]:
        heads = self._known.heads
        if self._known.tables[run.table].layout == "columns":
            columns = heads.grouped(run.header, run.table, linear=run.linear)
        else:
            columns = heads.columns(run.header, run.table, linear=run.linear)
        if not run.title.unit:
            return columns
        return tuple(replace(column, unit_above=run.title.unit) for column in columns)

    def _line(self, line: Line) -> None:
        if self._header and not line.printed():
            self._held.append(line)
            return
        if self._header and self._add_to_header(line):
            return
        found = self._known.heads.header(line)
        if not found and self._known.is_group(line):
            self._groups.append(line)
            return
        groups = self._groups_above(found)
        if found:
            self._close_header()
            self._header, self._header_linear = [*groups, found], line.layout == "linear"
            self._header_sizes = [line.size]
        elif self._known.opens_section(line):
            self._close_header()
            self._run = None
            self._orphans.append(line)
        else:
            self._body(line)

    def _groups_above(self, found: tuple[Found, ...]) -> list[tuple[Found, ...]]:
        """The groups in lines of their own right above a header of their table; rows elsewhere."""
        if not self._groups:
            return []
        lines, self._groups = self._groups, []
        groups = [self._known.heads.continues(line, found) for line in lines] if found else []
        if not groups or not all(groups):
            for line in lines:
                self._body(line)
            return []
        return groups

    def _add_to_header(self, line: Line) -> bool:
        if len(self._header) >= _MAX_HEADER:
            return False
        found = self._known.heads.continues(line, sum(self._header, ()))
        if found:
            self._header.append(found)
            self._header_sizes.append(line.size)
            self._held.clear()
        return bool(found)

    def _complete(self) -> bool:
        """Whether the header is that of a table without row labels: figures come next."""
        counts = tables_of(sum(self._header, ()))
        table = max(counts, key=lambda name: counts[name])
        return self._known.tables[table].layout == "columns" and len(self._header) > 1

    def _body(self, line: Line) -> None:
        self._close_header()
        printed = line.printed()
        if unit := next((unit_line(box.text, self._known.words) for box in printed[-1:]), ""):
            self._title = replace(self._title, unit=unit)
        elif self._run is not None:
            self._run.rows.append(line)
        else:
            self._orphans.append(line)
            if len(printed) == 1:
                self._title = self._titles.within(self._title, printed[0])

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
        most = max(counts.values())
        tables = tuple(table for table in self._known.tables if counts[table] == most)
        sizes, place = tuple(self._header_sizes), header[0].box.place
        run = Run(tables, header, self._header_linear, place, header_sizes=sizes, title=self._title)
        self.runs.append(run)
        return run

    def _report_orphans(self, *, beside: bool) -> None:
        """Tells what stands under no heads; rows of ours mark their table as unread."""
        lines, self._orphans = self._orphans, []
        rows = rows_among(lines, self._known, beside=beside)
        if len(rows) > 1:
            self._last = Run((self._known.table_of(rows),), (), False, rows[0].place)
            self.runs.append(self._last)
        self.problems += orphan_problems(lines, rows, self._known)
        if not beside and not rows:
            self.problems += without_figures(lines, self._known)

    def _problem(self, kind: str, detail: str, place: str) -> None:
        self.problems.append(Problem("table", kind, detail, place))
