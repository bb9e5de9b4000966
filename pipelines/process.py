"""The one path from captures to readings, for crawl, import and rebuild alike.

A bundle is a page and its parts. Each document of it is read; further pages of an article are read
as one with it, and a page that only carries the report in an attachment gives its context and no
report of its own. Of a page that a browser was needed for, what it showed is read, not the source.
"""

from collections.abc import Sequence
from dataclasses import replace

from archive.records import Bundle, Capture, Part, Reading, SourceReading
from parsers.contacts import without_contacts
from parsers.declared import Declarations
from parsers.records import Context, Document, Problem, Report
from parsers.report import read_reports
from parsers.titles import judge
from pipelines.confinement import one_document
from pipelines.conversions import made_from
from pipelines.disposition import file_name
from pipelines.documents import read_document
from pipelines.joining import join
from pipelines.markdown import clean_text, markdown
from pipelines.rendered import as_shown


def process(bundle: Bundle, declared: Declarations) -> Reading:
    """Reads a bundle: pure, never raises; what fails is a `Problem` of its document."""
    opens = bundle.page.capture
    bundle, sources = as_shown(bundle)
    capture = bundle.page.capture
    opened = [(part, _opened(part)) for part in bundle.parts]
    joined = join(_opened(bundle.page), opened)
    context = _page_context(bundle.page, joined.document)
    page = _read(capture, joined.document, capture.context, declared, joined.captures)
    alone = {
        part.capture.record_id: _read(
            part.capture, document, _part_context(part, context), declared
        )
        for part, document in joined.alone
        if _is_own(part, opens)
    }
    parts = tuple(
        alone.get(part.capture.record_id) or _source(part.capture, document)
        for part, document in opened
        if _is_own(part, opens)
    )
    shared = [part.capture.url for part, _ in joined.alone if not _is_own(part, opens)]
    page = _page_or_parts(page, joined.document, tuple(alone.values()), shared)
    unread = (_source(source.capture, _opened(source)) for source in sources)
    return Reading(opens, (page, *parts, *unread))


def _is_own(part: Part, page: Capture) -> bool:
    """Whether a part is stored with this page, and not with another that had it first."""
    return part.capture.part_of == page.record_id


def _opened(part: Part) -> Document:
    """The part's document. A fault in our own code must not cost the other documents."""
    capture = part.capture
    try:
        with made_from(capture), one_document():
            document = read_document(
                part.payload,
                url=capture.url,
                headers=part.headers,
                file_name=capture.context.file_name,
            )
        return replace(document, problems=(*document.problems, *_broken_off(capture)))
    except Exception as fault:
        return Document(blocks=(), media_type="", problems=(_fault(fault),))


def _broken_off(capture: Capture) -> tuple[Problem, ...]:
    """Web archives of others hold answers that did not come whole, and say so."""
    if not capture.truncated:
        return ()
    detail = f"the answer was not archived whole ({capture.truncated}): the rest is missing"
    return (Problem("document", "truncated", detail),)


def _fault(fault: Exception) -> Problem:
    detail = f"reading failed: {type(fault).__name__}: {fault}"
    return Problem("document", "reader_fault", detail)


def _read(
    capture: Capture,
    document: Document,
    context: Context,
    declared: Declarations,
    continued_by: tuple[Capture, ...] = (),
) -> SourceReading:
    try:
        with one_document():
            reports = _with_document_problems(read_reports(document, context, declared), document)
        problems = () if reports else document.problems
    except Exception as fault:
        reports, problems = (), (*document.problems, _fault(fault))
    ids = tuple(one.record_id for one in continued_by)
    return _source(capture, document, reports, problems, ids)


def _source(
    capture: Capture,
    document: Document,
    reports: tuple[Report, ...] = (),
    problems: tuple[Problem, ...] = (),
    continued_by: tuple[str, ...] = (),
) -> SourceReading:
    """A document's reading; one read as part of its page has its text and nothing beside it."""
    return SourceReading(
        capture=capture,
        media_type=document.media_type,
        charset=document.charset,
        charset_reason=document.charset_reason,
        text=without_contacts(clean_text(document)),
        markdown=without_contacts(markdown(document)),
        reports=reports,
        problems=problems,
        continued_by=continued_by,
    )


def _with_document_problems(reports: tuple[Report, ...], document: Document) -> tuple[Report, ...]:
    """What could not be read of the document stands with its first report."""
    if not reports:
        return reports
    missing = tuple(p for p in document.problems if p not in reports[0].problems)
    return (replace(reports[0], problems=missing + reports[0].problems), *reports[1:])


def _page_context(page: Part, document: Document) -> Context:
    """What the page tells about its parts: its address, title and date."""
    known = page.capture.context
    title = next((candidate.text for candidate in document.titles), "")
    return replace(
        known,
        page_url=page.capture.url,
        page_title=title or known.link_text,
        page_date=document.meta_value("PubDate") or known.listing_date,
        site_name=known.site_name or document.meta_value("SiteName"),
        column=known.column or document.meta_value("ColumnName"),
    )


def _part_context(part: Part, page: Context) -> Context:
    """The part's own discovery facts, with those of its page where it has none."""
    own = part.capture.context
    named = own.file_name or file_name(part.headers.get("content-disposition", ""))
    return replace(
        page,
        url=part.capture.url,
        captured_at=part.capture.date,
        file_name=named,
        link_text=_telling(own.link_text, named.rpartition(".")[0]) or page.link_text,
    )


def _telling(link_text: str, stem: str) -> str:
    """A link's text, or the name of its file where that alone says that it is a report."""
    if not stem or judge(link_text).is_report or not judge(stem).is_report:
        return link_text
    return stem


def _page_or_parts(
    page: SourceReading,
    document: Document,
    parts: tuple[SourceReading, ...],
    shared: Sequence[str] = (),
) -> SourceReading:
    """The page's reading, less reports that only point at what its parts hold.

    A page without any figure is context once a part was read as the report; where documents are
    linked and none of them was captured, or read with another page, its report says so.
    """
    if any(part.reports for part in parts):
        return replace(page, reports=tuple(r for r in page.reports if r.observations))
    linked = any(link.kind == "attachment" for link in document.links)
    if shared and not parts:
        return replace(page, reports=tuple(_read_elsewhere(r, shared) for r in page.reports))
    if linked and not parts:
        return replace(page, reports=tuple(_awaiting_attachment(r) for r in page.reports))
    return page


def _awaiting_attachment(report: Report) -> Report:
    """A report whose tables may stand in a document that was not captured."""
    if report.tables != "none":
        return report
    problem = Problem("report", "uncaptured_attachment", "the page links a document not captured")
    return replace(report, tables="uncaptured_attachment", problems=(*report.problems, problem))


def _read_elsewhere(report: Report, urls: Sequence[str]) -> Report:
    """A report whose tables may stand in a document that is read with another page."""
    if report.tables != "none":
        return report
    detail = f"another page links it too, and it is read with that one: {', '.join(urls)}"
    problem = Problem("report", "shared_attachment", detail)
    return replace(report, problems=(*report.problems, problem))
