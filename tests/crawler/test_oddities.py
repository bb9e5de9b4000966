"""One crawl of many odd portals: all reports of each, nothing else, and a true account."""

import json
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from tests.crawler import fresh_data, fresh_pagers, fresh_rows, fresh_systems, fresh_tables, turning
from tests.crawler.fresh import FRESH
from tests.crawler.latecomers import LATECOMERS
from tests.crawler.newcomers import NEWCOMERS
from tests.crawler.newcomers_ways import WAYS
from tests.crawler.oddities import SITES as ODDITIES
from tests.crawler.oddities import Site
from tests.crawler.running import captured, crawl_through
from tests.crawler.server import Answer, Server
from tests.crawler.strangers import STRANGERS
from tests.crawler.strangers_layouts import LAYOUTS

# Importing them adds their portals.
assert all((fresh_data, fresh_pagers, fresh_rows, fresh_systems, fresh_tables, turning))
SITES = {**ODDITIES, **STRANGERS, **LAYOUTS, **NEWCOMERS, **WAYS, **LATECOMERS, **FRESH}


@dataclass(frozen=True)
class Visit:
    captures: list[dict[str, Any]]
    asked: list[str]
    account: list[str]
    told: str

    def paths(self, host: str, role: str) -> set[str]:
        """The paths of a portal's captures; addresses at a host that it leads to stay whole."""
        start = f"http://{host}"
        of_portal = (
            row["url"]
            for row in self.captures
            if row["role"] == role and json.loads(row["context"] or "{}").get("portal") == host
        )
        return {url.removeprefix(start) for url in of_portal}

    def line(self, host: str) -> str:
        """All that the account tells of a portal."""
        at = next(n for n, line in enumerate(self.account) if line.startswith(f"{host}:"))
        more = takewhile(lambda line: line.startswith("  "), self.account[at + 1 :])
        return "\n".join([self.account[at], *more])


def routes() -> dict[str, Answer]:
    return {
        path if path.startswith("http") else f"http://{host}{path}": answer
        for host, site in SITES.items()
        for path, answer in site.answers.items()
    }


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    archive: Path = tmp_path_factory.mktemp("odd")
    portals = {host: f"http://{host}{site.start}" for host, site in SITES.items()}
    with Server(routes()) as server:
        done = crawl_through(server.url, archive, portals)
        asked = [each.target for each in server.passed]
    return Visit(captured(archive), asked, done.stderr.splitlines(), done.stderr)


HOSTS = pytest.mark.parametrize(("host", "site"), SITES.items(), ids=list(SITES))


@HOSTS
def test_the_reports_are_archived_and_nothing_else(host: str, site: Site, visit: Visit) -> None:
    assert visit.paths(host, "page") == set(site.wanted), visit.line(host)


@HOSTS
def test_their_parts_are_archived(host: str, site: Site, visit: Visit) -> None:
    assert visit.paths(host, "part") == set(site.parts)


@HOSTS
def test_the_account_tells_what_is_missing_and_why(host: str, site: Site, visit: Visit) -> None:
    assert site.account in visit.line(host)


@HOSTS
def test_what_is_forbidden_is_not_asked_for(host: str, site: Site, visit: Visit) -> None:
    assert not {f"http://{host}{path}" for path in site.unseen} & set(visit.asked)


def test_no_page_made_a_reader_fail(visit: Visit) -> None:
    assert "cannot be read" not in visit.told
    assert "Traceback" not in visit.told
