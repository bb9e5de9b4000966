"""The readers on a real saved list page: every row, and the way to the second page."""

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest

from parsers.portals import Page, find_columns, read_listing, recognise

URL = "http://www.example.gov.cn/zone/xxgk/xxgknb/index.html"


@pytest.fixture(scope="module")
def listing_case(real_cases: Path) -> Path:
    return real_cases / "real" / "listing-ordos-egb"


@pytest.fixture(scope="module")
def page(listing_case: Path) -> Page:
    return Page(URL, (listing_case / "list.html").read_text(encoding="utf-8"))


def test_rows_are_those_of_the_gold_in_order(listing_case: Path, page: Page) -> None:
    gold = json.loads((listing_case / "gold_listing.json").read_text(encoding="utf-8"))["links"]
    wanted = [(urljoin(URL, row["href"]), row["title"], row["date"]) for row in gold]
    assert [(row.url, row.title, row.date) for row in read_listing(page).rows] == wanted


def test_the_second_page_follows_and_ends(page: Page) -> None:
    first = read_listing(page)
    (request,) = first.next
    assert request.url == urljoin(URL, "index_1.html")
    row = '<li><a href="./201601/t20160105_1900001.html">旧的一行</a><span>2016-01-05</span></li>'
    last = read_listing(Page(request.url, f"<ul>{row}</ul>", state=request.state))
    assert (last.next, last.end_reason) == ((), "last_page")


def test_family_and_way_up(page: Page) -> None:
    assert recognise(page) == "trs"
    best = find_columns(page)[0]
    assert best.url == urljoin(URL, "../")
    assert "open government information" in best.reason
