"""The tables that the site gives away as files, chosen by a request's arguments."""

from collections.abc import Mapping

from query.compliance import COLUMNS as COMPLIANCE_COLUMNS
from query.compliance import compliance
from query.concordance import concepts, dictionary_rows, variable_of
from query.corpus import Corpus
from query.coverage import COLUMNS as COVERAGE_COLUMNS
from query.coverage import coverage
from query.dictionary import COLUMNS as DICTIONARY_COLUMNS
from query.dictionary import entries, require
from query.events import Choice
from query.exports import EXPORTS, rows
from query.feed import NEWEST
from query.filters import Filters
from query.output import Answer
from query.panel import columns as panel_columns
from query.panel import rows as panel_rows
from query.panel import variables
from query.series import COLUMNS as SERIES_COLUMNS
from query.series import series

ANSWERS = ("coverage", "compliance", "series", "panel", "indicators")
TABLES = (*EXPORTS, *ANSWERS)
OFFERED = (("csv", "CSV"), ("excel-csv", "CSV (Excel)"), ("xlsx", "xlsx"), ("parquet", "Parquet"),
           ("dta", "Stata"), ("jsonl", "JSON"))  # fmt: skip

Arguments = Mapping[str, str]


def filters_of(arguments: Arguments) -> Filters:
    """The reports that a request means."""
    names = {"agency": "agency", "region": "region", "years": "year", "form": "form"}
    texts = {name: arguments.get(key, "").strip() for name, key in names.items()}
    return Filters(**texts, all_versions=bool(arguments.get("report")))  # type: ignore[arg-type]


def choice_of(arguments: Arguments) -> Choice:
    """The events that a request means, the newest alone."""
    kinds = tuple(filter(None, arguments.get("kind", "").split(",")))
    return Choice(filters_of(arguments), kinds, arguments.get("since", ""), NEWEST)


def table(corpus: Corpus, name: str, arguments: Arguments, letters: bool) -> Answer:
    """The rows of a table. `letters` gives a panel Stata's kinds of missing values.

    Raises:
        UsageError: what is asked for cannot be understood.
    """
    filters = filters_of(arguments)
    if name == "coverage":
        lines = coverage(corpus, filters)
        return Answer(COVERAGE_COLUMNS, (row for line in lines for row in line.rows()))
    if name == "compliance":
        return Answer(COMPLIANCE_COLUMNS, compliance(corpus, filters))
    if name == "indicators":
        return Answer(DICTIONARY_COLUMNS, dictionary_rows(entries().values()))
    if name == "series":
        asked = require(arguments.get("indicator", ""), tuple(concepts()))
        found = series(corpus, variable_of(asked, furthest="close"), filters)
        return Answer(SERIES_COLUMNS, (row for one in found for row in one.rows()))
    if name == "panel":
        wanted = variables((), filters.form, "close", every=False)
        return Answer(panel_columns(wanted), panel_rows(corpus, wanted, filters, letters))
    report, indicator = arguments.get("report", ""), arguments.get("indicator", "")
    found_rows = rows(corpus, EXPORTS[name], filters, indicator, report)
    return Answer(EXPORTS[name].described, found_rows)
