"""`gongkai export`: the tables of the corpus as files."""

from pathlib import Path
from typing import Any

import click

from archive.console import archive_option, note
from archive.errors import UsageError
from query.corpus import Corpus, opened
from query.exports import EXPORTS, rows
from query.filters import Filters
from query.options import chosen, filter_options
from query.output import Answer, deliver, format_option

TABLES = tuple(EXPORTS)


@click.command("export", short_help="Write a table of the corpus: csv, json, xlsx, parquet, dta.")
@click.argument("table", metavar="TABLE")
@archive_option
@format_option("csv")
@click.option("--excel", is_flag=True, help="CSV for Excel: byte-order mark, formulas defused.")
@click.option("--indicator", metavar="CODE", default="", help="Only this indicator and its parts.")
@filter_options
def export(
    table: str,
    archive_dir: Path,
    format_name: str | None,
    output: Path | None,
    excel: bool,
    indicator: str,
    **given: Any,
) -> None:
    r"""Writes TABLE: observations, reports, sections, captures, checks, problems, events, agencies.

    Rows stream in a fixed order, whatever the size. Only the preferred version of each report is
    written, unless --all-versions.

    \b
    gongkai export observations > observations.csv
    gongkai export observations --indicator requests.new --region 37 --excel -o new.csv
    gongkai export reports --year 2019-2023 --format parquet -o reports.parquet
    """
    if table not in EXPORTS:
        raise UsageError(f"no export {table!r}: one of {', '.join(TABLES)}")
    if excel and format_name not in (None, "csv"):
        raise UsageError(f"--excel is for csv, not {format_name}")
    filters = chosen(given)
    with opened(archive_dir) as corpus:
        tell_of_unlinked(corpus, filters)
        found = rows(corpus, EXPORTS[table], filters, indicator)
        answer = Answer(EXPORTS[table].described, found)
        deliver(answer, "excel-csv" if excel else format_name, output, default="csv")


def tell_of_unlinked(corpus: Corpus, filters: Filters) -> None:
    """Says so where no version has been preferred yet: the archive is still being filled."""
    if filters.all_versions:
        return
    sql = "SELECT 1 WHERE EXISTS (SELECT 1 FROM reports) AND NOT EXISTS"
    if corpus.first(f"{sql} (SELECT 1 FROM reports WHERE preferred = 1)"):
        note("no version is preferred yet (a crawl or import is not finished): try --all-versions")
