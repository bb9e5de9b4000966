"""`gongkai import` and `judge`."""

import json
import sys
from pathlib import Path

import click

from archive.console import archive_option, note
from archive.errors import UsageError
from archive.store import Archive
from pipelines.importing import Declared, import_files
from pipelines.judging import judged
from pipelines.rebuild_command import jobs_option, shown


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", default="", help="The address the file was saved from (one file only).")
@click.option("--agency", default="", metavar="NAME", help="The body whose report it is.")
@click.option("--region", default="", metavar="CODE", help="Its division code, six digits.")
@click.option("--year", type=click.IntRange(2008, 2100), help="The year reported on.")
@jobs_option
@archive_option
def import_command(
    paths: tuple[Path, ...],
    url: str,
    agency: str,
    region: str,
    year: int | None,
    jobs: int,
    archive_dir: Path,
) -> None:
    """Archive saved files and read the reports in them.

    PATHS are files or folders: html, mhtml, txt, docx, doc, wps, pdf, ofd, xls, xlsx, images, zip;
    also warc, warc.gz and wacz, whose records are kept and whose pages are judged.
    What is already archived is passed over.

    \b
    Example:
      gongkai import saved-pages/ --agency 莆田市科学技术局
    """
    declared = Declared(url=url, agency=agency, region_code=region, year=year)
    outcome = import_files(Archive(archive_dir), paths, declared, jobs, show=shown("reading"))
    for line in outcome.problems:
        note(line)
    note(outcome.summary())
    if outcome.problems:
        sys.exit(1)


@click.command("judge")
def judge_command() -> None:
    """Tell annual reports from other rows of a listing.

    Reads JSON lines with "title" and, if known, "url", "text", "column", "date" on standard input;
    writes each with is_report, agency, region_code, level, year and reason added.

    \b
    Example:
      echo '{"url":"","title":"某市科技局2020年政府信息公开工作年度报告"}' | gongkai judge
    """
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            click.echo(json.dumps(judged(_row(line, number)), ensure_ascii=False))


def _row(line: str, number: int) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError as fault:
        raise UsageError(f"line {number}: no JSON: {fault}") from fault
    if not isinstance(row, dict) or not isinstance(row.get("title"), str):
        raise UsageError(f'line {number}: an object with a "title" is needed')
    return row
