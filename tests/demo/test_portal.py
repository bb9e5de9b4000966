"""The demo portal serves what the tour needs, and its reports can be found by the readers."""

from urllib.request import ProxyHandler, build_opener

import pytest

from archive.errors import SurroundingsError
from crawler.demo import DemoPortal
from crawler.demo.sample import load_sample
from parsers.portals import Page, find_columns, read_article, read_listing, recognise
from parsers.portals.records import Row

OPENER = build_opener(ProxyHandler({}))


def fetch(url: str) -> tuple[str, bytes]:
    with OPENER.open(url, timeout=10) as answer:
        return answer.headers.get("Content-Type", ""), answer.read()


def page_at(url: str, state: dict[str, str] | None = None) -> Page:
    return Page(url, fetch(url)[1].decode("utf-8"), state=state or {})


def column_rows(url: str) -> list[Row]:
    rows: list[Row] = []
    listing = read_listing(page_at(url))
    rows.extend(listing.rows)
    while listing.next:
        (request,) = listing.next
        listing = read_listing(page_at(request.url, dict(request.state)))
        rows.extend(listing.rows)
    return rows


def test_the_column_is_found_from_the_home_page() -> None:
    with DemoPortal() as portal:
        first = find_columns(page_at(portal.url))[0]
        assert first.url == f"{portal.url}zfxxgk/"
        best = find_columns(page_at(first.url))[0]
        assert best.url == f"{portal.url}zfxxgk/zfxxgknb/"


def test_every_row_is_listed_once_over_three_pages() -> None:
    wanted = {page.title: page.date for page in load_sample().pages if page.kind != "news"}
    with DemoPortal() as portal:
        rows = column_rows(f"{portal.url}zfxxgk/zfxxgknb/")
        assert portal.requests == 3
    assert {row.title: row.date for row in rows} == wanted
    assert len(rows) == len(wanted)


def test_articles_name_title_date_and_attachment() -> None:
    with DemoPortal() as portal:
        for row in column_rows(f"{portal.url}zfxxgk/zfxxgknb/"):
            payload = fetch(row.url)[1]
            text = payload.decode("gb18030" if "温州" in row.title else "utf-8")
            article = read_article(Page(row.url, text))
            assert (article.title, article.date) == (row.title, row.date)
            documents = [link for link in article.links if link.kind == "attachment"]
            assert len(documents) == (1 if "知识产权" in row.title else 0)


def test_the_mislabelled_pages_are_what_they_should_be() -> None:
    base = "zfxxgk/zfxxgknb/"
    with DemoPortal() as portal:
        label, payload = fetch(f"{portal.url}{base}201801/t20180103_1170582.html")
        assert "utf-8" in label
        with pytest.raises(UnicodeDecodeError):
            payload.decode("utf-8")
        assert "温州市科学技术局" in payload.decode("gb18030")
        label, payload = fetch(f"{portal.url}{base}201702/t20170222_0957146.html")
        assert "gb2312" in label
        assert "舒兰市科技局" in payload.decode("utf-8")


def test_an_unknown_path_answers_200_with_a_page_that_says_gone() -> None:
    with DemoPortal() as portal:
        assert "页面不存在" in page_at(f"{portal.url}nothing/here.html").text


def test_a_taken_port_is_told() -> None:
    with DemoPortal() as portal:
        port = int(portal.url.rsplit(":", 1)[1].rstrip("/"))
        with pytest.raises(SurroundingsError, match="taken"), DemoPortal(port):
            pass


def test_the_listing_is_of_the_trs_family() -> None:
    with DemoPortal() as portal:
        assert recognise(page_at(f"{portal.url}zfxxgk/zfxxgknb/")) == "trs"
