"""`gongkai storage`: sealed WARC files to an object store, and back into one archive."""

from pathlib import Path

import click

from archive.console import archive_option, note
from archive.storage import moving
from archive.storage.objects import Storage
from archive.store import Archive

url_argument = click.argument("url", metavar="URL")

storage_option = click.option(
    "--storage", required=True, envvar="GONGKAI_STORAGE", metavar="URL",
    help="Where sealed WARC files are stored: s3://BUCKET/FOLDER. Default: GONGKAI_STORAGE.",
)  # fmt: skip


@click.group()
def storage() -> None:
    """Keep sealed WARC files in an object store or on a mounted share."""


@storage.command()
@url_argument
@click.option("--free", is_flag=True, help="Then remove the files here that were read back whole.")
@archive_option
def push(url: str, free: bool, archive_dir: Path) -> None:
    """Store the sealed WARC files at URL; what is there already is passed over.

    With --free each stored copy is read back and held against the manifest before the file here
    is removed; from then on it is read from the storage.

    \b
    Example:
      gongkai storage push s3://gongkai/warc
    """
    archive, target = Archive(archive_dir), Storage(url)
    archive.require()
    stored = moving.push(archive, target, lambda entry: note(f"stored {entry.name}"))
    note(f"{len(stored)} file(s) stored at {target.url}")
    if free:
        note(f"{len(moving.free(archive, target))} file(s) removed here")


@storage.command()
@url_argument
@archive_option
def gather(url: str, archive_dir: Path) -> None:
    """Take all WARC files stored at URL into this archive, and read them from there.

    They are entered in the manifest and in the table of captures; `gongkai rebuild` reads the
    reports in them.

    \b
    Example:
      gongkai storage gather s3://gongkai/warc --archive /srv/gongkai
    """
    archive = Archive(archive_dir)
    archive.create()
    entered = moving.gather(archive, Storage(url))
    note(f"{len(entered)} file(s) new to the archive")
