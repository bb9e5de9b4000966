"""The demo portal as a map from paths to answers."""

from typing import NamedTuple
from urllib.parse import quote

from crawler.demo import pages
from crawler.demo.docx import write_docx
from crawler.demo.sample import COLUMN, NEWS_COLUMN, Sample, SamplePage, load_sample

REPORTS_PATH = "/zfxxgk/zfxxgknb/"
NEWS_PATH = "/kjdt/"
ROWS_PER_PAGE = 6
ROBOTS = "User-agent: *\nDisallow: /admin/\n"


class Answer(NamedTuple):
    """What the portal sends for a path."""

    content_type: str
    payload: bytes
    status: int = 200


def build_site() -> dict[str, Answer]:
    """Every path of the portal with its answer."""
    sample = load_sample()
    reports = [page for page in sample.pages if page.kind != "news"]
    news = [page for page in sample.pages if page.kind == "news"]
    site = {
        "/": _html(pages.home(news)),
        "/zfxxgk/": _html(pages.fixed("ogi")),
        "/robots.txt": Answer("text/plain", ROBOTS.encode()),
        **_column(reports, REPORTS_PATH, COLUMN),
        **_column(news, NEWS_PATH, NEWS_COLUMN),
    }
    for page in sample.pages:
        site |= _article(page, sample)
    return site


def report_path() -> str:
    """The path of the newest report of the portal."""
    newest = next(page for page in load_sample().pages if page.kind == "report")
    return REPORTS_PATH + newest.address


def gone() -> Answer:
    """What the portal sends for a path it does not have: status 200, as many portals do."""
    return _html(pages.fixed("gone"))


def _html(text: str, labelled: str = "utf-8", encoded: str = "utf-8") -> Answer:
    return Answer(f"text/html; charset={labelled}", text.encode(encoded, "xmlcharrefreplace"))


def _column(rows: list[SamplePage], path: str, column: str) -> dict[str, Answer]:
    parts = [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)]
    answers = {}
    for number, part in enumerate(parts):
        answer = _html(pages.listing(part, column, number, len(parts)))
        name = f"index_{number}.html" if number else "index.html"
        answers[path + name] = answer
        if number == 0:
            answers[path] = answer
    return answers


def _article(page: SamplePage, sample: Sample) -> dict[str, Answer]:
    path = (NEWS_PATH if page.kind == "news" else REPORTS_PATH) + page.address
    if page.kind != "attachment":
        text = pages.article(page, sample)
        return {path: _html(text, page.labelled, page.encoded)}
    name = f"P0{page.date.replace('-', '')}{int(page.year):011d}.docx"
    folder = path.rsplit("/", 1)[0]
    return {
        path: _html(pages.article(page, sample, name), page.labelled, page.encoded),
        f"{folder}/{quote(name)}": Answer("application/octet-stream", _document(page, sample)),
    }


def _document(page: SamplePage, sample: Sample) -> bytes:
    slots = ("opening", "overview", "improvement")
    paragraphs = [page.title, *(s for slot in slots for s in sample.sentences(page, slot))]
    head = ("指标名称", "计量单位", f"{page.year}年度", "历年累计")
    rows = [
        (row.label, row.unit, *pages.figure_cells(page, sample, row))
        for row in sample.forms[page.form]
    ]
    return write_docx(paragraphs, [head, *rows])
