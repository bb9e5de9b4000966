"""A crawl that reads in several worker processes stores what a rebuild of its archive stores."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive import texts
from archive.database import open_readonly
from archive.store import Archive
from crawler.demo import DemoPortal
from crawler.demo.docx import write_docx
from pipelines.rebuild import rebuild
from tests.crawler.oddities import rows, typed
from tests.crawler.running import crawl_portals
from tests.crawler.server import Answer, Server, page

DERIVED = ("captures", "documents", "reports", "observations", "checks", "problems", *texts.TABLES)
READING: dict[str, Any] = {
    "ITEM_PIPELINES": {"pipelines.items.ReadingPipeline": 300},
    "GONGKAI_READING": True,
    "GONGKAI_ALLOW_HOSTS": ["127.0.0.1:*"],
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
}
WORDS = "一、总体情况。二、主动公开情况。"
TOLD = "2023年，本机关新收政府信息公开申请5件。"


def sharing() -> dict[str, Answer]:
    """Two pages with one frame that holds their text, and two with one attachment."""

    def body(text: str, year: int) -> Answer:
        name = f"某市科学技术局{year}年政府信息公开工作年度报告"
        return page(f"<html><title>{name}</title><h1>{name}</h1><div id=zoom>{text}</div>")

    text = f"<h2>三、收到和处理政府信息公开申请情况</h2><p>{TOLD}</p><p>{WORDS * 20}</p>"
    frame, link = "<iframe src=/body.html></iframe>", "<a href=/report.docx>附件：年度报告.docx</a>"
    parted = f"<p>{WORDS * 20}</p>#PAGE_BREAK#<p>{TOLD.replace('2023', '2021')}</p>"
    docx = write_docx(
        ("某市科学技术局2022年政府信息公开工作年度报告", WORDS * 20), [["项目", "数量"]]
    )
    return {
        "/": page(
            f"<h2>政府信息公开年报</h2>{rows((2023,), '/a/{}.html'.format)}"
            f"{rows((2023,), '/b/{}.html'.format)}{rows((2022,), '/c/{}.html'.format)}"
            f"{rows((2022,), '/d/{}.html'.format)}{rows((2021,), '/e/{}.html'.format)}"
        ),
        **{f"/{name}/2023.html": body(frame, 2023) for name in "ab"},
        **{f"/{name}/2022.html": body(f"<p>{WORDS}</p>{link}", 2022) for name in "cd"},
        "/e/2021.html": body(parted, 2021),
        "/body.html": page(f"<html><body>{text}</body></html>"),
        "/report.docx": typed(docx, "application/msword"),
    }


def stored(path: Path) -> dict[str, Counter[str]]:
    """All rows of the derived tables, in no order."""
    with closing(open_readonly(path)) as connection:
        return {
            table: Counter(repr(tuple(row)) for row in connection.execute(f"SELECT * FROM {table}"))
            for table in DERIVED
        }


@dataclass(frozen=True)
class Run:
    archive: Path
    server: Server
    crawled: dict[str, Counter[str]]

    def asked(self, sql: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.archive / "gongkai.db")) as connection:
            found = connection.execute(sql).fetchall()
        return [tuple(str(each).removeprefix(self.server.url) for each in row) for row in found]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    archive = tmp_path_factory.mktemp("reading")
    with DemoPortal() as portal, Server(sharing()) as server:
        portals = {"demo": portal.url, "sharing": server.url + "/"}
        crawl_portals(archive, portals, {}, **READING)
        crawled = stored(archive / "gongkai.db")
        rebuild(Archive(archive), jobs=1)
        yield Run(archive, server, crawled)


def test_the_rows_of_a_crawl_are_those_of_a_rebuild(run: Run) -> None:
    rebuilt = stored(run.archive / "gongkai.db")
    assert run.crawled["observations"].total() > 100
    for table in DERIVED:
        assert run.crawled[table] == rebuilt[table], table


def test_a_frame_that_two_pages_share_is_read_with_both(run: Run) -> None:
    assert run.server.times("/body.html") == 1
    told = run.asked(
        "SELECT source_url, value, held_by FROM observations JOIN reports USING (report_id)"
        " WHERE indicator = 'requests.new' AND source_url LIKE '%/2023.html' ORDER BY 1"
    )
    ((body,),) = run.asked("SELECT record_id FROM captures WHERE url LIKE '%/body.html'")
    assert [row for row in told if row[0][:3] in ("/a/", "/b/")] == [
        ("/a/2023.html", "5", body),
        ("/b/2023.html", "5", body),
    ]


def test_an_article_parted_for_a_script_is_read_whole(run: Run) -> None:
    told = run.asked(
        "SELECT source_url, value FROM observations JOIN reports USING (report_id)"
        " WHERE indicator = 'requests.new' AND source_url LIKE '%/e/2021.html'"
    )
    assert told == [("/e/2021.html", "5")]
    assert [path for path in run.server.paths() if path.startswith("/e/")] == ["/e/2021.html"]


def test_an_attachment_that_two_pages_share_is_read_with_one_and_told_of_the_other(
    run: Run,
) -> None:
    assert run.server.times("/report.docx") == 1
    (attached,) = run.asked("SELECT page_url FROM reports WHERE source_url LIKE '%/report.docx'")
    (other,) = {"/c/2022.html", "/d/2022.html"} - set(attached)
    told = run.asked("SELECT source_url, kind FROM problems JOIN reports USING (report_id)")
    assert (other, "shared_attachment") in told
    ((notes,),) = run.asked(f"SELECT notes FROM captures WHERE url LIKE '%{other}'")
    assert json.loads(notes)["reads_with"] == [f"{run.server.url}/report.docx"]
