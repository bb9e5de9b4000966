"""`gongkai import`, `rebuild` and `judge`."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from archive.console import archive_option, note, progress
from archive.errors import GongkaiError, UsageError
from archive.records import Reading
from archive.store import Archive
from pipelines.checking.command import check_command
from pipelines.importing import Declared, import_files
from pipelines.judging import judged
from pipelines.reading import Shown, default_jobs
from pipelines.rebuild import Built, rebuild, verify

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=default_jobs,
    show_default="one a core",
    help="How many processes read documents.",
)


def add_commands(cli: click.Group) -> None:
    """Adds this package's commands to the program."""
    for command in (import_command, rebuild_command, judge_command, check_command):
        cli.add_command(command)


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
    r"""Archive saved files and read the reports in them.

    PATHS are files or folders: html, mhtml, txt, docx, doc, wps, pdf, ofd, xls, xlsx, images, zip.
    A file that is already archived is passed over.

    \b
    Example:
      gongkai import saved-pages/ --agency 莆田市科学技术局
    """
    declared = Declared(url=url, agency=agency, region_code=region, year=year)
    outcome = import_files(Archive(archive_dir), paths, declared, jobs, show=_shown("reading"))
    for line in outcome.problems:
        note(line)
    note(outcome.summary())
    if outcome.problems:
        sys.exit(1)


@click.command("rebuild")
@click.option("--verify", "verifying", is_flag=True, help="Build twice aside and compare instead.")
@jobs_option
@archive_option
def rebuild_command(verifying: bool, jobs: int, archive_dir: Path) -> None:
    r"""Make the database anew from the WARC files alone.

    It never touches the network. The new database is switched in only when it is complete.

    \b
    Examples:
      gongkai rebuild
      gongkai rebuild --verify    proves that the present database is what the WARC files say
    """
    archive = Archive(archive_dir)
    if verifying:
        _verify(archive, jobs)
        return
    built = rebuild(archive, jobs, _shown("rebuilding"))
    _report(built)
    if built.failed or built.damage:
        sys.exit(1)


def _verify(archive: Archive, jobs: int) -> None:
    result = verify(archive, jobs, _shown("rebuilding"))
    if not result.comparable:
        raise GongkaiError(f"not comparable: made under other versions ({result.why})")
    note(f"two rebuilds give the same bytes: {'yes' if result.same_bytes else 'NO'}")
    note(f"the present database has the same rows: {'yes' if result.same_rows else 'NO'}")
    if not (result.same_bytes and result.same_rows):
        raise GongkaiError("the database is not what the WARC files say: run `gongkai rebuild`")


def _report(built: Built) -> None:
    for failure in built.failed:
        note(f"could not be read: {failure}")
    for damage in built.damage:
        note(f"damaged: {damage.warc} at byte {damage.offset}: {damage.reason}")
    note(f"{built.bundles} pages read: {built.reports} reports, {built.observations} observations")


def _shown(label: str) -> Shown:
    def show(readings: Iterator[Reading], total: int) -> Iterable[Reading]:
        return progress(readings, total, label)

    return show


@click.command("judge")
def judge_command() -> None:
    r"""Tell annual reports from other rows of a listing.

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
