"""The commands about portals: list, import, doctor."""

from pathlib import Path

import click

from archive.console import archive_option, note
from archive.errors import SurroundingsError, UsageError
from archive.store import Archive
from crawler.directory import declarations, read_directory
from crawler.options import CrawlOptions
from crawler.portals import declared_portals, named_portals, portal_at

_DOCTOR_COLUMNS = 15


@click.group()
def portals() -> None:
    """List the declared portals, or declare those of a directory."""


@portals.command("list")
@click.argument("words", metavar="[WORD]...", nargs=-1)
def list_portals(words: tuple[str, ...]) -> None:
    """List the declared portals, all or those in which each WORD occurs.

    \b
    Example:
      gongkai portals list 科学技术局
    """
    shown = 0
    for portal in declared_portals().values():
        line = "\t".join((portal.name, portal.title, portal.region, *portal.start))
        if all(word.lower() in line.lower() for word in words):
            click.echo(line)
            shown += 1
    if not shown:
        raise UsageError(f"no declared portal has {' '.join(words)}" if words else "none declared")


@portals.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="Where to write, commonly under data/portals/; standard output by default.",
)  # fmt: skip
@click.option("--place", default="", metavar="CODE", help="Only site codes that begin so.")
def import_directory(file: Path, output: Path | None, place: str) -> None:
    """Declare the sites of a directory: CSV, workbook, or a zip with one.

    FILE has a line of column names: 网站标识码, 网站名称, 主办单位, 网址. A site that is declared
    under the same address already is left out; what cannot be used is told with its line. A host
    that is not under gov.cn is told, and stands under `hosts` of its declaration.

    \b
    Example:
      gongkai portals import sites.csv --place 3503 -o data/portals/putian.yml
    """
    sites, faults = read_directory(file)
    known = {url.rstrip("/") for portal in declared_portals().values() for url in portal.start}
    wanted = (site for site in sites if site.code.startswith(place))
    fresh = [site for site in wanted if known.isdisjoint(url.rstrip("/") for url in site.urls)]
    for fault in faults:
        note(fault)
    for site in fresh:
        for host in site.other_hosts():
            note(f"{site.portal}: {host} is not under gov.cn and stands under its hosts")
    if not fresh:
        raise UsageError(f"{file}: no site to declare")
    _write(declarations(fresh), output)
    note(f"{len(fresh)} portal(s) declared, {len(faults)} line(s) not used")
    raise SystemExit(1 if faults else 0)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    if output.exists():
        raise UsageError(f"{output} is there already")
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SurroundingsError(f"{output}: {error.strerror}") from error


@click.command()
@click.argument("portal", required=False)
@click.option("--url", metavar="URL", help="One home page or column instead of a declared portal.")
@click.option("--browser", is_flag=True, help="Open the pages at URL in a browser.")
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="GLOB",
              help="A host beyond the official ones.")  # fmt: skip
@click.option("--delay", type=click.FloatRange(0, 3600), metavar="SECONDS",
              help="Time between two requests (3 by default).")  # fmt: skip
@click.option("--columns", type=click.IntRange(1, 500), default=_DOCTOR_COLUMNS, metavar="N",
              show_default=True, help="How many columns to look into at most.")  # fmt: skip
@click.option("--offline", is_flag=True, help="Look at what the archive has of it instead.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="Any Scrapy setting.")
@archive_option
def doctor(
    portal: str | None,
    url: str | None,
    browser: bool,
    allow_hosts: tuple[str, ...],
    delay: float | None,
    columns: int,
    offline: bool,
    settings: tuple[str, ...],
    archive_dir: Path,
) -> None:
    """Explain a portal, or without one whether this installation can do its work.

    Of a portal: its family, columns, pagers, walls, and the reports of each year. Looks at listings
    only and keeps nothing. Ends with 0 if reports were found, else with 1.

    Of the installation: disk, lock, clock, database, last run, timetable, extras. Ends with 1 if
    there is a problem.

    \b
    Example:
      gongkai doctor
      gongkai doctor putian-kjj
      gongkai doctor --url https://www.example.gov.cn/zfxxgk/ --offline
    """
    if url and portal:
        raise UsageError("give one portal's name or --url, not both")
    if not (url or portal):
        raise SystemExit(_examine_here(archive_dir))
    if browser and not url:
        raise UsageError("--browser goes with --url; a declared portal has its own `browser`")
    chosen = portal_at(url, browser=browser) if url else named_portals([portal or ""])[0]
    options = CrawlOptions(
        archive_dir, (chosen,), dry_run=True, allow_hosts=allow_hosts, delay_seconds=delay,
        offline=offline, settings=settings,
    )  # fmt: skip
    # Scrapy and Twisted take their time to import: only a look waits for them.
    from crawler.doctor import examine

    lines, found = examine(options, columns)
    for line in lines:
        click.echo(line)
    raise SystemExit(0 if found else 1)


def _examine_here(archive_dir: Path) -> int:
    from crawler.installation import PROBLEM, examine_installation

    findings = examine_installation(Archive(archive_dir))
    for finding in findings:
        click.echo(f"{finding.level:<8}{finding.subject:<14}{finding.detail}")
    return 1 if any(finding.level == PROBLEM for finding in findings) else 0
