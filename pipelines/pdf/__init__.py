"""PDF with a text layer: ruled tables joined over pages, and paragraphs mended from lines."""

from dataclasses import replace
from importlib import import_module

import pypdfium2

from parsers.records import Document, Problem, TitleCandidate
from pipelines.assembly import Draft, assemble, first_line_titles, problem
from pipelines.limits import MAX_PAGES, RefusedError
from pipelines.ocr import is_available
from pipelines.paged.drawing import PageDrawing
from pipelines.paged.insets import with_tables
from pipelines.paged.pages import PageBlocks, joined_drafts, page_blocks
from pipelines.paged.telling import is_scan, page_problems, too_long
from pipelines.pdf.calls import check_calls
from pipelines.pdf.page import read_page
from pipelines.pdf.patterns import check_patterns
from pipelines.pdf.streams import check_streams

# Scanned pages beyond these are left as pictures: each takes seconds.
MAX_SCANS = 60


def read_pdf(payload: bytes) -> Document:
    """Reads a PDF file; its scanned pages by text recognition where that is installed."""
    check_streams(payload)
    check_calls(payload)
    check_patterns(payload)
    document = _opened(payload)
    try:
        count = len(document)
        drawings, damaged = _drawn(document, min(count, MAX_PAGES))
        meta = tuple(sorted(document.get_metadata_dict(skip_empty=True).items()))
        scans, seen = _scans(payload, document, drawings)
    finally:
        document.close()
    pages = [_page(one, scans.get(one.number)) for one in drawings]
    left = [
        replace(one, insets=0) if one.number in scans else one
        for one in drawings
        if one.number not in scans or not is_scan(one)
    ]
    problems = [*too_long(count), *damaged, *seen, *(page_problems(left) if left else ())]
    return _document(joined_drafts(pages), meta, problems)


def _page(drawing: PageDrawing, recognised: PageBlocks | None) -> PageBlocks:
    """A page as drawn, as recognised, or as drawn with the tables recognised in its pictures."""
    if recognised is None:
        return page_blocks(drawing)
    return recognised if is_scan(drawing) else with_tables(page_blocks(drawing), recognised)


def _drawn(document: pypdfium2.PdfDocument, count: int) -> tuple[list[PageDrawing], list[Problem]]:
    """The pages that can be opened, and which cannot.

    Raises:
        RefusedError: none can.
    """
    drawings: list[PageDrawing] = []
    damaged: list[Problem] = []
    for index in range(count):
        try:
            drawings.append(read_page(document, index))
        except pypdfium2.PdfiumError:
            place = f"pdf:p{index + 1}"
            damaged.append(problem("missing_part", f"page {index + 1} is damaged", place))
    if not drawings:
        raise RefusedError("truncated", "the PDF has no page that can be opened")
    return drawings, damaged


def _scans(
    payload: bytes, document: pypdfium2.PdfDocument, drawings: list[PageDrawing]
) -> tuple[dict[int, PageBlocks], list[Problem]]:
    """Scanned pages by number, and those with pictures beside their text, recognised.

    With what was unsure in them.
    """
    kinds = [(one.number, is_scan(one)) for one in drawings if is_scan(one) or one.insets]
    if not kinds or not is_available():
        return {}, []
    scans = import_module("pipelines.pdf.scans")
    pages = scans.recognised(payload, document, kinds[:MAX_SCANS])
    return {number: page for number, page, _ in pages}, [
        one for _, _, told in pages for one in told
    ]


def _opened(payload: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        said = str(error).lower()
        if "password" in said:
            raise RefusedError("encrypted", "the PDF is encrypted with a password") from error
        if "security scheme" in said:
            raise RefusedError("encrypted", "the PDF is encrypted in an unknown way") from error
        raise RefusedError("truncated", f"the PDF is damaged ({error})") from error


def _document(
    drafts: list[Draft], meta: tuple[tuple[str, str], ...], problems: list[Problem]
) -> Document:
    blocks = assemble("pdf", drafts)
    core = tuple(TitleCandidate(v, "core") for k, v in meta if k == "Title" and v)
    if not (blocks or problems):
        problems = [problem("no_text", "no text but page numbers was found in the file")]
    return Document(
        blocks=blocks,
        media_type="pdf",
        charset_reason="text layer",
        titles=(*first_line_titles(blocks), *core),
        meta=meta,
        problems=tuple(problems),
    )
