"""`gongkai compare` and `gongkai coverage`."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from archive.console import archive_option, note
from query.columns import Column
from query.compare import MOST_COLUMNS
from query.compare import compare as side_by_side
from query.completion import figures, one_of
from query.corpus import opened
from query.coverage import COLUMNS, STATES, Line
from query.coverage import coverage as make_coverage
from query.options import chosen, filter_options
from query.output import Answer, deliver, format_option
from query.panel import variables
from query.table import print_table
from query.words import RELATIONS


@click.command("compare", short_help="Agencies or years side by side.")
@click.argument("indicators", nargs=-1, metavar="[INDICATOR]...", shell_complete=one_of(figures))
@archive_option
@format_option()
@filter_options
@click.option("--with", "others", multiple=True, metavar="NAME", help="A further agency.")
@click.option("--min-relation", default="close", metavar="RELATION",
              shell_complete=one_of(RELATIONS),
              help=f"How near other forms must be: {', '.join(RELATIONS)}.")  # fmt: skip
def compare(
    indicators: tuple[str, ...],
    archive_dir: Path,
    format_name: str | None,
    output: Path | None,
    others: tuple[str, ...],
    min_relation: str,
    **given: Any,
) -> None:
    """Sets agencies or years side by side; without INDICATOR, all concepts of the concordance.

    \b
    gongkai compare --agency 济宁市科学技术局 --with 温州市科学技术局 --year 2018
    gongkai compare requests.new review.total --agency 济宁市科学技术局
    """
    filters = chosen(given)
    choices = [filters, *(replace(filters, agency=name) for name in others)]
    wanted = variables(indicators, "", min_relation, every=False)
    with opened(archive_dir) as corpus:
        columns, rows = side_by_side(corpus, wanted, choices)
    if len(columns) == 2:
        note("no report answers to this choice")
    if len(columns) == MOST_COLUMNS + 2:
        note(f"only the first {MOST_COLUMNS} reports: narrow the choice")
    deliver(Answer(columns, rows), format_name, output)


@click.command("coverage", short_help="Agencies by years: found, late, missing, removed ...")
@archive_option
@format_option()
@filter_options
def coverage(archive_dir: Path, format_name: str | None, output: Path | None, **given: Any) -> None:
    """Shows which reports were found, for each agency and year.

    A body is expected to report only where something proves that it existed. A date after the
    deadline is the date the page states; pages that move are often re-dated.

    \b
    gongkai coverage --region 3708
    gongkai coverage --year 2019-2023 --format csv -o coverage.csv
    """
    with opened(archive_dir) as corpus:
        lines = make_coverage(corpus, chosen(given))
    if format_name in (None, "table") and output is None:
        _print_matrix(lines)
        return
    deliver(Answer(COLUMNS, (row for line in lines for row in line.rows())), format_name, output)


def _print_matrix(lines: list[Line]) -> None:
    if not lines:
        note("no agency answers to this choice")
        return
    heads = ["agency", *(str(entry.year) for entry in lines[0].entries)]
    rows = [(line.agency, *(STATES[entry.state][0] for entry in line.entries)) for line in lines]
    print_table([Column(head, "text", head) for head in heads], rows)
    seen = {entry.state for line in lines for entry in line.entries}
    click.echo()
    for state, (sign, words) in STATES.items():
        if state in seen:
            click.echo(f"{sign} {words}")
