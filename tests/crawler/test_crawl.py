"""Whole crawls of loopback portals through the command line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from pipelines.rebuild import rebuild
from tests.crawler import site
from tests.crawler.running import captured, crawl
from tests.crawler.server import Server, page

REPORTS = [site.report_path(year) for year in site.YEARS]
ATTACHMENTS = [site.attachment_path(year) for year in site.YEARS]


def account(archive: Path) -> dict[str, Any]:
    connection = sqlite3.connect(archive / "gongkai.db")
    try:
        rows = connection.execute("SELECT account FROM runs ORDER BY started_at").fetchall()
    finally:
        connection.close()
    told: dict[str, Any] = json.loads(rows[-1][0])
    return told


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Server, str]:
    archive = tmp_path_factory.mktemp("crawl")
    with Server(site.site()) as server:
        done = crawl(archive, "--url", server.url + "/", "--agency", site.AGENCY)
    assert done.returncode == 0, done.stderr
    return archive, server, done.stderr


def test_every_report_is_found_and_nothing_else(crawled: tuple[Path, Server, str]) -> None:
    archive, _, _ = crawled
    pages = [row["url"] for row in captured(archive) if row["role"] == "page"]
    assert sorted(url.split("/", 3)[3] for url in pages) == sorted(p[1:] for p in REPORTS)


def test_each_page_is_fetched_once(crawled: tuple[Path, Server, str]) -> None:
    _, server, _ = crawled
    assert sorted(server.paths()) == sorted(set(server.paths()))
    assert set(REPORTS + ATTACHMENTS) <= set(server.paths())


def test_attachments_belong_to_their_page(crawled: tuple[Path, Server, str]) -> None:
    archive, _, _ = crawled
    rows = captured(archive)
    pages = {row["record_id"]: row for row in rows if row["role"] == "page"}
    parts = [row for row in rows if row["role"] == "part"]
    assert len(parts) == len(ATTACHMENTS)
    for part in parts:
        assert pages[part["part_of"]]["url"].rsplit("/", 1)[0] == part["url"].rsplit("/", 1)[0]
        assert json.loads(part["context"])["page_url"] == pages[part["part_of"]]["url"]
        assert json.loads(part["context"])["relation"] == "attachment"


def test_what_discovery_knew_is_stored_with_the_page(crawled: tuple[Path, Server, str]) -> None:
    archive, server, _ = crawled
    (row,) = [r for r in captured(archive) if r["url"] == server.url + site.report_path(2020)]
    context = json.loads(row["context"])
    assert context["link_text"] == site.title(2020)
    assert context["listing_date"] == "2021-01-20"
    assert context["column"] == "政府信息公开年报"
    assert context["agency"] == site.AGENCY


def test_rows_passed_over_are_stored_with_the_reason(crawled: tuple[Path, Server, str]) -> None:
    archive, server, _ = crawled
    noted = [
        row
        for path in (site.COLUMN, site.COLUMN + "index_1.html", site.COLUMN + "index_2.html")
        for each in json_notes(archive, server.url + path)
        for row in each.get("rows", [])
    ]
    assert sum(row["taken"] for row in noted) == len(REPORTS)
    passed_over = {row["title"]: row["reason"] for row in noted if not row["taken"]}
    assert set(passed_over) == set(site.DECOYS)
    assert all(passed_over.values())


def json_notes(archive: Path, url: str) -> list[dict[str, Any]]:
    return [json.loads(row["notes"]) for row in captured(archive) if row["url"] == url]


def test_the_account_is_stored_and_told(crawled: tuple[Path, Server, str]) -> None:
    archive, _, told = crawled
    facts_told = account(archive)
    (portal,) = facts_told["portals"]
    assert (portal["found"], portal["new"], portal["passed_over"]) == (9, 9, 3)
    assert facts_told["complete"]
    assert "9 found, 9 new" in told


def test_a_second_run_finds_what_was_replaced_without_a_word_and_the_rest_unchanged(
    tmp_path: Path,
) -> None:
    replaced = site.report_path(2020)
    with Server(site.site()) as server:
        first = crawl(tmp_path, "--url", server.url + "/")
        server.routes[replaced] = page(site.report(2020).replace("2020件", "20件"))
        second = crawl(tmp_path, "--url", server.url + "/")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "9 found, 0 new, 1 changed, 8 unchanged" in second.stderr
    rows = [row for row in captured(tmp_path) if row["role"] == "page"]
    again = [row for row in rows[9:] if row["url"] != server.url + replaced]
    assert {(row["kind"], row["status"]) for row in again} == {("revisit", 304)}
    both = [row for row in rows if row["url"] == server.url + replaced]
    assert len({row["payload_sha256"] for row in both}) == 2
    rebuild(Archive(tmp_path), jobs=1)
    with closing(sqlite3.connect(tmp_path / "gongkai.db")) as connection:
        events = connection.execute("SELECT kind, other_snapshot, snapshot FROM events").fetchall()
        versions = connection.execute("SELECT version FROM reports WHERE year = 2020").fetchall()
    assert ("text_changed", *(row["record_id"] for row in both)) in events
    assert sorted(versions) == [(1,), (2,)]


def test_nothing_found_is_a_failure_that_is_explained(tmp_path: Path) -> None:
    with Server({"/": page("<p>欢迎")}) as server:
        done = crawl(tmp_path, "--url", server.url + "/")
    assert done.returncode == 1
    assert "no report found" in done.stderr


def test_a_report_that_is_missing_makes_the_crawl_incomplete(tmp_path: Path) -> None:
    routes = site.site()
    del routes[site.report_path(2018)]
    del routes[site.attachment_path(2019)]
    with Server(routes) as server:
        done = crawl(tmp_path, "--url", server.url + "/")
    assert done.returncode == 1
    (portal,) = account(tmp_path)["portals"]
    assert (portal["found"], portal["new"], portal["failed"], portal["incomplete"]) == (9, 8, 1, 1)
    assert f"failed: {server.url}{site.report_path(2018)} (http_404)" in done.stderr
    assert "--resume" in done.stderr


def test_dry_run_says_what_and_why_and_keeps_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    with Server(site.site()) as server:
        done = crawl(archive, "--url", server.url + site.COLUMN, "--dry-run")
        assert not set(REPORTS) & set(server.paths())
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert sum(line.startswith("take\t") for line in lines) == 9
    assert sum(line.startswith("pass\t") for line in lines) == 3
    assert not archive.exists()


def test_a_report_shown_in_full_with_a_menu_of_years_is_a_report_and_a_listing(
    tmp_path: Path,
) -> None:
    years = range(2018, 2023)
    menu = "".join(
        f'<li><a href="{site.report_path(year)}">{site.title(year)}</a><span>{year}</span></li>'
        for year in years
    )
    shown = site.report(2023).replace("<body>", f"<body><ul>{menu}</ul>")
    others = {site.report_path(year): page(site.report(year)) for year in years}
    with Server({"/nb/": page(shown), **others}) as server:
        done = crawl(tmp_path, "--url", server.url + "/nb/")
    pages = {row["url"] for row in captured(tmp_path) if row["role"] == "page"}
    assert pages == {server.url + path for path in ("/nb/", *others)}, done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["no-such-portal"], 2, "no-such-portal"),
        (["--url", "not an address"], 2, "is no address"),
        (["--url", "http://127.0.0.2:1/"], 2, "--allow-host"),
        (["--agency", "某局"], 2, "--url"),
        (["--url", "http://127.0.0.1:1/", "-s", "NOVALUE"], 2, "NAME=VALUE"),
        (["--url", "http://127.0.0.1:1/", "-s", "DOWNLOAD_DELAY=soon"], 2, "is a number"),
        (["--url", "http://127.0.0.1:1/", "--resume", "never-was"], 2, "never-was"),
    ],
)
def test_wrong_calls_are_one_clear_line(
    tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    done = crawl(tmp_path, *arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (status, 1), done.stderr
    assert words in done.stderr


def test_a_second_writer_is_refused_with_a_clear_line(tmp_path: Path) -> None:
    with Archive(tmp_path).lock("import"):
        done = crawl(tmp_path, "--url", "http://127.0.0.1:1/")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1), done.stderr
    assert "is busy (import" in done.stderr
