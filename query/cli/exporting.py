"""`gongkai export`: the tables of the corpus as files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from archive.console import archive_option, note
from archive.errors import UsageError
from query.completion import figures, one_of
from query.concordance import Variable
from query.corpus import Corpus, opened
from query.datapackage import LICENCE_NOTE, SOURCE
from query.exports import EXPORTS, rows
from query.filters import Filters
from query.options import chosen, filter_options
from query.output import Answer, chosen_format, deliver, format_option, whole_file
from query.panel import columns as panel_columns
from query.panel import rows as panel_rows
from query.panel import unplaced, variables
from query.release import release_version, write_release
from query.words import RELATIONS

TABLES = (*EXPORTS, "panel", "release")


@click.command("export", short_help="Write a table of the corpus: csv, json, xlsx, parquet, dta.")
@click.argument("table", metavar="TABLE", shell_complete=one_of(TABLES))
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@archive_option
@format_option("csv")
@click.option("--excel", is_flag=True, help="CSV for Excel: byte-order mark, formulas defused.")
@click.option("--indicator", metavar="CODE", default="", shell_complete=one_of(figures),
              help="Only this indicator and its parts.")  # fmt: skip
@click.option("--variable", "names", multiple=True, metavar="CODE",
              shell_complete=one_of(figures),
              help="panel: this indicator or concept; may be repeated.")  # fmt: skip
@click.option("--applicants", is_flag=True, help="panel of one form: each applicant its own.")
@click.option("--min-relation", default="close", metavar="RELATION",
              shell_complete=one_of(RELATIONS),
              help=f"panel: how near forms must be: {', '.join(RELATIONS)}.")  # fmt: skip
@filter_options
def export(
    table: str,
    folder: Path | None,
    archive_dir: Path,
    format_name: str | None,
    output: Path | None,
    excel: bool,
    indicator: str,
    names: tuple[str, ...],
    applicants: bool,
    min_relation: str,
    **given: Any,
) -> None:
    """Writes TABLE.

    One of observations, reports, sections, texts, captures, checks, problems, events, agencies.
    Or release, into the new folder DIR: all of these as a Frictionless data package with coverage,
    dictionary and checksums.

    Rows stream in a fixed order, whatever the size. Only the preferred version of each report is
    written, unless --all-versions.

    \b
    gongkai export observations > observations.csv
    gongkai export observations --indicator requests.new --region 37 --excel -o new.csv
    gongkai export reports --year 2019-2023 --format parquet -o reports.parquet
    gongkai export panel --form 2021 -o panel.dta
    gongkai export release ./release-2024-04-01
    """
    if table not in TABLES:
        raise UsageError(f"no export {table!r}: one of {', '.join(TABLES)}")
    if excel and format_name not in (None, "csv"):
        raise UsageError(f"--excel is for csv, not {format_name}")
    if (table == "release") != (folder is not None):
        raise UsageError("only release takes a folder: gongkai export release DIR")
    filters = chosen(given)
    if folder is not None:
        release(archive_dir, folder, filters)
        return
    name = "excel-csv" if excel else chosen_format(format_name, output, "csv")
    with opened(archive_dir) as corpus:
        tell_of_unlinked(corpus, filters)
        if table == "panel":
            wanted = variables(names, filters.form, min_relation, applicants)
            answer = panel(corpus, wanted, filters, name)
        else:
            found = rows(corpus, EXPORTS[table], filters, indicator)
            answer = Answer(EXPORTS[table].described, found)
        deliver(answer, name, output, default="csv")
        if output is not None:
            write_licence(corpus, output)


def write_licence(corpus: Corpus, output: Path) -> None:
    """Puts the source and licence line beside an exported file, which may have no place for it."""
    said = f"{output.name}: {SOURCE}.\nNewest capture: {release_version(corpus)}.\n{LICENCE_NOTE}\n"
    with whole_file(output.with_name(f"{output.name}.license")) as stream:
        stream.write(said.encode())


def release(archive_dir: Path, folder: Path, filters: Filters) -> None:
    """Writes a release folder."""
    with opened(archive_dir) as corpus:
        files = write_release(corpus, folder, filters)
    note(f"wrote {len(files)} files to {folder}")


def panel(corpus: Corpus, wanted: Sequence[Variable], filters: Filters, format_name: str) -> Answer:
    """The panel as rows; for Stata with its reasons for missing figures."""
    if left_out := unplaced(corpus, filters):
        note(f"{left_out} reports without a known agency or year are not in the panel")
    found = panel_rows(corpus, wanted, filters, letters=format_name == "dta")
    return Answer(panel_columns(wanted), found)


def tell_of_unlinked(corpus: Corpus, filters: Filters) -> None:
    """Says so where no version has been preferred yet: the archive is still being filled."""
    if filters.all_versions:
        return
    sql = "SELECT 1 WHERE EXISTS (SELECT 1 FROM reports) AND NOT EXISTS"
    if corpus.first(f"{sql} (SELECT 1 FROM reports WHERE preferred = 1)"):
        note("no version is preferred yet (a crawl or import is not finished): try --all-versions")
