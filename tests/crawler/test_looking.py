"""Looking without collecting: the doctor, and a crawl that is answered by the archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler import site
from tests.crawler.running import captured, crawl, doctor
from tests.crawler.server import Answer, Reply, Server, page

STYLE = "body{background:url(/images/back.png)}@font-face{src:url('/fonts/song.woff2')}"
REQUISITES = ["/css/site.css", "/images/seal.png", "/images/back.png", "/fonts/song.woff2"]


def dressed() -> dict[str, Answer]:
    """The small portal, its newest report with a style sheet and a seal."""
    routes = site.site()
    head = "<link rel=stylesheet href=/css/site.css><body><img src=/images/seal.png alt=''>"
    routes[site.report_path(2023)] = page(site.report(2023).replace("<body>", head))
    css = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\nContent-Length: {len(STYLE)}\r\n\r\n{STYLE}"
    )
    routes["/css/site.css"] = Reply(css.encode())
    return routes | {path: page(b"\x89PNG" * 300) for path in REQUISITES[1:]}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    archive = tmp_path_factory.mktemp("looking")
    with Server(dressed()) as server:
        done = crawl(archive, "--url", server.url + "/")
        assert done.returncode == 0, done.stderr
        yield archive, server


def test_what_a_report_page_is_shown_with_is_archived_last(crawled: tuple[Path, Server]) -> None:
    archive, server = crawled
    rows = [row for row in captured(archive) if row["role"] == "requisite"]
    assert sorted(row["url"] for row in rows) == sorted(server.url + path for path in REQUISITES)
    pages = {row["record_id"]: row["url"] for row in captured(archive) if row["role"] == "page"}
    assert {pages[row["part_of"]] for row in rows} == {server.url + site.report_path(2023)}
    others = [path for path in server.paths() if path not in REQUISITES]
    assert server.paths()[: len(others)] == others


def test_an_offline_crawl_finds_the_same_and_keeps_nothing(crawled: tuple[Path, Server]) -> None:
    archive, server = crawled
    before, asked = captured(archive), len(server.passed)
    done = crawl(archive, "--url", server.url + "/", "--offline")
    assert done.returncode == 0, done.stderr
    assert "9 found, 0 new, 0 changed, 9 unchanged" in done.stderr
    assert sum(line.startswith("take\t") for line in done.stdout.splitlines()) == 9
    assert captured(archive) == before
    assert len(server.passed) == asked


def test_what_the_archive_has_not_is_told_offline(crawled: tuple[Path, Server]) -> None:
    archive, server = crawled
    done = crawl(archive, "--url", server.url + "/news/", "--offline")
    assert done.returncode == 1
    assert "is not in the archive" in done.stderr


def test_the_doctor_explains_a_live_portal(tmp_path: Path) -> None:
    routes = site.site() | {"/robots.txt": page("User-agent: *\nDisallow: /closed/\n")}
    routes["/"] = page(
        '<a href="/zfxxgk/zfxxgknb/">政府信息公开年报</a><a href="/map/">网站地图</a>'
    )
    with Server(routes) as server:
        done = doctor(tmp_path, "--url", server.url + "/", "--allow-host", "127.0.0.1:*")
        assert not set(server.paths()) & set(map(site.report_path, site.YEARS))
    assert done.returncode == 0, done.stderr
    for words in (
        "obeyed", "no wall", "[trs] 3 page(s), 12 row(s), 9 report(s); pager: last_page",
        "link text names the annual reports", "2015: 1", "2023: 1", "9 report(s) found",
        "12 " + server.url + "/map/ (网站地图: the site map)",
    ):  # fmt: skip
        assert words in done.stdout
    assert not list(tmp_path.iterdir())


def test_the_doctor_tells_gaps_and_walls(tmp_path: Path) -> None:
    wall = page("<script>$_ts={}</script>", "412 Precondition Failed")
    rows = "".join(
        f"<li><a href='{site.report_path(y)}'>{site.title(y)}</a></li>" for y in (2015, 2018)
    )
    routes = {
        "/nb/": page(f"<ul>{rows}</ul><a href=/zfxxgk/>政府信息公开专栏</a>"),
        "/zfxxgk/": wall,
    }
    with Server(routes) as server:
        done = doctor(tmp_path, "--url", server.url + "/nb/", "--allow-host", "127.0.0.1:*")
        blind = doctor(tmp_path, "--url", server.url + "/zfxxgk/", "--allow-host", "127.0.0.1:*")
    assert "no report of 2016, 2017" in done.stdout
    assert (done.returncode, blind.returncode) == (0, 1)
    assert "wall ruishu (1x): it is never passed" in blind.stdout


def test_the_doctor_looks_into_the_archive(crawled: tuple[Path, Server]) -> None:
    archive, server = crawled
    asked = len(server.passed)
    done = doctor(archive, "--url", server.url + "/", "--offline")
    assert done.returncode == 0, done.stderr
    assert "9 report(s) found" in done.stdout
    assert "robots.txt of" in done.stdout
    assert len(server.passed) == asked


@pytest.mark.parametrize("arguments", [["anhui", "--url", "http://127.0.0.1/"], ["nowhere"]])
def test_the_doctor_wants_one_portal(tmp_path: Path, arguments: list[str]) -> None:
    done = doctor(tmp_path, *arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
