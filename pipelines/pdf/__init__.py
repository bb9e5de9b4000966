"""PDF with a text layer: ruled tables joined over pages, and paragraphs mended from lines."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2

from parsers.records import Document, Problem, TitleCandidate
from pipelines.assembly import Draft, assemble, first_line_titles, problem
from pipelines.limits import MAX_PAGES, RefusedError
from pipelines.pdf.page import PageDrawing, read_page
from pipelines.pdf.pages import PageBlocks, joined_drafts, page_blocks

# A page with fewer characters and a picture is a scan.
SCAN_CHARACTERS = 20
UNREADABLE_SHARE = 0.2


def read_pdf(payload: bytes) -> Document:
    """Reads a PDF file."""
    document = _opened(payload)
    try:
        count = len(document)
        drawings = [read_page(document, index) for index in range(min(count, MAX_PAGES))]
        meta = tuple(sorted(document.get_metadata_dict(skip_empty=True).items()))
    finally:
        document.close()
    drafts = joined_drafts(_blocks(drawings))
    return _document(drafts, meta, [*_too_long(count), *_page_problems(drawings)])


def _opened(payload: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(payload)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedError("encrypted", "the PDF is encrypted with a password") from error
        raise RefusedError("truncated", f"the PDF is damaged ({error})") from error


def _blocks(drawings: Sequence[PageDrawing]) -> Iterator[PageBlocks]:
    for drawing in drawings:
        yield page_blocks(drawing)


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


def _too_long(count: int) -> list[Problem]:
    if count <= MAX_PAGES:
        return []
    return [problem("too_long", f"the file has {count} pages; the first {MAX_PAGES} were read")]


def _page_problems(drawings: Sequence[PageDrawing]) -> Iterator[Problem]:
    kinds: Counter[str] = Counter()
    for drawing in drawings:
        place = f"pdf:p{drawing.number}"
        shown = sum(1 for glyph in drawing.glyphs if glyph.text.strip())
        if drawing.unreadable > UNREADABLE_SHARE * (shown + drawing.unreadable):
            detail = f"the fonts of page {drawing.number} do not tell which characters they print"
            yield problem("no_text_map", detail, place)
            kinds["map"] += 1
        elif shown < SCAN_CHARACTERS and drawing.pictures:
            detail = f"page {drawing.number} is a picture without text"
            yield problem("picture", detail, place)
            kinds["picture"] += 1
    if not kinds and not any(drawing.glyphs for drawing in drawings):
        yield problem("no_text", "no text was found in the PDF")
