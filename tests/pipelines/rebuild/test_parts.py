"""Articles in several captures: read as one, each figure with the capture that holds it."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest

from archive.bundles import grouped, open_bundle
from archive.store import Archive
from archive.warc import WarcWriter
from archive.warc.reader import iter_captures, read_part
from pipelines.joining import join
from pipelines.reading import settle
from pipelines.render import render
from tests.archive.exchanges import plain, response
from tests.pipelines.conftest import REPORT, Shell
from tests.pipelines.documents import templates
from tests.pipelines.rebuild.archives import Recorder, page, paragraphs, two_pages


@pytest.fixture
def archive(shell: Shell) -> Archive:
    return Archive(shell.archive)


@pytest.fixture
def record(archive: Archive) -> Iterator[Recorder]:
    """Records into the archive."""
    with WarcWriter(archive, "crawl") as writer:
        yield Recorder(writer)


def rows(shell: Shell, table: str) -> list[dict[str, str]]:
    settle(Archive(shell.archive))
    result = shell("export", table, "--all-versions")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def figures(shell: Shell) -> dict[tuple[str, ...], str]:
    """Each figure read, by what it counts."""
    names = ("indicator", "applicant", "category", "period", "method", "evidence")
    return {tuple(row[name] for name in names): row["raw"] for row in rows(shell, "observations")}


def whole(shell: Shell, tmp_path: Any) -> dict[tuple[str, ...], str]:
    """The figures of the same report in one page."""
    alone = Shell(tmp_path / "alone")
    with WarcWriter(Archive(alone.archive), "crawl") as writer:
        Recorder(writer)("t1.htm", plain(page(templates.body(title=True), "年度报告")))
    return figures(alone)


def test_further_pages_are_read_as_one_article(shell: Shell, tmp_path: Any) -> None:
    head, tail = two_pages()
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        first = record("t1.htm", plain(head))
        second = record.part("t1_1.htm", plain(tail), first, "next_page", 1)
    (report,) = rows(shell, "reports")
    assert (report["tables"], report["snapshot"]) == ("read", first.record_id)
    assert figures(shell) == whole(shell, tmp_path)
    held = {row["snapshot"]: row["locator"] for row in rows(shell, "observations")}
    assert set(held) == {first.record_id, second.record_id}
    assert held[second.record_id].startswith("part[1]!html:")
    assert held[first.record_id].startswith("html:")


def test_the_place_is_shown_in_the_page_that_holds_it(shell: Shell) -> None:
    head, tail = two_pages()
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        record.part("t1_1.htm", plain(tail), record("t1.htm", plain(head)), "next_page", 1)
    fee = next(row for row in rows(shell, "observations") if row["raw"] == "90.50")
    captures = {one.record_id: one for one in iter_captures(Archive(shell.archive))}
    part = read_part(Archive(shell.archive), captures[fee["snapshot"]], captures.get)
    drawn = render(part.payload, fee["locator"], headers=part.headers)
    assert "90.50" in drawn.partition('id="cell"')[2][:80]


def test_pages_follow_the_order_of_the_article_not_of_their_arrival(shell: Shell) -> None:
    lines = REPORT.splitlines()
    pieces = [page(paragraphs("\n".join(lines[a:b]))) for a, b in ((0, 3), (3, 7), (7, None))]
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        first = record("t1.htm", plain(pieces[0]))
        record.part("t1_2.htm", plain(pieces[2]), first, "next_page", 2)
        record.part("t1_1.htm", plain(pieces[1]), first, "next_page", 1)
    (report,) = rows(shell, "reports")
    assert shell("show", report["report_id"], "--text").stdout.endswith(REPORT)


def test_a_relation_that_was_not_noted_follows_from_the_links(shell: Shell) -> None:
    head, tail = two_pages()
    link = b'<a href="t1_1.htm">\xe4\xb8\x8b\xe4\xb8\x80\xe9\xa1\xb5</a></body>'
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        first = record("t1.htm", plain(head.replace(b"</body>", link)))
        record.part("t1_1.htm", plain(tail), first)
    (report,) = rows(shell, "reports")
    assert report["tables"] == "read"


def test_error_pages_and_repetitions_are_not_joined(shell: Shell, tmp_path: Any) -> None:
    body = plain(page(templates.body(title=True), "年度报告"))
    gone = response(page(paragraphs("页面不存在")), status="404 Not Found")
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        first = record("t1.htm", body)
        record.part("t1_1.htm", gone, first, "next_page", 1)
        record.part("t1_2.htm", body, first, "next_page", 2)
    assert len(rows(shell, "reports")) == 1
    assert figures(shell) == whole(shell, tmp_path)


def test_a_frame_holds_the_body_of_a_page_without_one(shell: Shell, tmp_path: Any) -> None:
    outer = page('<h1>年度报告</h1><iframe src="t1_text.htm"></iframe>', "年度报告")
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        first = record("t1.htm", plain(outer))
        frame = page(templates.body(title=True))
        second = record.part("t1_text.htm", plain(frame), first, "frame", 1)
    (report,) = rows(shell, "reports")
    assert report["snapshot"] == first.record_id
    assert figures(shell) == whole(shell, tmp_path)
    assert {row["snapshot"] for row in rows(shell, "observations")} == {second.record_id}
    assert not [row for row in rows(shell, "problems") if row["kind"] == "only_frame"]


def test_a_frame_beside_a_body_stays_apart(shell: Shell) -> None:
    beside = page(paragraphs(f"本站导航{'，欢迎访问' * 60}。"))
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        record = Recorder(writer)
        first = record("t1.htm", plain(page(templates.body(title=True), "年度报告")))
        record.part("menu.htm", plain(beside), first, "frame", 1)
    captures = {capture.record_id: capture for capture in iter_captures(Archive(shell.archive))}
    ((opened, parts),) = grouped(captures.values()).items()
    bundle = open_bundle(Archive(shell.archive), captures[opened], parts, captures.get)
    assert opened == first.record_id
    assert bundle is not None
    assert len(bundle.parts) == 1
    (report,) = rows(shell, "reports")
    assert "欢迎访问" not in shell("show", report["report_id"], "--text").stdout


def test_a_page_without_parts_is_left_as_it_is() -> None:
    from pipelines.documents import read_document

    document = read_document(page(paragraphs(REPORT)))
    assert join(document, []).document is document


def test_cleaned_text_and_markdown_tell_nobodys_number(shell: Shell) -> None:
    line = "<p>联系人：李四光，电话：0594-2255667，邮箱 a8@example.cn。</p>"
    with WarcWriter(Archive(shell.archive), "crawl") as writer:
        Recorder(writer)("t1.htm", plain(page(templates.body(title=True) + line, "年度报告")))
    (texts,) = rows(shell, "texts")
    told = texts["text"] + texts["markdown"]
    assert told.count("联系人：［略］") == 2
    assert [word for word in ("0594", "a8@", "李四光") if word in told] == []
