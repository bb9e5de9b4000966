"""`gongkai crawl`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from archive.console import archive_option, form_notes, note
from archive.declarations.portals import Portal
from archive.errors import UsageError
from archive.store import Archive
from archive.telling import Listener
from crawler.notes import json_note
from crawler.options import CrawlOptions
from crawler.portals import named_portals, portal_at
from crawler.schedule.commands import crawl_due, policy_option


@click.command()
@click.argument("names", metavar="[PORTAL]...", nargs=-1)
@click.option("--url", metavar="URL", help="One home page, column or report page instead.")
@click.option(
    "--agency", default="", metavar="NAME", help="The body that all reports at URL are of."
)
@click.option("--region", default="", metavar="CODE", help="Division code of that body's place.")
@click.option("--year", type=int, metavar="Y", help="The year that the report at URL is of.")
@click.option("--browser", is_flag=True, help="Open the pages at URL in a browser.")
@click.option("--dry-run", is_flag=True, help="Print what would be taken and why; keep nothing.")
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="GLOB",
    help="A host beyond the official ones; may be given several times.",
)
@click.option(
    "--delay",
    type=click.FloatRange(0, 3600),
    metavar="SECONDS",
    help="Time between two requests to one address (3 by default).",
)
@click.option(
    "--contact",
    envvar="GONGKAI_CONTACT",
    default="",
    metavar="ADDRESS",
    help="Mail or web address that the user agent names.",
)
@click.option("--due", is_flag=True, help="Only what is due by the timetable, then stop.")
@policy_option
@click.option("--resume", metavar="RUN", help="Go on with this run.")
@click.option("--fresh", is_flag=True, help="Begin anew though the last run was broken off.")
@click.option(
    "--offline", is_flag=True,
    help="Answer from the archive instead of the network and keep nothing: tries how reports are "
    "found on what was captured before.",
)  # fmt: skip
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The log on standard error; -s LOG_LEVEL=INFO for more of it.",
)
@click.option(
    "--hook", envvar="GONGKAI_HOOK", default="", metavar="COMMAND",
    help="Give each change event and alarm from now on to COMMAND, once, as JSON on its input.",
)  # fmt: skip
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="Any Scrapy setting.")
@archive_option
def crawl(log_format: str, hook: str, **given: Any) -> None:
    """Find the annual reports of portals and archive them.

    Without a name all portals declared under data/portals/ are crawled. Ends with 0 if every
    portal gave reports and nothing known of is missing, else with 1 and an account of the gaps.

    A run of the same portals that was broken off within the last day is gone on with: what it has
    is not asked for again. Ctrl-C ends a crawl in order.

    \b
    Example:
      gongkai crawl --url https://www.example.gov.cn/zfxxgk/nb/ --agency 某市科学技术局
    """
    asked = _Asked(**given)
    asked.check()
    if log_format == "json":
        form_notes(json_note)
    options = asked.options(f"GONGKAI_LOG_FORMAT={log_format}")
    tells = hook and not options.writes_nothing
    listener = Listener(Archive(options.archive_dir), hook) if tells else None
    status = crawl_due(options, asked.policy_path) if asked.due else _crawl_at_once(options)
    raise SystemExit(max(status, _told(listener)) if listener else status)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for, by the names of its options."""

    names: tuple[str, ...]
    url: str | None
    agency: str
    region: str
    year: int | None
    browser: bool
    dry_run: bool
    allow_hosts: tuple[str, ...]
    delay: float | None
    contact: str
    due: bool
    policy_path: Path | None
    resume: str | None
    fresh: bool
    offline: bool
    settings: tuple[str, ...]
    archive_dir: Path

    def check(self) -> None:
        """Raises UsageError for options that do not go together."""
        if self.url and self.names:
            raise UsageError("give portal names or --url, not both")
        if self.policy_path and not self.due:
            raise UsageError("--policy goes with --due")
        if self.due and (self.dry_run or self.offline or self.resume):
            raise UsageError("--due does not go with --dry-run, --offline or --resume")
        if not self.url and (self.agency or self.region or self.year or self.browser):
            raise UsageError("--agency, --region, --year and --browser go with --url")

    def options(self, setting: str) -> CrawlOptions:
        """The choices of the crawl; `setting` comes before those given."""
        return CrawlOptions(
            self.archive_dir, self._portals(), self.year, self.dry_run, self.allow_hosts,
            self.delay, self.contact, self.resume or "", self.fresh, self.offline,
            (setting, *self.settings),
        )  # fmt: skip

    def _portals(self) -> tuple[Portal, ...]:
        if not self.url:
            return named_portals(self.names)
        return (portal_at(self.url, self.agency, self.region, browser=self.browser),)


def _crawl_at_once(options: CrawlOptions) -> int:
    # Scrapy and Twisted take their time to import: only a crawl waits for them.
    from crawler.run import run_crawl

    return run_crawl(options)


def _told(listener: Listener) -> int:
    """Gives the hook what is new; the exit status."""
    deliveries = listener.tell()
    note(deliveries.told)
    return 1 if deliveries.failures else 0
