"""`gongkai series` and `gongkai indicators`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from archive.console import archive_option, note
from archive.errors import UsageError
from query.chart import draw
from query.columns import Column
from query.completion import figures, one_of
from query.concordance import concepts, dictionary_rows, variable_of
from query.corpus import Row, opened
from query.dictionary import COLUMNS as DICTIONARY_COLUMNS
from query.dictionary import entries, find, require
from query.options import chosen, filter_options
from query.output import Answer, deliver, format_option
from query.series import COLUMNS, Series
from query.series import series as make_series
from query.table import print_table
from query.words import APPLICANTS, RELATIONS, sign

CHARTED_AGENCIES = 6
TABLE_COLUMNS = tuple(
    Column(name, "number" if name == "value" else "text", name)
    for name in ("agency", "scope", "year", "value", "unit", "how", "indicator", "relation")
)


@click.command("series", short_help="An indicator over the years, with a chart.")
@click.argument("indicator", shell_complete=one_of(figures))
@archive_option
@format_option()
@filter_options
@click.option("--applicant", default="", shell_complete=one_of(APPLICANTS),
              help=f"One of {', '.join(APPLICANTS)}.")  # fmt: skip
@click.option("--period", type=click.Choice(["year", "cumulative"]), default="year",
              help="本年度 or 历年累计.")  # fmt: skip
@click.option("--min-relation", default="close", metavar="RELATION",
              shell_complete=one_of(RELATIONS),
              help=f"How near another form must be: {', '.join(RELATIONS)}.")  # fmt: skip
@click.option("--one-code", is_flag=True, help="Only this code, not its like in other forms.")
@click.option("--no-chart", is_flag=True, help="No chart below the table.")
def series(
    indicator: str,
    archive_dir: Path,
    format_name: str | None,
    output: Path | None,
    applicant: str,
    period: str,
    min_relation: str,
    one_code: bool,
    no_chart: bool,
    **given: Any,
) -> None:
    """Shows INDICATOR (a code or a concept) year by year for the agencies chosen.

    A code follows its concept into other forms; where the definition changes, the table and the
    chart say so. Blank cells, missing rows and missing reports are never shown as zero.

    \b
    gongkai series requests.new --agency 济宁市科学技术局
    gongkai series requests_received --region 3708 --year 2015-2023 --format csv
    """
    _known_applicant(applicant)
    require(indicator, tuple(concepts()))
    variable = variable_of(indicator, applicant, period, not one_code, min_relation)
    with opened(archive_dir) as corpus:
        found = list(make_series(corpus, variable, chosen(given)))
    if not found:
        note("no report of a known year answers to this choice")
    if format_name in (None, "table") and output is None:
        _print_series(found, no_chart)
        return
    rows = (row for one in found for row in one.rows())
    deliver(Answer(COLUMNS, rows), format_name, output)


def _known_applicant(applicant: str) -> None:
    if applicant and applicant not in APPLICANTS:
        raise UsageError(f"no applicant {applicant!r}: one of {', '.join(APPLICANTS)}")


def _print_series(found: list[Series], no_chart: bool) -> None:
    print_table(TABLE_COLUMNS, [row for one in found for row in _table_rows(one)])
    if no_chart:
        return
    for one in found[:CHARTED_AGENCIES]:
        click.echo()
        for line in draw(one):
            click.echo(line)
    if len(found) > CHARTED_AGENCIES:
        note(f"charts of the first {CHARTED_AGENCIES} of {len(found)} series; narrow the choice")


def _table_rows(one: Series) -> Iterator[Row]:
    for point in one.points:
        figure = point.figure
        value = figure.value if figure.value is not None else sign(figure.status)
        how = figure.method if figure.status == "reported" else figure.status
        known = figure.relation and figure.status == "reported"
        yield (
            one.agency, one.scope, str(point.year), value, figure.unit, how, figure.indicator,
            figure.relation if known else "",
        )  # fmt: skip


@click.command("indicators", short_help="The dictionary: code, label, unit, forms.")
@click.argument("words", required=False, default="")
@format_option()
def indicators(words: str, format_name: str | None, output: Path | None) -> None:
    """Lists the indicators, or those whose code or printed label holds WORDS.

    \b
    gongkai indicators
    gongkai indicators 申请 --format csv
    """
    found = list(find(words) if words else entries().values())
    if not found:
        raise UsageError(f"no indicator with {words[:60]!r} in its code or label")
    rows = dictionary_rows(found)
    deliver(Answer(DICTIONARY_COLUMNS, rows), format_name, output)
