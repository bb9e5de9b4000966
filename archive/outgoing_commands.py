"""The commands that give the archive to other tools: cdxj, wacz."""

import sys
from pathlib import Path

import click

from archive.cdxj import lines
from archive.console import archive_option, note
from archive.errors import UsageError
from archive.evidence import Chosen
from archive.store import Archive, reported
from archive.wacz import write_wacz


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@archive_option
def cdxj(output: Path | None, archive_dir: Path) -> None:
    """Write the index that replay tools such as pywb read.

    To a file, else to standard output. Left out are answers "304 Not Modified", which would hide
    the good captures beside them, answers to POST, failures, and what was withdrawn.

    \b
    Example:
      gongkai cdxj -o index.cdxj
    """
    found = lines(Archive(archive_dir))
    if output is None:
        for line in found:
            click.echo(line)
        return
    count = 0
    with reported(output), output.open("w", encoding="utf-8", newline="\n") as stream:
        for line in found:
            stream.write(line + "\n")
            count += 1
    note(f"{output}: {count} captures")


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--report", "reports", multiple=True, metavar="ID", help="Only this report.")
@click.option("--figure", "figures", multiple=True, metavar="ID", help="Only this figure.")
@click.option(
    "--query", default="", metavar="SQL", help="Only what this SELECT gives: report or figure ids."
)
@archive_option
def wacz(
    output: Path | None,
    reports: tuple[str, ...],
    figures: tuple[str, ...],
    query: str,
    archive_dir: Path,
) -> None:
    """Write a WACZ file, which replayweb.page and others open.

    It holds the whole archive, or just the records behind reports and figures: the page, the part
    the figure was read from, what a revisit of these repeats, the robots.txt that was in force,
    each with its request. `gongkai import` takes it back in.

    \b
    Examples:
      gongkai wacz -o archive.wacz
      gongkai wacz --figure 5b0c9a1e2f3d4c5b -o evidence.wacz
      gongkai wacz --query "SELECT report_id FROM reports WHERE year = 2020" -o 2020.wacz
    """
    if output is None:
        raise UsageError("wacz: name the file: -o FILE.wacz")
    written = write_wacz(Archive(archive_dir), output, Chosen(reports, figures, query))
    note(f"{output}: {written.indexed} captures, {written.pages} pages")
    if not written.indexed:
        note("nothing was chosen that can be shown")
        sys.exit(1)
