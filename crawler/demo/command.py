"""`gongkai demo`: the whole tour on the bundled portal, in the very commands a user would type."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

import click

from archive.errors import GongkaiError, UsageError
from crawler.demo.portal import DemoPortal
from crawler.demo.site import report_path

MARKER = ".gongkai-demo"
SERIES_AGENCY = "莆田市科学技术局"
SERIES_YEARS = "2019-2024"
FIGURES = (
    "SELECT r.form, count(DISTINCT r.report_id) AS reports,"
    " count(*) FILTER (WHERE o.status = 'reported') AS figures,"
    " count(*) FILTER (WHERE o.status = 'blank') AS blanks"
    " FROM reports r JOIN observations o USING (report_id, snapshot) GROUP BY r.form"
    " ORDER BY r.form"
)
FAILED_CHECKS = (
    "SELECT r.agency, r.year, c.clause FROM checks c JOIN reports r USING (report_id, snapshot)"
    " WHERE c.verdict = 'fails' ORDER BY r.agency, r.year, c.n"
)
# A crawl that could not fetch everything says so with 1 and has stored the rest.
_PARTLY = 1


@click.command()
@click.option(
    "--archive",
    "archive_dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to put the demo's archive. Default: data/demo-archive of a checkout, else"
    " ./gongkai-demo. It is made anew each time.",
)
@click.option("--keep", is_flag=True, help="Add to the demo's archive instead of making it anew.")
def demo(archive_dir: Path | None, keep: bool) -> None:
    """Crawl a bundled portal, rebuild, compare, and show what was read.

    The portal runs on this machine only; nothing is fetched from elsewhere.

    \b
    Example:
      gongkai demo
      gongkai demo --archive /tmp/demo
    """
    archive = archive_dir or default_demo_archive()
    prepare(archive, keep)
    with DemoPortal() as portal:
        _say(f"The demo portal runs at {portal.url} (only while the crawl lasts).")
        crawl = ("crawl", "--url", portal.url, "--allow-host", "127.0.0.1", "--delay", "0")
        _run((*crawl, "--archive", str(archive)), allowed=(0, _PARTLY))
        _say(f"The portal answered {portal.requests} requests.")
        report = urljoin(portal.url, report_path())
    where = ("--archive", str(archive))
    # Builds twice from the WARC files and compares with what the crawl itself left.
    _run(("rebuild", "--verify", *where))
    _summary(where)
    _look_next(report, where)


def default_demo_archive() -> Path:
    """`data/demo-archive` in a checkout, else `gongkai-demo` in the current folder."""
    root = Path(__file__).resolve().parent.parent.parent
    if (root / "scrapy.cfg").is_file():
        return root / "data" / "demo-archive"
    return Path.cwd() / "gongkai-demo"


def prepare(archive: Path, keep: bool) -> None:
    """Makes the archive's folder anew, if it is one that the demo made.

    Raises:
        UsageError: the folder holds something else.
    """
    if archive.exists() and any(archive.iterdir()):
        if not (archive / MARKER).is_file():
            raise UsageError(f"{archive} is not empty and was not made by the demo: name another")
        if not keep:
            shutil.rmtree(archive)
    archive.mkdir(parents=True, exist_ok=True)
    (archive / MARKER).write_text("made by gongkai demo; deleted by the next one\n")


def _summary(where: Sequence[str]) -> None:
    _say("What the archive holds now:")
    _run(("status", *where))
    _say("Figures read, by the form of the tables:")
    _run(("sql", FIGURES, *where))
    _say("One body across years: received, left over at the end, carried in the year after.")
    chosen = ("--agency", SERIES_AGENCY, "--applicant", "total", "--year", SERIES_YEARS)
    _run(("series", "requests.new", *chosen, *where))
    for indicator in ("requests.carried_out", "requests.carried_in"):
        _run(("series", indicator, "--no-chart", *chosen, *where))
    _say("Where a publisher's own sums do not hold (shown, never repaired):")
    _run(("sql", FAILED_CHECKS, *where))


def _look_next(report: str, where: Sequence[str]) -> None:
    option = shlex.join(where)
    _say("Where to look next:")
    click.echo(f"  gongkai show {report} {option}")
    click.echo(f"  gongkai serve {option}")
    click.echo(f"  gongkai search 申请 {option}")
    click.echo(f"  gongkai export observations -o observations.csv {option}")


def _run(arguments: Sequence[str], allowed: Sequence[int] = (0,)) -> None:
    """Shows a command, runs it, and stops the tour where it fails."""
    click.secho(f"\n$ gongkai {' '.join(map(_quoted, arguments))}", bold=True)
    sys.stdout.flush()
    command = [sys.executable, "-m", "gongkai", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(_import_path())}
    status = subprocess.run(command, env=environment, check=False).returncode
    if status not in allowed:
        raise GongkaiError(f"the demo stopped: `gongkai {arguments[0]}` ended with {status}")


def _quoted(argument: str) -> str:
    """The argument as a person would type it."""
    if " " in argument and not set(argument) & set('"$`\\'):
        return f'"{argument}"'
    return argument if argument.isalnum() else shlex.quote(argument)


def _import_path() -> list[str]:
    root = str(Path(__file__).resolve().parent.parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    return [root, inherited] if inherited else [root]


def _say(text: str) -> None:
    click.echo(f"\n{text}")
