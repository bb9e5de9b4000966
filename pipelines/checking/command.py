"""`gongkai check`."""

import sys
from pathlib import Path

import click

from archive import declarations
from archive.console import note
from archive.store import Archive
from parsers.records import Context
from pipelines.checking.declared import load_rules
from pipelines.checking.drafts import judge_file
from pipelines.checking.printing import as_json, as_text
from pipelines.ocr.showing import pages_shown

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.command("check")
@click.argument("file", type=_FILE)
@click.option("--agency", default="", metavar="NAME", help="The body whose report it is to be.")
@click.option("--year", type=click.IntRange(2008, 2100), help="The year it is to report on.")
@click.option("--last-year", type=_FILE, help="The same body's report of the year before.")
@click.option(
    "--archive",
    "archive_dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="GONGKAI_ARCHIVE",
    metavar="DIR",
    help="An archive to look up last year's report in; only read. Default: GONGKAI_ARCHIVE.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check_command(
    file: Path,
    agency: str,
    year: int | None,
    last_year: Path | None,
    archive_dir: Path | None,
    form: str,
) -> None:
    """Judge a draft before it is published; answers in Chinese and stores nothing.

    FILE is a draft of an annual report: docx, doc, wps, pdf, ofd, html, txt, xlsx ... It tells
    failed identities, blank cells, tables against prose, last year's carry-over, years and dates,
    missing parts. The status is 0 if the draft could be read, whatever was found in it.

    \b
    Example:
      gongkai check draft.docx --last-year 2021.docx
    """
    context = Context(agency=agency, year=year, file_name=file.name)
    database = _database(archive_dir) if last_year is None else None
    with pages_shown():
        judged = judge_file(file, context, declarations.load(), load_rules(), last_year, database)
    click.echo(as_json(judged) if form == "json" else as_text(judged))
    if judged[0].report is None:
        sys.exit(1)


def _database(archive_dir: Path | None) -> Path | None:
    if archive_dir is None:
        return None
    path = Archive(archive_dir).database_path
    if not path.is_file():
        note(f"no database in {archive_dir}: last year's report is not compared")
        return None
    return path
