"""The commands that keep an archive sound: verify, status, withdraw."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive.console import archive_option, format_option, note, progress
from archive.database import DatabaseWriter
from archive.errors import UsageError
from archive.indexing import catch_up
from archive.status import Status
from archive.status import status as status_of
from archive.store import Archive
from archive.verify import Verification
from archive.verify import verify as verify_archive
from archive.warc import manifest, records
from archive.withdrawals import withdraw as write_tombstone
from archive.withdrawals import withdrawn


@click.command()
@archive_option
@click.option(
    "--sample",
    type=click.FloatRange(0, 100, min_open=True),
    metavar="PERCENT",
    help="Read only this share of the files, drawn at random: for a nightly check.",
)
@format_option
def verify(archive_dir: Path, sample: float | None, output: str) -> None:
    """Check that every record is still there and unchanged.

    Manifest, files, records, payloads, revisits and database rows. Exit status 1 if there is
    damage.

    \b
    Example:
      gongkai verify --archive DIR --sample 5
    """
    archive = Archive(archive_dir)
    archive.require()
    total = len(manifest.read(archive))
    bar = iter(progress(range(total), total, "verifying"))
    result = verify_archive(archive, (sample or 100) / 100, lambda _path: next(bar, None))
    list(bar)  # ends the bar, whatever it stood at
    if output == "json":
        click.echo(json.dumps(asdict(result), ensure_ascii=False, indent=1))
    else:
        _tell_verification(result)
    sys.exit(1 if result.findings else 0)


def _tell_verification(result: Verification) -> None:
    for finding in result.findings:
        place = finding.warc + ("" if finding.offset is None else f" at {finding.offset}")
        click.echo(
            f"{finding.kind}: {place or 'archive'}: {finding.detail} {finding.record_id}".strip()
        )
    for name in result.open_files:
        note(f"{name} is open: it is being written, or the next crawl or import will seal it")
    rows = "no database" if result.rows is None else f"{result.rows} rows"
    click.echo(
        f"{result.files} files, {result.records} records, {rows}: "
        f"{len(result.findings) or 'no'} damage{' found' if result.findings else ''}"
    )


@click.command()
@archive_option
@format_option
def status(archive_dir: Path, output: str) -> None:
    """Show what the archive holds: files, captures, reports by year, problems, runs.

    \b
    Example:
      gongkai status --archive DIR --format json
    """
    found = status_of(Archive(archive_dir))
    if output == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        _tell_status(found)


def _tell_status(found: Status) -> None:
    console = Console(highlight=False)
    sealed = f"{found.warc_files} sealed WARC files, {found.warc_bytes:,} bytes"
    console.print(f"{found.directory}: {sealed}, {len(found.open_files)} open", soft_wrap=True)
    if found.database == "missing":
        console.print("no database: run `gongkai rebuild`")
        return
    figures = f"database: figures {found.database_bytes:,} bytes"
    console.print(f"{figures}; {_tell_texts(found)}", soft_wrap=True)
    for name in ("captures", "reports", "tables", "checks", "problems"):
        if counts := getattr(found, name):
            console.print(_table(name, counts))
    console.print(f"unread pages: {found.unread}; withdrawn records: {found.withdrawn}")
    for run in found.runs:
        console.print(" ".join(filter(None, run.values())), soft_wrap=True)
    _tell_keeper(console, found)


def _tell_texts(found: Status) -> str:
    if found.texts == "missing":
        return "its file of texts is missing or damaged: copy it there or run `gongkai rebuild`"
    waiting = "texts wait in it for the end of the run"
    return f"texts {found.texts_bytes:,} bytes" if found.texts == "present" else waiting


def _tell_keeper(console: Console, found: Status) -> None:
    """What calls for somebody now: alarms, looks that are due, the disk."""
    for alarm in found.alarms:
        told = f"{alarm['level'].upper()} {alarm['kind']}: {alarm['portal']}: {alarm['text']}"
        console.print(told, soft_wrap=True)
    if found.timetable:
        first = found.timetable["next"]
        told = f"{found.timetable['due']} of {found.timetable['portals']} portal(s) due"
        first_told = f"{first['portal']} at {first['due_at']} ({first['reason']})"
        console.print(f"{told}; first {first_told}", soft_wrap=True)
    console.print(f"{found.free_bytes / (1 << 30):.1f} GiB free on the disk")


def _table(name: str, counts: dict[str, int]) -> Table:
    table = Table(title=name, title_justify="left", show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for key, count in counts.items():
        table.add_row(key, f"{count:,}")
    return table


@click.command()
@click.argument("record")
@click.option("--reason", required=True, help="Why; kept with the tombstone.")
@archive_option
def withdraw(record: str, reason: str, archive_dir: Path) -> None:
    """Withdraw a RECORD: queries, exports and replay no longer show it.

    The WARC file itself stays as it is; a tombstone beside it says when and why.

    \b
    Example:
      gongkai withdraw urn:uuid:0f6e... --reason "names a private person"
    """
    archive = Archive(archive_dir)
    archive.require_database()
    with archive.lock("withdraw"), DatabaseWriter(archive.database_path) as database:
        if not database.query("SELECT 1 FROM captures WHERE record_id = ?", [record]):
            raise UsageError(f"no record {record} in the archive at {archive.directory}")
        if record in withdrawn(archive):
            note(f"{record} is withdrawn already")
            return
        write_tombstone(archive, record, reason, records.now())
        catch_up(archive, database)
        database.relink()
    note(f"{record} withdrawn")
