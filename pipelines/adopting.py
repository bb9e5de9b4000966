"""Web archives of others: which of their documents are reports, and what belongs to each.

A crawl knows why it fetched what; a foreign file does not say. So every document in it is read, and
one that reads as an annual report is a page.
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive import declarations
from archive.errors import GongkaiError
from archive.records import Capture, Part
from archive.urls import url_key
from archive.warc.adopt import adopt
from archive.warc.reader import read_part
from archive.warc.writer import WarcWriter
from parsers.portals import Page, read_article
from parsers.records import Context
from parsers.report import read_reports
from parsers.titles import judge
from pipelines.belonging import Group, Judged, groups, link_texts
from pipelines.decode import declared_charset, decode
from pipelines.documents import read_document
from pipelines.sniff import IMAGES, media_type

_SCHEMES = ("http://", "https://", "file:", "urn:sha256:")
# Pictures are read as parts of a page, not by themselves: anything may hold some.
_NO_PAGES = frozenset({*IMAGES, "empty", "unknown"})
# In the text of every report; cheaper to look for than to read the page.
_MARKS = ("公开", "公開")


@dataclass(slots=True)
class TakenOver:
    """What a web archive gave: its report pages by record id, and what was wrong with it."""

    pages: list[str] = field(default_factory=list)
    captures: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)


def take_over(writer: WarcWriter, path: Path, said: Context) -> TakenOver:
    """Archives the records of a WARC or WACZ file and notes which of them are reports.

    Captures that Gongkai recorded itself, in another archive, keep their roles.

    Args:
        writer: where to.
        path: the file.
        said: what a person says of all that is in it.

    Raises:
        UsageError: it is no such file, or holds no record.
        SurroundingsError: the archive cannot be written.
    """
    origin = {"run_id": writer.run_id, "imported_from": path.name}
    adopted = adopt(writer, path, lambda _capture: origin)
    taken = TakenOver([], len(adopted.captures), adopted.known, adopted.refused)
    merged = (writer.index.by_id(capture.record_id) for capture in adopted.captures)
    captures = [capture for capture in merged if capture is not None]
    ours = [capture for capture in captures if capture.run_id != writer.run_id]
    taken.pages += [capture.record_id for capture in ours if capture.role == "page"]
    others = [capture for capture in captures if capture.run_id == writer.run_id]
    judged = list(_judge_all(writer, others, said, path, taken.problems))
    texts = link_texts(judged)
    noted: list[Future[str]] = []
    for group in groups(others, [_by_link(one, texts) for one in judged]):
        taken.pages.append(group.page.capture.record_id)
        noted += _note(writer, group, said)
    for future in noted:
        future.result()
    return taken


def _judge_all(
    writer: WarcWriter, captures: Iterable[Capture], said: Context, path: Path, problems: list[str]
) -> Iterator[Judged]:
    for capture in captures:
        if not _may_be_document(capture):
            continue
        try:
            part = read_part(writer.archive, capture, writer.index.by_id)
        except GongkaiError as error:
            problems.append(f"{path}: {capture.url}: {error}")
            continue
        yield _judged(part, said)


def _may_be_document(capture: Capture) -> bool:
    fetched = capture.status == 200 or capture.kind == "resource"
    readable = capture.kind in ("response", "revisit", "resource")
    return fetched and readable and capture.url.startswith(_SCHEMES)


def _judged(part: Part, said: Context) -> Judged:
    kind = media_type(part.payload)
    if kind in _NO_PAGES:
        return Judged(part.capture, False)
    if kind not in ("html", "text"):
        return Judged(part.capture, _is_report(part, said))
    label = part.headers.get("content-type", "")
    text = decode(part.payload, declared_charset(part.payload, label)).text
    speaks = any(mark in text for mark in _MARKS)
    if kind == "text":
        return Judged(part.capture, speaks and _is_report(part, said))
    article = read_article(Page(part.capture.url, text))
    named = _is_title(article.title, part.capture.url)
    is_report = speaks and not article.deleted and (named or _is_report(part, said))
    return Judged(part.capture, is_report, article)


def _is_title(title: str, url: str) -> bool:
    """Whether a title names a body's report: it may stand in a picture or an attachment."""
    judgement = judge(title, url=url) if title else None
    return judgement is not None and judgement.is_report and bool(judgement.agency)


def _is_report(part: Part, said: Context) -> bool:
    """Whether a report can be read in it, not just its name."""
    document = read_document(part.payload, url=part.capture.url, headers=part.headers)
    read = read_reports(document, _context(part.capture, said), declarations.load())
    return any(one.observations or one.sections or one.tables != "none" for one in read)


def _by_link(judged: Judged, texts: Mapping[str, str]) -> Judged:
    """A document whose text cannot be read (a scan) may be named by the link that leads to it."""
    if judged.is_report or judged.article is not None:
        return judged
    text = texts.get(url_key(judged.capture.url), "")
    return replace(judged, is_report=_is_title(text, judged.capture.url))


def _context(capture: Capture, said: Context) -> Context:
    return replace(said, url=capture.url, page_url=capture.url, captured_at=capture.date)


def _note(writer: WarcWriter, group: Group, said: Context) -> Iterator[Future[str]]:
    """Notes the role of a page and of each of its parts, as a crawl would have."""
    capture, article = group.page.capture, group.page.article
    page = replace(_context(capture, said), link_text=group.link_text)
    yield writer.annotate(capture.record_id, {"role": "page", "context": page})
    for link, part in group.parts:
        about = replace(page, url=part.url, captured_at=part.date, link_text=link.text)
        if article is not None:
            about = replace(about, page_title=article.title, page_date=article.date)
        facts = {"role": "part", "part_of": capture.record_id, "context": about}
        yield writer.annotate(part.record_id, facts)
