"""Time to read documents, beside what the parser or page library alone needs for the same bytes.

    python benchmarks/bench_documents.py [FILE...]

Without files, the sample report of the tests in each media type. Times are processor time, the
best of several runs.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from lxml import etree

from pipelines.documents import read_document
from pipelines.limits import Package
from pipelines.ocr import is_available
from tests.gate import office
from tests.gate.reports import reports
from tests.pipelines.documents import scans, templates, writers

RUNS = 15


def best(action: Callable[[], object]) -> float:
    """Milliseconds of the fastest run."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def bare(kind: str, payload: bytes) -> Callable[[], object] | None:
    if kind == "html":
        return lambda: etree.fromstring(payload, etree.HTMLParser(encoding="utf-8"))
    if kind == "pdf":
        return lambda: page_texts(payload)
    if kind == "docx":
        return lambda: etree.fromstring(Package(payload).read("word/document.xml"))
    return None


def page_texts(payload: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(payload)
    texts = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    document.close()
    return texts


def report(name: str, payload: bytes, pages: int = 0) -> None:
    """Prints one line; `pages` where the file itself does not tell its number."""
    kind = read_document(payload).media_type
    spent = best(lambda: read_document(payload))
    line = f"{name:32} {kind:6} {len(payload) / 1000:8.1f} KB {spent:8.2f} ms"
    alone = bare(kind, payload)
    if alone is not None:
        base = best(alone)
        line += f"   bare {base:6.2f} ms   ratio {spent / base:5.1f}"
    pages = len(pypdfium2.PdfDocument(payload)) if kind == "pdf" else pages
    if pages:
        line += f"   {spent / pages:.1f} ms a page"
    print(line)


def styled_page() -> str:
    """The sample with the style attributes that make real pages 60 KB."""
    style = "text-indent:32pt;line-height:150%;margin:0cm 0cm 0pt;mso-pagination:widow-orphan"
    span = "font-family:宋体;font-size:10.5pt;mso-hansi-font-family:宋体;mso-bidi-font-size:12pt"
    body = templates.body().replace(
        "<p>", f'<p class="MsoNormal" style="{style}"><span style="{span}">'
    )
    body = body.replace("</p>", "</span></p>")
    return templates.trs().replace(templates.body(), body)


def report_scan() -> None:
    """Pages a minute by text recognition, where the extra is installed."""
    if not is_available():
        print("scan: the ocr extra is not installed")
        return
    pages = scans.pictures()
    payload = scans.scanned_pdf(pages)
    read_document(scans.png(pages[-1]))
    start = time.process_time()
    read_document(payload)
    spent = (time.process_time() - start) / len(pages)
    print(f"{'scan':32} pdf    {len(payload) / 1000:8.1f} KB {60 / spent:8.1f} pages a minute")


def main(paths: list[str]) -> None:
    for path in paths:
        report("/".join(Path(path).parts[-2:]), Path(path).read_bytes())
    if not paths:
        report("page", templates.trs().encode())
        report("page as word processors write it", styled_page().encode())
        for name in ("docx", "rtf", "xlsx", "pdf", "ofd", "mhtml"):
            report(name, getattr(writers, name)())
        for own in reports():
            pages = len(pypdfium2.PdfDocument(office.saved(own, "pdf")))
            report(f"{own.name}, printed on {pages} pages", office.as_docx(own), pages)
            for kind in office.SOURCES:
                report(f"{own.name}, by an office program", office.saved(own, kind))
        report_scan()


if __name__ == "__main__":
    main(sys.argv[1:])
