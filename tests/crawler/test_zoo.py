"""The whole zoo of portal families in one crawl: every report, nothing else, each page once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.crawler.running import captured, crawl_through
from tests.portals.zoo import Zoo
from tests.portals.zoo.animals import ANIMALS, Item, Request, Response, html

TITLED = "政府信息公开工作年度报告"


class Inhabited(Zoo):
    """The zoo with an article behind every row."""

    def __init__(self) -> None:
        super().__init__()
        self.articles = {
            urljoin(f"http://{host}{animal.entry}", animal.address(item)): item
            for host, animal in ANIMALS.items()
            for item in animal.items
        }

    def answer(self, request: Request) -> Response:
        query = "&".join(f"{name}={value}" for name, value in request.query.items())
        url = f"http://{request.host}{request.path}" + (f"?{query}" if query else "")
        item = self.articles.get(url)
        return article(item) if item else super().answer(request)

    def wanted(self) -> set[str]:
        return {url for url, item in self.articles.items() if TITLED in item.title}


def article(item: Item) -> Response:
    head = f'<meta name="ArticleTitle" content="{item.title}">'
    return html(f"<h1>{item.title}</h1><div id=zoom><p>{'一、总体情况。' * 60}</div>", head)


# One grows while it is read, the other repeats its first page: both name more rows than they give,
# and what is announced and not read is never passed over in silence.
ANNOUNCE_MORE = {"vsb-growing.gov.cn", "jpaas-abroad.gov.cn"}


@dataclass(frozen=True)
class Visit:
    zoo: Inhabited
    captures: list[dict[str, Any]]
    told: str


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    archive: Path = tmp_path_factory.mktemp("zoo")
    portals = {host: f"http://{host}{animal.entry}" for host, animal in ANIMALS.items()}
    zoo = Inhabited()
    with zoo:
        done = crawl_through(zoo.proxy, archive, portals)
        yield Visit(zoo, captured(archive), done.stderr)


def test_every_report_of_every_family_is_archived(visit: Visit) -> None:
    pages = {row["url"] for row in visit.captures if row["role"] == "page"}
    assert visit.zoo.wanted() - pages == set()


def test_nothing_else_is_taken_for_a_report(visit: Visit) -> None:
    pages = {row["url"] for row in visit.captures if row["role"] == "page"}
    assert pages - visit.zoo.wanted() == set()


@pytest.mark.parametrize("host", sorted(ANIMALS))
def test_every_row_passed_over_is_stored_with_a_reason(host: str, visit: Visit) -> None:
    told = {
        row["url"]: row
        for capture in visit.captures
        if capture["url"].startswith(f"http://{host}/") and capture["role"] == "listing"
        for row in json.loads(capture["notes"]).get("rows", ())
    }
    decoys = {url for url, item in visit.zoo.articles.items() if TITLED not in item.title}
    passed_over = {url for url, row in told.items() if not row["taken"] and row["reason"]}
    assert {url for url in decoys if url.startswith(f"http://{host}/")} <= passed_over


def test_no_address_is_asked_for_twice(visit: Visit) -> None:
    twice = [key for key, times in visit.zoo.seen.items() if times > 1 and "robots.txt" not in key]
    assert twice == []


def test_no_portal_harms_another(visit: Visit) -> None:
    assert "cannot be read" not in visit.told
    complete = {line.split(":")[0] for line in visit.told.splitlines() if "; complete" in line}
    assert ANIMALS.keys() - complete == ANNOUNCE_MORE
