"""Archives to rebuild: documents of every media type, and exchanges with parts."""

from pathlib import Path
from typing import Any

from archive.records import Capture
from archive.store import Archive
from archive.warc import WarcWriter
from parsers.records import Context
from pipelines.importing import Declared, import_files
from tests.archive.exchanges import chunked, exchange, packed, plain, response
from tests.pipelines.conftest import REPORT
from tests.pipelines.documents import templates, writers

SITE = "http://kjj.qinghe.example.gov.cn/nb/"


def page(body: str, title: str = "", tail: str = "") -> bytes:
    """A page of a portal with its text in a container that is known."""
    head = f'<meta charset="utf-8"><title>{title}</title>'
    text = f'<div class="TRS_Editor">{body}</div>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{text}{tail}</body></html>".encode()


def paragraphs(text: str) -> str:
    """Lines as paragraphs."""
    return "".join(f"<p>{line}</p>" for line in text.splitlines())


class Recorder:
    """Records exchanges one after the other, a second apart."""

    def __init__(self, writer: WarcWriter) -> None:
        self._writer = writer
        self._second = 0

    def __call__(self, name: str, answer: bytes, **more: Any) -> Capture:
        self._second += 1
        url = SITE + name
        date = f"2024-03-01T08:00:{self._second:02}.000000Z"
        context = more.pop("context", Context(url=url))
        made = exchange(answer, url, date=date, context=context, **more)
        return self._writer.record(made).result(30)

    def part(
        self, name: str, answer: bytes, of: Capture, relation: str = "", n: int = 0
    ) -> Capture:
        """Records a part of a page, as the crawler says how it belongs to it."""
        url = SITE + name
        known = Context(url=url, page_url=of.url, relation=relation, part_number=n or None)
        return self(name, answer, role="part", part_of=of.record_id, context=known)


def many_kinds(directory: Path, files: Path) -> Archive:
    """An archive of imported documents of several media types and of a crawl with parts."""
    files.mkdir()
    for kind in ("docx", "rtf", "xlsx", "pdf", "ofd", "mhtml", "text"):
        (files / f"report.{kind}").write_bytes(getattr(writers, kind)())
    (files / "page.html").write_bytes(templates.trs().encode())
    (files / "old.txt").write_bytes(REPORT.encode("gb18030"))
    archive = Archive(directory)
    import_files(archive, [files], Declared(), 1)
    crawl(archive)
    return archive


def crawl(archive: Archive) -> None:
    """Pages with an attachment, with a further page, and one seen again unchanged."""
    with WarcWriter(archive, "crawl") as writer:
        record = Recorder(writer)
        link = '<a href="t1.docx">附件：2023年度报告.docx</a>'
        first = record("t1.htm", plain(page(paragraphs("附件见下。") + link, "2023年度报告")))
        record.part(
            "t1.docx", response(chunked(writers.docx()), "Transfer-Encoding: chunked"), first
        )
        head, tail = two_pages()
        second = record("t2.htm", packed(head))
        record.part("t2_1.htm", plain(tail), second, "next_page", 1)
        record("t3.htm", plain(templates.trs().encode()))
        record("t3.htm", plain(templates.trs().encode()))


def two_pages() -> tuple[bytes, bytes]:
    """A report in two pages: the text on the first, all tables on the second."""
    before, found, after = templates.body(title=True).partition("<p>二、主动公开政府信息情况</p>")
    assert found, "the sample has that heading"
    return page(before, "年度报告"), page(found + after, "年度报告(2)")
