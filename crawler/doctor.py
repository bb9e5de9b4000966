"""Explains a portal: what kind it is, how its reports are come to, and what stands in the way."""

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.declarations.portals import Portal
from archive.errors import SurroundingsError
from archive.store import Archive
from crawler.findings import Findings
from crawler.options import CrawlOptions
from crawler.politeness.addresses import as_asked
from crawler.run import check_hosts, crawled, settings_of, spider_of

_SHOWN = 12
_PASSED_BY_HAND = "it is never passed; save the pages in a browser and import them"
# What can be done about a wall, where that is more than to pass it by hand.
_WALLS = {
    "soft_404": "the site says that there is no such page",
    "burst": "it was asked too often: a longer --delay may help",
    "geo": "it answers within the country or its own network only: crawl from there",
    "login": "it asks one to log in, which a public page does not",
    "maintenance": "it is closed for now: try again later",
}


def examine(options: CrawlOptions, columns: int) -> tuple[list[str], bool]:
    """Looks at one portal, at most so many columns, and explains what was seen.

    Args:
        options: what to look at; with `offline` the archive answers instead of the network.
        columns: how many columns may be looked into.

    Returns:
        The explanation, and whether reports were found.
    """
    settings = settings_of(options)
    check_hosts(options, settings)
    settings.set("GONGKAI_PAGE_BUDGET", columns, priority="cmdline")
    settings.set("GONGKAI_TELL_ROWS", False, priority="cmdline")
    settings.set("GONGKAI_FINDINGS", True, priority="cmdline")
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        settings.set("GONGKAI_ARCHIVE", folder, priority="cmdline")
        spider = spider_of(crawled(settings, options))
        archive = Archive(options.archive_dir if options.offline else Path(folder))
        (portal,) = options.portals
        lines = [
            *_opening(portal),
            *_wire_lines(archive, portal),
            *_column_lines(spider.findings),
            *_report_lines(spider.findings),
            *_account_lines(spider.account[portal.name].facts()),
            *_browser_advice(portal, spider.findings),
        ]
    return lines, bool(spider.account.found)


def _opening(portal: Portal) -> Iterator[str]:
    yield f"{portal.name}: {portal.title}"
    yield from (f"  start     {url}" for url in portal.start)
    yield from (f"  fallback  {url}" for url in portal.fallback)
    if portal.family:
        yield f"  family pinned: {portal.family}"
    if portal.browser:
        yield "  opened in a browser"
    if portal.note:
        yield f"  note: {portal.note}"


def _wire_lines(archive: Archive, portal: Portal) -> Iterator[str]:
    """robots.txt, TLS, walls and failures, from the exchanges recorded."""
    yield "On the way"
    rows = _exchanges(archive, portal)
    robots = {_host(row): str(row["status"] or row["error"]) for row in rows if _is_robots(row)}
    yield from (f"  robots.txt of {host}: {_robots(told)}" for host, told in robots.items())
    secure = {_host(row) for row in rows if row["tls_sha256"]}
    yield from (f"  {host}: TLS works" for host in sorted(secure))
    shown = [json.loads(row["notes"]) for row in rows if row["fidelity"] == "rendered"]
    if shown:
        yield f"  {len(shown)} page(s) opened in {shown[0]['browser']}"
    failures = Counter((_host(row), row["error"]) for row in rows if row["error"])
    for (host, error), times in sorted(failures.items()):
        yield f"  {host}: {error} ({times}x){_advice(error)}"
    walls = Counter((_host(row), json.loads(row["notes"]).get("wall", "")) for row in rows)
    named = {key: times for key, times in walls.items() if key[1]}
    for (host, wall), times in named.items():
        yield f"  {host}: wall {wall} ({times}x){_wall_advice(wall)}"
    if not named:
        yield "  no wall was met"


def _exchanges(archive: Archive, portal: Portal) -> list[dict[str, Any]]:
    if not archive.database_path.exists():
        raise SurroundingsError(f"no archive at {archive.directory}: crawl or import first")
    hosts = {as_asked(urlsplit(url).netloc) for url in (*portal.start, *portal.fallback)}
    address = f"{archive.database_path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(
            "SELECT url, role, status, error, tls_sha256, fidelity, notes"
            " FROM captures ORDER BY date"
        )
        return [dict(row) for row in found if urlsplit(row["url"]).netloc in hosts]


def _is_robots(row: dict[str, Any]) -> bool:
    return str(row["role"]) == "robots"


def _host(row: dict[str, Any]) -> str:
    return urlsplit(str(row["url"])).netloc


def _robots(told: str) -> str:
    if not told.isdigit():
        return f"could not be had ({told}): nothing may be fetched"
    if told == "200":
        return "obeyed"
    closed = int(told) >= 500 or told == "429"
    return f"{told}: {'nothing may be fetched' if closed else 'no rules'}"


def _advice(error: str) -> str:
    return "; outdated TLS may be declared by legacy_tls" if error == "tls" else ""


def _wall_advice(wall: str) -> str:
    what = _WALLS.get(wall, "")
    return f": {what}" if what else f": {_PASSED_BY_HAND}"


def _column_lines(findings: Findings) -> Iterator[str]:
    yield "Columns looked into"
    yield from (f"  {'  ' * seen.depth}{seen.line()}" for seen in findings.columns.values())
    if not findings.columns:
        yield "  none"
    left = findings.unseen()
    if left:
        yield f"Columns named but not looked into ({len(left)})"
        for column in left[:_SHOWN]:
            yield f"  {column.score:3} {column.url} ({column.text}: {column.reason})"


def _report_lines(findings: Findings) -> Iterator[str]:
    yield "Reports by year"
    yield from (f"  {line}" for line in findings.year_lines())


def _browser_advice(portal: Portal, findings: Findings) -> Iterator[str]:
    """What to try where pages were had and no row was on any of them."""
    seen = findings.columns.values()
    if seen and not portal.browser and not any(column.rows for column in seen):
        yield "if a browser shows rows there, declare `browser: true` (for one address: --browser)"


def _account_lines(facts: dict[str, Any]) -> Iterator[str]:
    reasons = [f"  {r['what']}: {r['url']} ({r['why']})" for r in facts["reasons"]]
    yield f"{facts['found']} report(s) found, {facts['passed_over']} row(s) passed over"
    yield from reasons[:_SHOWN]
    yield from (f"  {note}" for note in facts["notes"])
