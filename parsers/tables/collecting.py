"""Turns runs into observations and problems, and settles which form each table is of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.declared.forms import FormDeclarations, Label
from parsers.records import Observation, Problem
from parsers.tables.cells import observe
from parsers.tables.heads import Column
from parsers.tables.labels import Entry, LabelBook
from parsers.tables.placing import Placed, Shape, UnclearRowError, is_value, learn, place, size
from parsers.tables.rows import Row, resolve
from parsers.tables.segments import Run
from parsers.tables.sheets import Box, Line
from parsers.text import canon

_Key = tuple[str, str, str, str]
_SHOWN = 60


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
        self._sections: dict[str, str] = {}
        self._found: dict[_Key, tuple[int, Observation]] = {}
        self._again: Counter[bool] = Counter()
        self._run = 0
        self._table = ""
        self.problems = list(problems)

    def add(self, run: Run) -> None:
        """Reads a run."""
        self._run += 1
        self._table = run.table
        self._again = Counter()
        if self._declared.tables[run.table].layout == "columns":
            self._unlabelled(run)
        else:
            self._labelled(run)
        self._report_repetition(run)

    def observations(self) -> tuple[tuple[Observation, ...], tuple[str, ...]]:
        """The observations in order of reading, each with its one form; and the forms met."""
        found = [item for _, item in self._found.values()]
        certain = Counter(item.form for item in found if " " not in item.form)
        settled = tuple(self._settle(item, certain) for item in found)
        return settled, tuple(dict.fromkeys(item.form for item in settled))

    def _labelled(self, run: Run) -> None:
        book, words = self._books[run.table], self._declared.words
        section = self._sections.get(run.table, "")
        rows, section = resolve(run.rows, run.columns, book, words, section)
        self._sections[run.table] = section
        shapes = ((row.line, row.label, row.values) for row in rows if row.entry)
        shape = learn(shapes, len(run.columns), run.header_sizes)
        for index, row in enumerate(rows):
            following = next((item.entry for item in rows[index + 1 :] if item.entry), None)
            self._row(row, run.columns, shape, following)

    def _row(
        self, row: Row, columns: tuple[Column, ...], shape: Shape, following: Entry | None
    ) -> None:
        if row.entry is None:
            self._unknown(row)
        elif not self._is_bare_section(row, row.entry, following):
            try:
                placed = self._place(row, row.entry, columns, shape)
            except UnclearRowError as error:
                self._problem("unclear_columns", f"{_short(row.text)}: {error}", row.line.place)
            else:
                self._cells(row, row.entry, placed)

    def _place(self, row: Row, entry: Entry, columns: tuple[Column, ...], shape: Shape) -> Placed:
        real = [box for box in row.values if not box.missing]
        gap = len(real) > len(columns) and real[0].blank
        slipped = size(row.line) != shape.usual_size and row.line.layout != "linear"
        tall = row.line.boxes[row.label].height > 1
        if entry.kind == "section" and (gap or tall or slipped):
            raise UnclearRowError("a section's head stands where the row's own label is missing")
        return place(row.line, row.label, row.values, columns, shape, self._declared.words)

    def _is_bare_section(self, row: Row, entry: Entry, following: Entry | None) -> bool:
        """A section's head without figures: its own rows follow, or it never has any."""
        if entry.kind != "section":
            return False
        filled = [box for box in row.values if not box.blank]
        if any(canon(box.text) not in self._declared.words.values for box in filled):
            return False
        headed = following is not None and following.section == entry.opens != ""
        return headed or not row.values or not any(x.indicator for x in entry.by_head.values())

    def _cells(self, row: Row, entry: Entry, placed: Placed) -> None:
        unit = next((box.text.strip() for column, box in placed if column.role == "unit"), "")
        if canon(unit) in self._declared.words.values:
            unit = ""
        for column, box in placed:
            if column.is_figure:
                self._cell(row, entry, column, box, unit)

    def _cell(self, row: Row, entry: Entry, column: Column, box: Box, unit: str) -> None:
        label = entry.label(column.key) if column.role != "unknown" else None
        if label is not None and label.indicator:
            self._observe(row, label, column, box, unit)
        elif not box.blank and canon(box.text) not in self._declared.words.values:
            detail = f"{_short(row.text)} × {_short(column.head.text)}: {_short(box.text)}"
            self._problem("unknown_label", detail, box.place)

    def _unlabelled(self, run: Run) -> None:
        """One line of figures under heads alone."""
        words = self._declared.words
        values = [line for line in run.rows if any(is_value(box, words) for box in line.boxes)]
        values = values or [line for line in run.rows if not line.printed()]
        if not values:
            self._problem("no_figures", f"{run.table}: no line of figures", run.place)
            return
        self._under_heads(run, values[0])
        for line in run.rows:
            if line is not values[0] and line.printed() and not line.loose:
                self._unknown(Row(line, 0, line.boxes[1:], line.printed()[0].text))

    def _under_heads(self, run: Run, line: Line) -> None:
        labels = {
            (label.section, label.head): label
            for label in self._declared.labels
            if label.table == run.table
        }
        shape = learn([(line, -1, line.boxes)], len(run.columns), run.header_sizes)
        words = self._declared.words
        try:
            placed = place(line, -1, line.boxes, run.columns, shape, words)
        except UnclearRowError as error:
            self._problem("unclear_columns", f"{run.table}: {error}", line.place)
            return
        for column, box in placed:
            label = labels.get((column.group, column.key))
            if label is None:
                self._problem("unknown_label", f"{column.group} × {column.key}", box.place)
            else:
                self._observe(Row(line, -1, line.boxes, label.label), label, column, box, "")

    def _observe(self, row: Row, label: Label, column: Column, box: Box, unit: str) -> None:
        item = observe(row, label, column, box, unit, self._declared)
        key = (self._table, item.indicator, item.applicant, item.period)
        run, known = self._found.setdefault(key, (self._run, item))
        if known is item:
            if item.status == "unreadable":
                detail = f"{_short(row.text)}: {_short(box.text)} is no figure"
                self._problem("unreadable_figure", detail, box.place)
        elif run == self._run:
            detail = f"{_short(row.text)}: {_short(box.text)} after {_short(known.raw)}"
            self._problem("repeated_row", detail, box.place)
        else:
            self._again[(item.value, item.status) == (known.value, known.status)] += 1

    def _report_repetition(self, run: Run) -> None:
        if self._again[False]:
            detail = f"{run.table}: {self._again[False]} cells differ from the table before it"
            self._problem("conflicting_table", detail, run.place)
        elif self._again[True]:
            detail = f"{run.table}: {self._again[True]} cells stand there again"
            self._problem("repeated_table", detail, run.place)

    def _unknown(self, row: Row) -> None:
        printed = row.line.printed()
        first = canon(printed[0].text[:_SHOWN])
        words = self._declared.words
        figures = [box for box in row.values if is_value(box, words)]
        if first.startswith(self._declared.footers) and not figures:
            return
        label = _short(row.text or printed[0].text)
        detail = f"{label}: {', '.join(_short(box.text) for box in figures)}"
        self._problem("unknown_label", detail.removesuffix(": "), row.line.place)

    def _settle(self, item: Observation, certain: Counter[str]) -> Observation:
        options = item.form.split()
        if len(options) == 1:
            return item
        if met := [form for form in options if certain[form]]:
            return replace(item, form=max(met, key=lambda form: certain[form]))
        return replace(item, form=min(options, key=self._absent))

    def _absent(self, form: str) -> int:
        """How many rows of a form were not printed."""
        return sum(
            (label.table, label.indicator) not in {key[:2] for key in self._found}
            for label in self._declared.labels
            if form in label.forms and label.table in {key[0] for key in self._found}
        )

    def _problem(self, kind: str, detail: str, locator: str) -> None:
        self.problems.append(Problem("table", kind, detail, locator))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
