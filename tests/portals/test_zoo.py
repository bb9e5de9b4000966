"""Every row of every family is found exactly once, and no listing is followed for ever."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

import pytest

from parsers.portals import Listing, Page, PageRequest, read_listing, recognise, recognise_wall
from tests.portals.zoo import Zoo
from tests.portals.zoo.animals import ANIMALS
from tests.portals.zoo.walls import WALLS, Wall

BUDGET = 40


class Walk(NamedTuple):
    listings: list[Listing]

    @property
    def urls(self) -> Counter[str]:
        """How many pages brought each address."""
        return Counter(row.url for listing in self.listings for row in listing.rows)


@pytest.fixture(scope="module")
def zoo() -> Iterator[Zoo]:
    with Zoo() as running:
        yield running


@pytest.fixture(scope="module")
def opener(zoo: Zoo) -> OpenerDirector:
    return build_opener(ProxyHandler({"http": zoo.proxy}))


def decode(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("gb18030")


def fetch(opener: OpenerDirector, request: PageRequest) -> Page:
    body = request.body if request.method == "POST" else None
    wire = Request(request.url, data=body, headers=dict(request.headers), method=request.method)
    try:
        with opener.open(wire, timeout=10) as answer:
            return page(request, answer.status, dict(answer.headers), answer.read())
    except HTTPError as error:
        return page(request, error.code, dict(error.headers), error.read())


def page(request: PageRequest, status: int, headers: Mapping[str, str], body: bytes) -> Page:
    return Page(request.url, decode(body), status, headers, request.state)


def walk(opener: OpenerDirector, url: str) -> Walk:
    queue = [PageRequest(url)]
    listings: list[Listing] = []
    while queue:
        assert len(listings) < BUDGET, f"{url} is followed without end"
        listing = read_listing(fetch(opener, queue.pop(0)))
        listings.append(listing)
        queue.extend(listing.next)
    return Walk(listings)


@pytest.mark.parametrize("host", sorted(ANIMALS))
def test_every_row_is_found_once(host: str, opener: OpenerDirector) -> None:
    animal = ANIMALS[host]
    base = f"http://{host}{animal.entry}"
    wanted = {urljoin(base, animal.address(item)): item for item in animal.items}
    found = walk(opener, base)
    rows = {row.url: row for listing in found.listings for row in listing.rows}
    assert set(wanted) <= set(rows), "missing rows"
    assert {url: (rows[url].title, rows[url].date) for url in wanted} == {
        url: (item.title, item.date) for url, item in wanted.items()
    }
    for listing in found.listings:
        assert len({row.url for row in listing.rows}) == len(listing.rows)
    assert found.listings[-1].end_reason == animal.end


@pytest.mark.parametrize("host", sorted(set(ANIMALS) - {"vsb-growing.gov.cn"}))
def test_nothing_but_rows_is_found(host: str, opener: OpenerDirector) -> None:
    animal = ANIMALS[host]
    base = f"http://{host}{animal.entry}"
    wanted = {urljoin(base, animal.address(item)) for item in animal.items}
    assert set(walk(opener, base).urls) == wanted


@pytest.mark.parametrize("host", sorted(ANIMALS))
def test_the_family_is_recognised(host: str, opener: OpenerDirector) -> None:
    animal = ANIMALS[host]
    assert recognise(fetch(opener, PageRequest(f"http://{host}{animal.entry}"))) == animal.family


def test_rows_added_while_paging_pass_nothing_over(opener: OpenerDirector) -> None:
    """Files of a reversed pager are renumbered; the page passed over is asked for."""
    found = walk(opener, "http://vsb-growing.gov.cn/zwgk/nb.htm")
    assert len(found.urls) >= len(ANIMALS["vsb-growing.gov.cn"].items)


@pytest.mark.parametrize("host", sorted(ANIMALS))
def test_no_request_is_sent_twice(host: str) -> None:
    with Zoo() as own:
        walk(build_opener(ProxyHandler({"http": own.proxy})), f"http://{host}{ANIMALS[host].entry}")
        assert own.seen
        assert max(own.seen.values()) == 1


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: f"{wall.name or 'none'}-{wall.status}")
def test_walls_are_recognised(wall: Wall) -> None:
    for encoding in ("utf-8", "gb18030"):
        body = wall.body.encode(encoding)
        assert recognise_wall(wall.status, wall.headers, body) == wall.name
