"""Gongkai from Python: `gongkai.open(DIR)` gives a `Library` whose methods return tables.

with gongkai.open("archive") as library:
    for hit in library.search("依申请公开", region="3708", limit=5):
        print(hit["year"], hit["agency"], hit["snippet"])
    frame = library.series("requests.new", agency="济宁市科学技术局").frame()
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archive.errors import SurroundingsError, UsageError
from query import panel as panels
from query.cells import Figure
from query.citations import cite, of_report
from query.columns import Column
from query.compare import compare
from query.compliance import COLUMNS as COMPLIANCE_COLUMNS
from query.compliance import compliance
from query.concordance import concepts, dictionary_rows, variable_of
from query.corpus import Corpus, Row, Value, open_corpus
from query.coverage import COLUMNS as COVERAGE_COLUMNS
from query.coverage import coverage
from query.dictionary import COLUMNS as DICTIONARY_COLUMNS
from query.dictionary import entries, find, require
from query.exports import EXPORTS, rows
from query.filters import Filters
from query.formats import writer
from query.formats.numbers import number
from query.output import whole_file
from query.reports import ReportView, find_observation, find_report, load_report
from query.search.find import COLUMNS as SEARCH_COLUMNS
from query.search.find import search
from query.series import COLUMNS as SERIES_COLUMNS
from query.series import series
from query.sql import run

__all__ = ["Figure", "Library", "Table", "open_library"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with named columns: iterate it once for dictionaries, or turn it into a frame or file.

    Rows stream from the database where the question allows it.
    """

    columns: Sequence[Column]
    source: Iterable[Row]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """The rows as dictionaries; figures are numbers, missing ones None."""
        for row in self.source:
            pairs = zip(self.columns, row, strict=True)
            yield {
                one.name: number(value) if one.kind == "number" else value for one, value in pairs
            }

    def rows(self) -> list[dict[str, Value]]:
        """All rows as dictionaries."""
        return list(self)

    def frame(self) -> Any:
        """All rows as a pandas data frame; whole numbers keep their type beside missing ones.

        Raises:
            SurroundingsError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise SurroundingsError("frames need pandas: pip install 'gongkai[export]'") from error
        frame = pandas.DataFrame(list(self), columns=[one.name for one in self.columns])
        kinds = {"integer": "Int64", "number": "Float64"}
        return frame.astype(
            {one.name: kinds[one.kind] for one in self.columns if one.kind in kinds}
        )

    def write(self, path: str | Path, format_name: str = "") -> None:
        """Writes a file; the format is told by its suffix unless named."""
        target = Path(path)
        write = writer(format_name or target.suffix.lstrip("."))
        with whole_file(target) as stream:
            write(self.columns, self.source, stream)


class Library:
    """An open corpus.

    Options named as on the command line choose reports: `agency`, `region`, `years`, `form`,
    `scope`, `all_versions`.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Use `gongkai.open`."""
        self._corpus = corpus

    def __enter__(self) -> "Library":
        """The library itself."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Closes the database."""
        self._corpus.close()

    @property
    def corpus(self) -> Corpus:
        """The corpus as it is now, unless rows of a table are still being read."""
        self._corpus.refresh()
        return self._corpus

    def export(self, table: str, indicator: str = "", **chosen: Any) -> Table:
        """An exported table: observations, reports, sections, checks, problems, events ..."""
        if table not in EXPORTS:
            raise UsageError(f"no export {table!r}: one of {', '.join(EXPORTS)}")
        export = EXPORTS[table]
        return Table(export.described, rows(self.corpus, export, Filters(**chosen), indicator))

    def search(
        self, words: str, *, section: str = "", relevance: bool = False, limit: int = 20,
        offset: int = 0, **chosen: Any,
    ) -> Table:  # fmt: skip
        """The reports that hold the words, newest first unless by relevance."""
        found = search(
            self.corpus, words, Filters(**chosen), section=section, relevance=relevance,
            limit=limit, offset=offset,
        )  # fmt: skip
        return Table(SEARCH_COLUMNS, [hit.row() for hit in found])

    def report(self, reference: str) -> ReportView:
        """A report by id, record id or address.

        Raises:
            UsageError: there is none.
        """
        found = find_report(self.corpus, reference)
        if found is None:
            raise UsageError(f"no report {reference[:200]!r} in this archive")
        return load_report(self.corpus, *found)

    def series(
        self, indicator: str, *, applicant: str = "", period: str = "year", one_code: bool = False,
        min_relation: str = "close", **chosen: Any,
    ) -> Table:  # fmt: skip
        """An indicator or concept, a row for each agency, scope and year."""
        require(indicator, tuple(concepts()))
        variable = variable_of(indicator, applicant, period, not one_code, min_relation)
        found = series(self.corpus, variable, Filters(**chosen))
        return Table(SERIES_COLUMNS, (row for one in found for row in one.rows()))

    def compare(self, *indicators: str, agencies: Sequence[str] = (), **chosen: Any) -> Table:
        """Indicators down, agencies and years across."""
        filters = Filters(**chosen)
        choices = [replace(filters, agency=name) for name in agencies] or [filters]
        wanted = panels.variables(indicators, "", "close", every=False)
        return Table(*compare(self.corpus, wanted, choices))

    def panel(
        self, *names: str, min_relation: str = "close", applicants: bool = False, **chosen: Any
    ) -> Table:
        """A row for each agency, year and scope; `form` gives all indicators of that form."""
        filters = Filters(**chosen)
        wanted = panels.variables(names, filters.form, min_relation, applicants)
        return Table(panels.columns(wanted), panels.rows(self.corpus, wanted, filters))

    def coverage(self, **chosen: Any) -> Table:
        """A row for each agency and year: found, stated_late, missing, removed ..."""
        found = coverage(self.corpus, Filters(**chosen))
        return Table(COVERAGE_COLUMNS, [row for line in found for row in line.rows()])

    def compliance(self, **chosen: Any) -> Table:
        """A row for each agency and year: its dates beside the legal deadline, and a verdict."""
        return Table(COMPLIANCE_COLUMNS, compliance(self.corpus, Filters(**chosen)))

    def indicators(self, words: str = "") -> Table:
        """The dictionary, or the entries with these words."""
        found = find(words) if words else entries().values()
        return Table(DICTIONARY_COLUMNS, dictionary_rows(found))

    def sql(self, statement: str, limit: int = 100_000, seconds: float = 60) -> Table:
        """One SELECT statement."""
        result = run(self.corpus, statement, limit, seconds)
        return Table(result.columns, result.rows)

    def cite(self, reference: str, style: str = "gbt7714") -> str:
        """The citation of a report or of a figure (by observation id)."""
        figure = find_observation(self.corpus, reference)
        view = self.report(str(figure["report_id"]) if figure else reference)
        return cite(of_report(view.facts, figure), style)


def open_library(directory: str | Path) -> Library:
    """Opens the archive in `directory` for reading.

    Raises:
        SurroundingsError: there is no such folder, or it has no readable database.
    """
    return Library(open_corpus(Path(directory)))
