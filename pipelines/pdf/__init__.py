"""PDF with a text layer: ruled tables joined over pages, and paragraphs mended from lines."""

import pypdfium2

from parsers.records import Document, Problem, TitleCandidate
from pipelines.assembly import Draft, assemble, first_line_titles
from pipelines.limits import MAX_PAGES, RefusedError
from pipelines.paged.pages import joined_drafts, page_blocks, page_problems, too_long
from pipelines.pdf.page import read_page


def read_pdf(payload: bytes) -> Document:
    """Reads a PDF file."""
    document = _opened(payload)
    try:
        count = len(document)
        drawings = [read_page(document, index) for index in range(min(count, MAX_PAGES))]
        meta = tuple(sorted(document.get_metadata_dict(skip_empty=True).items()))
    finally:
        document.close()
    drafts = joined_drafts(map(page_blocks, drawings))
    return _document(drafts, meta, [*too_long(count), *page_problems(drawings)])


def _opened(payload: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedError("encrypted", "the PDF is encrypted with a password") from error
        raise RefusedError("truncated", f"the PDF is damaged ({error})") from error


def _document(
    drafts: list[Draft], meta: tuple[tuple[str, str], ...], problems: list[Problem]
) -> Document:
    blocks = assemble("pdf", drafts)
    core = tuple(TitleCandidate(v, "core") for k, v in meta if k == "Title" and v)
    return Document(
        blocks=blocks,
        media_type="pdf",
        charset_reason="text layer",
        titles=(*first_line_titles(blocks), *core),
        meta=meta,
        problems=tuple(problems),
    )
