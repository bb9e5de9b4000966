"""Turns runs into observations and problems, and settles which form each table is of."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.declared.forms import FormDeclarations, Label
from parsers.records import Observation, Problem
from parsers.tables.cells import Source, doubt, observe
from parsers.tables.columns import Column
from parsers.tables.labels import Entry, LabelBook
from parsers.tables.merging import Key, Stretch, merge, settle_forms
from parsers.tables.placing import Placed, RowCells, UnclearRowError, is_value, place
from parsers.tables.rows import Row, resolve
from parsers.tables.runs import Run, with_further_pages
from parsers.tables.shapes import Shape, learn, numbers_columns
from parsers.tables.sheets import Box, Line
from parsers.tables.surroundings import Surroundings
from parsers.tables.titles import NamedYear
from parsers.text import canon

_SHOWN = 60
# Telephone numbers under a table are no figures of it, and nobody's to hand on.
_MOBILE = re.compile(r"1[3-9]\d{9}")
_TELEPHONE = re.compile(r"\d{7,12}")
_CALLED = re.compile(r"电话|手机|传真|热线|联系")


class Collector:
    """Collects the observations of all runs of a document."""

    def __init__(
        self,
        declared: FormDeclarations,
        books: Mapping[str, LabelBook],
        problems: Sequence[Problem],
    ) -> None:
        """Starts with the problems met so far."""
        self._declared = declared
        self._books = books
        self._runs: list[Run] = []
        self._sections_met: dict[str, set[str]] = {}
        self._form_of: dict[tuple[str, ...], str] = {}
        self._stretch = Stretch("", "")
        self.years: tuple[NamedYear, ...] = ()
        self.problems = list(problems)

    def add(self, run: Run) -> None:
        """Takes the next run of the document."""
        self._runs.append(run)

    def observations(
        self, year: int | None = None
    ) -> tuple[tuple[Observation, ...], tuple[str, ...]]:
        """The observations of all runs in order, each with its one form; and the forms met."""
        resolved = list(self._resolved())
        for run, rows in resolved:
            met = self._sections_met.setdefault(run.table, set())
            met.update(row.entry.section for row in rows if row.entry)
        labels = [label for run, rows in resolved for label in self._labels_of(run, rows)]
        self._form_of = settle_forms(labels, self._declared)
        stretches = [self._read(*item) for item in resolved]
        merged = merge(stretches, self._declared, year)
        self.problems += merged.problems
        self.years = tuple(dict.fromkeys(merged.years))
        return tuple(merged.items), tuple(dict.fromkeys(item.form for item in merged.items))

    def _resolved(self) -> Iterator[tuple[Run, list[Row]]]:
        """Each run with its rows; those of further pages are told together with the first's."""
        sections: dict[str, str] = {}
        words = self._declared.words
        for pages in with_further_pages(self._runs):
            first, rows = pages[0], list[Row]()
            if first.columns and self._declared.tables[first.table].layout == "rows":
                lines = [line for run in pages for line in run.rows]
                book, section = self._books[first.table], sections.get(first.table, "")
                rows, sections[first.table] = resolve(lines, first.columns, book, words, section)
            for run in pages:
                own = {id(line) for line in run.rows}
                yield run, [row for row in rows if id(row.line) in own]

    def _labels_of(self, run: Run, rows: Sequence[Row]) -> Iterator[Label]:
        """The labels that the figures of a run have."""
        if self._declared.tables[run.table].layout == "columns":
            labels = self._under_columns(run.table)
            yield from (labels[key] for column in run.columns if (key := _under(column)) in labels)
            return
        figures = [column.key for column in run.columns if column.is_figure]
        for entry in [row.entry for row in rows if row.entry and not row.doubt]:
            found = map(entry.label, figures)
            yield from [label for label in found if label is not None and label.indicator]

    def _read(self, run: Run, rows: Sequence[Row]) -> Stretch:
        """Reads the figures of a run."""
        self._stretch = Stretch(
            run.table,
            run.place,
            unread=not run.columns,
            continued=run.continued,
            columns=frozenset(column.key for column in run.columns if column.is_figure),
            missing=run.missing,
            years=run.years,
        )
        if not run.columns:
            return self._stretch
        if self._declared.tables[run.table].layout == "columns":
            self._unlabelled(run)
        else:
            self._labelled(run, rows)
        return self._stretch

    def _labelled(self, run: Run, rows: Sequence[Row]) -> None:
        known = ((row, row.entry) for row in rows if row.entry)
        shapes = ((row.line, row.label, row.values, entry.section) for row, entry in known)
        shape = learn(shapes, len(run.columns), run.header_sizes)
        shape.complete = not run.missing
        self._stretch.rows = {row.entry.index for row in rows if row.entry and not row.is_empty}
        for index, row in enumerate(rows):
            self._row(row, rows[index + 1 :], run.columns, shape)

    def _row(
        self, row: Row, below: Sequence[Row], columns: tuple[Column, ...], shape: Shape
    ) -> None:
        if row.doubt:
            self._problem("doubtful_row", f"{_short(row.text)}: {row.doubt}", row.line.place)
        elif row.entry is None:
            self._unknown(row)
        elif not self._is_bare_section(row, row.entry, below):
            try:
                placed = self._place(row, row.entry, below, columns, shape)
            except UnclearRowError as error:
                self._problem("unclear_columns", f"{_short(row.text)}: {error}", row.line.place)
            else:
                self._cells(row, row.entry, placed)

    def _place(
        self,
        row: Row,
        entry: Entry,
        below: Sequence[Row],
        columns: tuple[Column, ...],
        shape: Shape,
    ) -> Placed:
        if entry.kind == "section" or row.line.layout == "linear":
            self._look_around(row, entry, below, columns, shape)
        cells = RowCells(row.line, row.label, row.values, columns, shape, entry.section)
        return place(cells, self._declared.words)

    def _look_around(
        self,
        row: Row,
        entry: Entry,
        below: Sequence[Row],
        columns: tuple[Column, ...],
        shape: Shape,
    ) -> None:
        """Asks the rows around a row whether its figures are its own.

        Raises:
            UnclearRowError: they may be another's.
        """
        table = self._stretch.table
        apart = self._declared.tables[table].heads_each_section
        around = Surroundings(row, entry, below, columns, shape, self._books[table], apart)
        if entry.kind == "section" and around.may_be_a_part(self._sections_met[table]):
            raise UnclearRowError("a section's head stands where the row's own label is missing")
        if row.line.layout == "linear" and around.may_hold_another():
            raise UnclearRowError("a row that lost its label may have left its figures here")

    def _is_bare_section(self, row: Row, entry: Entry, below: Sequence[Row]) -> bool:
        """A section's head without figures: its own rows follow, or it never has any."""
        if entry.kind != "section":
            return False
        filled = [box for box in row.values if not box.blank]
        if any(canon(box.text) not in self._declared.words.values for box in filled):
            return False
        following = next((item.entry for item in below if item.entry), None)
        headed = following is not None and following.section == entry.opens != ""
        return headed or not row.values or not any(x.indicator for x in entry.by_head.values())

    def _cells(self, row: Row, entry: Entry, placed: Placed) -> None:
        unit = next((box.text.strip() for column, box in placed if column.role == "unit"), "")
        if canon(unit) in self._declared.words.values:
            unit = ""
        source = Source.of(row, unit, self._declared)
        for column, box in placed:
            if column.is_figure:
                self._cell(row, entry, column, box, source)

    def _cell(self, row: Row, entry: Entry, column: Column, box: Box, source: Source) -> None:
        label = entry.label(column.key) if column.role != "unknown" else None
        if label is not None and label.indicator:
            self._observe(row, label, column, box, source)
        elif not box.blank and canon(box.text) not in self._declared.words.values:
            detail = f"{_short(row.text)} × {_short(column.head.text)}: {_short(box.text)}"
            self._problem("unknown_label", detail, box.place)

    def _unlabelled(self, run: Run) -> None:
        """One line of figures under heads alone."""
        words = self._declared.words
        printed = [line for line in run.rows if line.printed() and not numbers_columns(line)]
        values = [line for line in printed if any(is_value(box, words) for box in line.boxes)]
        printed = [line for line in printed if not line.loose]
        if not (values or run.linear or any(line.printed() for line in run.rows)):
            values = run.rows[:1]
        readable = len(values) == 1 and not self._is_labelled(values[0])
        self._stretch.unread = bool(run.rows) and not readable
        if not values:
            self._problem("no_figures", f"{run.table}: no line of figures", run.place)
        elif not readable:
            detail = f"{run.table}: which line of figures stands under the heads cannot be told"
            self._problem("unclear_columns", detail, values[0].place)
        else:
            self._under_heads(run, values[0])
        for line in printed:
            if line not in values:
                self._unknown(Row(line, 0, line.boxes[1:], line.printed()[0].text))

    def _is_labelled(self, line: Line) -> bool:
        """Whether a line begins with words, not with a figure or what is left of one."""
        first = next(iter(line.printed()), None)
        if first is None or is_value(first, self._declared.words):
            return False
        return any(unicodedata.category(char) == "Lo" for char in first.text[:_SHOWN])

    def _under_heads(self, run: Run, line: Line) -> None:
        labels = self._under_columns(run.table)
        shape = learn([(line, -1, line.boxes, "")], len(run.columns), run.header_sizes)
        shape.complete = not run.missing
        words = self._declared.words
        try:
            placed = place(RowCells(line, -1, line.boxes, run.columns, shape), words)
        except UnclearRowError as error:
            self._stretch.unread = True
            self._problem("unclear_columns", f"{run.table}: {error}", line.place)
            return
        for column, box in placed:
            label = labels.get(_under(column))
            if label is None:
                self._problem("unknown_label", f"{column.group} × {column.key}", box.place)
            else:
                row = Row(line, -1, line.boxes, label.label)
                source = Source.of(row, "", self._declared)
                self._observe(row, label, column, box, source)

    def _under_columns(self, table: str) -> dict[tuple[str, str], Label]:
        """The labels of a table without rows, by group and head."""
        own = (label for label in self._declared.labels if label.table == table)
        return {(label.section, label.head): label for label in own}

    def _observe(self, row: Row, label: Label, column: Column, box: Box, source: Source) -> None:
        form = self._form_of[label.forms]
        item = observe(source, label, column, box, form, self._declared)
        key = (self._stretch.table, item.indicator, item.applicant, item.period)
        known = self._stretch.items.setdefault(key, item)
        if known is not item:
            self._repeated(key, row, known, item)
        elif found := doubt(item, self._declared):
            kind, reason = found
            self._problem(kind, f"{_short(row.text)}: {_short(box.text)} {reason}", box.place)

    def _repeated(self, key: Key, row: Row, known: Observation, item: Observation) -> None:
        """A row printed twice; where the two differ, neither is proven to be the row it says."""
        detail = f"{_short(row.text)}: {_short(item.raw)} after {_short(known.raw)}"
        self._problem("repeated_row", detail, item.locator)
        if (known.value, known.status) != (item.value, item.status):
            doubtful = replace(known, value=None, value_std=None, status="unreadable")
            self._stretch.items[key] = doubtful

    def _unknown(self, row: Row) -> None:
        printed = row.line.printed()
        first, words = canon(printed[0].text[:_SHOWN]), self._declared.words
        values = (box for box in row.values if is_value(box, words))
        figures = [box for box in values if not _is_telephone(row, box)]
        if first.startswith(self._declared.footers) and not figures:
            return
        label = _short(row.text or printed[0].text)
        detail = f"{label}: {', '.join(_short(box.text) for box in figures)}"
        self._problem("unknown_label", detail.removesuffix(": "), row.line.place)

    def _problem(self, kind: str, detail: str, locator: str) -> None:
        self.problems.append(Problem("table", kind, detail, locator))


def _under(column: Column) -> tuple[str, str]:
    return column.group, column.key


def _is_telephone(row: Row, box: Box) -> bool:
    """Whether a box holds the number of a telephone."""
    number = canon(box.text[:_SHOWN])
    called = _CALLED.search(row.text[:_SHOWN]) is not None
    return bool(_MOBILE.fullmatch(number) or (called and _TELEPHONE.fullmatch(number)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
