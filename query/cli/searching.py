"""`gongkai search` and `gongkai sql`."""

import sys
from pathlib import Path
from typing import Any

import click

from archive.console import archive_option, note
from query.corpus import opened
from query.limits import hard_stop
from query.options import chosen, filter_options
from query.output import Answer, deliver, format_option
from query.search.find import COLUMNS, FURTHEST, Hit, count
from query.search.find import search as find
from query.search.highlight import MARKS
from query.sql import MOST_ROWS, run
from query.table import clean

BOLD = ("\x1b[1;31m", "\x1b[0m")


@click.command("search", short_help="Find reports by their words.")
@click.argument("words", nargs=-1, required=True)
@archive_option
@format_option()
@filter_options
@click.option("--section", default="", help="Only in sections of this kind or title (problems).")
@click.option("--relevance", is_flag=True, help="Most relevant first, not newest first.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=20, show_default=True)
@click.option(
    "--offset", type=click.IntRange(0, FURTHEST), default=0, help="Pass over the first hits."
)
def search(
    words: tuple[str, ...],
    archive_dir: Path,
    format_name: str | None,
    output: Path | None,
    section: str,
    relevance: bool,
    limit: int,
    offset: int,
    **given: Any,
) -> None:
    """Finds the reports that hold all WORDS, exactly, whatever their length.

    "Two words" in quotes are a phrase; OR, NOT (or -word) and brackets are understood. Width and
    case of letters, blanks between Chinese characters and thousands commas do not matter.

    \b
    gongkai search 依申请公开 系统
    gongkai search '(复议 OR 诉讼) NOT 未发生' --region 3708 --year 2019-2022
    gongkai search 人员不足 --section problems --relevance
    """
    filters = chosen(given)
    query = " ".join(words)
    with opened(archive_dir) as corpus:
        found = find(
            corpus, query, filters, section=section, relevance=relevance, limit=limit,
            offset=offset, marks=MARKS,
        )  # fmt: skip
        total = count(corpus, query, filters)
    if format_name in (None, "table") and output is None:
        _print_hits(found)
        shown = f"{len(found)} shown" + ("" if section else f" of {total} found")
        note(shown if found else f"nothing found ({total} reports hold the words)")
        return
    deliver(Answer(COLUMNS, [hit.row() for hit in found]), format_name, output)


def _print_hits(found: list[Hit]) -> None:
    marked = sys.stdout.isatty()
    for hit in found:
        click.secho(clean(f"{hit.year or '????'}  {hit.agency}  {hit.title}"), bold=True)
        place = f"[{hit.section}] " if hit.section else ""
        text = clean(place + hit.snippet)
        if marked:
            text = text.replace(MARKS[0], BOLD[0]).replace(MARKS[1], BOLD[1])
        click.echo(f"  {text}")
        click.echo(f"  {hit.report_id}  {clean(hit.source_url)}")


@click.command("sql", short_help="Ask in SQL, reading only.")
@click.argument("statement")
@archive_option
@format_option()
@click.option("--limit", type=click.IntRange(1, MOST_ROWS), default=1_000, show_default=True,
              help="Most rows given.")  # fmt: skip
@click.option("--seconds", type=click.FloatRange(0.01, 3600), default=30, show_default=True,
              help="Most time taken.")  # fmt: skip
def sql(
    statement: str,
    archive_dir: Path,
    format_name: str | None,
    output: Path | None,
    limit: int,
    seconds: float,
) -> None:
    """Runs one SELECT statement on the database. The schema is in docs/query.md.

    Functions zh_query(words), zh_match(words, text) and zh_snippet(text, words) search as `search`.

    \b
    gongkai sql 'SELECT form, count(*) FROM reports WHERE preferred = 1 GROUP BY form'
    """
    with opened(archive_dir) as corpus, hard_stop(seconds):
        result = run(corpus, statement, limit, seconds)
    if result.cut:
        note(f"only the first {limit} rows: raise --limit for more")
    deliver(Answer(result.columns, result.rows), format_name, output)
