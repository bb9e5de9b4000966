"""The one path from captures to readings, for crawl, import and rebuild alike.

A bundle is a page and its parts. Each document of it is read; a page that only carries the report
in an attachment gives its context and no report of its own.
"""

from dataclasses import replace

from archive.records import Bundle, Part, Reading, SourceReading
from parsers.declared import Declarations
from parsers.records import Context, Document, Problem, Report
from parsers.report import read_reports
from pipelines.documents import read_document
from pipelines.markdown import clean_text, markdown


def process(bundle: Bundle, declared: Declarations) -> Reading:
    """Reads a bundle: pure, never raises; what fails is a `Problem` of its document."""
    page, document = _read(bundle.page, bundle.page.capture.context, declared)
    context = _page_context(bundle.page, document)
    parts = tuple(_read(part, _part_context(part, context), declared)[0] for part in bundle.parts)
    return Reading(bundle.page.capture, (_page_or_parts(page, document, parts), *parts))


def _read(
    part: Part, context: Context, declared: Declarations
) -> tuple[SourceReading, Document | None]:
    """One document of the bundle. A fault in our own code must not cost the other documents."""
    try:
        return _read_document(part, context, declared)
    except Exception as fault:
        detail = f"reading failed: {type(fault).__name__}: {fault}"
        problem = Problem("document", "reader_fault", detail)
        return SourceReading(part.capture, "", "", "", "", "", problems=(problem,)), None


def _read_document(
    part: Part, context: Context, declared: Declarations
) -> tuple[SourceReading, Document]:
    capture = part.capture
    document = read_document(
        part.payload, url=capture.url, headers=part.headers, file_name=context.file_name
    )
    reports = _with_document_problems(read_reports(document, context, declared), document)
    source = SourceReading(
        capture=capture,
        media_type=document.media_type,
        charset=document.charset,
        charset_reason=document.charset_reason,
        text=clean_text(document),
        markdown=markdown(document),
        reports=reports,
        problems=() if reports else document.problems,
    )
    return source, document


def _with_document_problems(reports: tuple[Report, ...], document: Document) -> tuple[Report, ...]:
    """What could not be read of the document stands with its first report."""
    if not reports:
        return reports
    missing = tuple(p for p in document.problems if p not in reports[0].problems)
    return (replace(reports[0], problems=missing + reports[0].problems), *reports[1:])


def _page_context(page: Part, document: Document | None) -> Context:
    """What the page tells about its parts: its address, title and date."""
    known = page.capture.context
    if document is None:
        return replace(known, page_url=page.capture.url)
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
    return replace(
        page,
        url=part.capture.url,
        captured_at=part.capture.date,
        file_name=own.file_name,
        link_text=own.link_text or page.link_text,
    )


def _page_or_parts(
    page: SourceReading, document: Document | None, parts: tuple[SourceReading, ...]
) -> SourceReading:
    """The page's reading, less reports that only point at what its parts hold.

    A page without any figure is context once a part was read as the report; where documents are
    linked and none of them was captured, its report says so.
    """
    if any(part.reports for part in parts):
        return replace(page, reports=tuple(r for r in page.reports if r.observations))
    linked = document is not None and any(link.kind == "attachment" for link in document.links)
    if linked and not parts:
        return replace(page, reports=tuple(_awaiting_attachment(r) for r in page.reports))
    return page


def _awaiting_attachment(report: Report) -> Report:
    """A report whose tables may stand in a document that was not captured."""
    if report.tables != "none":
        return report
    problem = Problem("report", "uncaptured_attachment", "the page links a document not captured")
    return replace(report, tables="uncaptured_attachment", problems=(*report.problems, problem))
