"""The web site, asked without a browser: pages, headers, hosts, limits, hostile input."""

import asyncio
import re
import socket
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gongkai
from query.corpus import opened
from query.remarks import REMARKS
from query.series import Point, Series
from tests.query.corpus import Builder

httpx = pytest.importorskip("httpx")
pytest.importorskip("datasette")
data = pytest.importorskip("query.web.data")

PAGES = [
    "/",
    "/search?q=依申请公开",
    "/search",
    "/report/0000000000000002",
    "/figure/f000000000000002",
    "/agencies",
    "/agency?id=370800-kjj",
    "/indicators",
    "/indicator/requests.new",
    "/indicator/requests_received",
    "/coverage",
    "/compliance",
    "/quality",
    "/downloads",
]


@pytest.fixture(scope="module")
def site(archive_dir: Path) -> Any:
    from query.web.server import application

    return application(archive_dir)


def get(site: Any, path: str, **options: Any) -> Any:
    async def ask() -> Any:
        transport = httpx.ASGITransport(app=site)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost:8001"
        ) as asker:
            return await asker.get(path, **options)

    return asyncio.run(ask())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_there_in_both_languages(site: Any, path: str, language: str) -> None:
    answer = get(site, path, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    assert ("空白不等于零" if language == "zh" else "Blank is not zero") in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text


def test_a_figure_leads_to_its_place_in_the_snapshot(site: Any) -> None:
    page = get(site, "/figure/f000000000000003").text
    assert "第 1 个表格，第 4 行，第 2 列" in page
    assert "at=html%3Atable%5B1%5D%2Fr4c2#cell" in page
    # Drawn before its window has a size, a snapshot would be scrolled to where its cell was.
    assert '<iframe sandbox loading="lazy" ' in page
    assert "[EB/OL]" in page


def test_hits_are_marked_and_nothing_is_run(site: Any) -> None:
    page = get(site, "/search", params={"q": "依申请公开"}).text
    assert "<mark>依申请公开</mark>" in page
    hostile = get(site, "/search", params={"q": '<script>alert(1)</script>"'}).text
    assert "<script>" not in hostile


@pytest.mark.parametrize("q", ["NOT a", "x" * 5000, "((((", '"', "\x00"])
def test_hostile_queries_get_a_page(site: Any, q: str) -> None:
    assert get(site, "/search", params={"q": q}).status_code in (200, 400)


@pytest.mark.parametrize(
    "path",
    ["/report/none", "/figure/none", "/agency?id=none", "/agency", "/indicator/none",
     "/snapshot?id=none", "/snapshot", "/download/state.csv", "/download/reports.exe"],
)  # fmt: skip
def test_what_is_not_there_is_404(site: Any, path: str) -> None:
    assert get(site, path).status_code == 404


def test_only_known_hosts_are_answered(site: Any) -> None:
    assert get(site, "/", headers={"host": "evil.example"}).status_code == 421
    assert get(site, "/", headers={"host": "127.0.0.1:9"}).status_code == 200


def test_downloads_are_whole(site: Any) -> None:
    text = get(site, "/download/reports.csv").text
    assert len(text.splitlines()) == 4
    assert get(site, "/download/reports.excel-csv").content.startswith(b"\xef\xbb\xbf")


def test_the_tables_can_be_asked_but_not_changed(site: Any) -> None:
    answer = get(site, "/gongkai.json", params={"sql": "SELECT count(*) AS n FROM reports"})
    assert answer.json()["rows"] == [[4]]
    assert get(site, "/gongkai.json", params={"sql": "DELETE FROM reports"}).status_code == 400
    found = "SELECT count(*) AS n FROM fulltext WHERE fulltext MATCH zh_query('申请')"
    assert get(site, "/gongkai.json", params={"sql": found}).json()["rows"] == [[4]]
    assert get(site, "/gongkai.db").status_code in (403, 404)
    assert "state" not in get(site, "/-/databases.json").text


@pytest.mark.parametrize("asked", ["_sort=nonsense", "_sort_desc=x", "_sort=year&_sort_desc=year"])
@pytest.mark.parametrize("path", ["/gongkai/reports", "/gongkai/reports.json"])
def test_a_wrong_order_is_the_askers_mistake(site: Any, path: str, asked: str) -> None:
    assert get(site, f"{path}?{asked}").status_code == 400


@pytest.mark.parametrize(
    "path", ["/download/reports.csv", "/gongkai/reports.csv", "/gongkai/reports.json?_size=1", "/"]
)
def test_every_answer_names_the_terms_of_use(site: Any, path: str) -> None:
    answer = get(site, path)
    assert answer.status_code == 200
    assert '</downloads#licence>; rel="license"' in answer.headers.get_list("link")
    assert 'id="licence"' in get(site, "/downloads").text


def test_a_taken_port_is_told_in_a_line(archive_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = ["serve", "--archive", str(archive_dir), "--port", port]
        result = CliRunner().invoke(gongkai.cli, command)
    assert result.exit_code == 3
    assert "is taken" in result.stderr.splitlines()[-1]


def test_charts_tell_zero_from_blank_and_missing() -> None:
    from query.cells import Figure
    from query.web.charts import svg

    figures = [Figure("reported", 5, indicator="a"), Figure("reported", 0, indicator="b"),
               Figure("blank"), Figure("not_found")]  # fmt: skip
    points = tuple(Point(2019 + n, figure, None) for n, figure in enumerate(figures))
    drawn = svg(Series("<局>", "x", "1", "own", points), "break")
    ElementTree.fromstring(drawn)
    for kind in ("bar", "zero", "blank", "gap", "break"):
        assert f'class="{kind}"' in drawn


def test_a_snapshot_is_sandboxed_and_marks_the_cell(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><meta charset=utf-8><title>某市科学技术局2021年政府信息公开年度报告</title>"
        "</head><body><script>alert(1)</script><h1>某市科学技术局2021年政府信息公开工作年度报告</h1>"
        "<p>全年收到申请12件。</p></body></html>",
        encoding="utf-8",
    )
    archive = tmp_path / "archive"
    result = CliRunner().invoke(gongkai.cli, ["import", str(page), "--archive", str(archive)])
    assert result.exit_code == 0, result.output
    from query.corpus import opened
    from query.web.server import application

    with opened(archive) as corpus:
        record = next(corpus.rows("SELECT record_id FROM captures WHERE role = 'page'"))[0]
    answer = get(application(archive), "/snapshot", params={"id": record, "at": "html:p[2]"})
    assert answer.status_code == 200, answer.text
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert 'id="cell"' in answer.text


def test_the_place_of_a_figure_is_told_in_the_language_of_the_page(site: Any) -> None:
    chinese = get(site, "/figure/f000000000000002?lang=zh").text
    english = get(site, "/figure/f000000000000002?lang=en").text
    assert re.search(r"第 \d+ 个表格，第 \d+ 行，第 \d+ 列", chinese)
    assert re.search(r"table \d+, row \d+, column \d+", english)


def test_a_page_of_an_agency_asks_for_its_figures_once(archive_dir: Path) -> None:
    asked: list[str] = []
    with opened(archive_dir) as corpus:
        corpus.connection.set_trace_callback(asked.append)
        assert data.agency(corpus, "370800-kjj")["charted"]
    assert sum("observations" in statement for statement in asked) == 1


def test_every_figure_has_a_permanent_address_and_a_citation(site: Any, archive_dir: Path) -> None:
    with opened(archive_dir) as corpus:
        figures = [str(row[0]) for row in corpus.rows("SELECT observation_id FROM observations")]
    assert figures
    for figure in figures:
        answer = get(site, f"/figure/{figure}")
        assert answer.status_code == 200
        assert f'<a href="/figure/{figure}">' in answer.text
        assert "<summary>GB/T 7714" in answer.text


def test_every_table_offered_has_a_name_in_both_languages() -> None:
    from query.exports import EXPORTS
    from query.web.texts import LANGUAGES, text

    named = [(table, language) for table in EXPORTS for language in LANGUAGES]
    assert [one for one in named if text(f"export.{one[0]}", one[1]).startswith("export")] == []


def test_what_is_told_beside_a_verdict_speaks_the_language_of_the_page(tmp_path: Path) -> None:
    from query.web.server import application

    build = Builder(tmp_path)
    build.report(year=2020, stated_date="2021-03-01", signed_date="2021-01-20")
    build.report(year=2022, stated_date="2023-01-20")
    site = application(build.finish())
    for path in ("/compliance?year=2020-2022", "/coverage?year=2020-2022"):
        chinese, english = (get(site, f"{path}&lang={language}").text for language in ("zh", "en"))
        told = re.findall(r'<td>([^<]*)</td></tr>| title="\d{4} ([^"]*)"', chinese)
        assert len(told) == 3
        assert not [words for both in told for words in both if re.search("[A-Za-z]{3}", words)]
        if "compliance" in path:
            assert "落款日期2021-01-20，在期限内；网页日期可能已被更改" in chinese
            assert "signed 2021-01-20, by the deadline; the page may have been re-dated" in english


def test_every_remark_holds_its_facts_in_both_languages() -> None:
    for words in REMARKS.values():
        assert words.english.count("{}") == words.chinese.count("{}")
        assert not re.search("[A-Za-z]", words.chinese)
