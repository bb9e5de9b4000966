"""Pictures of reports read by recognition, and page images of scans."""

from parsers.records import Document, Problem
from pipelines.assembly import assemble, first_line_titles
from pipelines.ocr import progress
from pipelines.ocr.raster import frames
from pipelines.ocr.sheets import Scale, read_sheet
from pipelines.paged.pages import PageBlocks, joined_drafts


def recognised(payload: bytes, kind: str) -> Document:
    """Reads a picture file; places are in its pixels."""
    pages: list[PageBlocks] = []
    problems: list[Problem] = []
    pictures = list(frames(payload))
    for number, grey in enumerate(pictures, start=1):
        prefix = "image:" if number == 1 else f"image:p{number}"
        page, found = read_sheet(grey, Scale(prefix, 1.0))
        pages.append(page)
        problems += found
        progress.get()(number, len(pictures))
    blocks = assemble("image", joined_drafts(pages))
    return Document(
        blocks=blocks,
        media_type=kind,
        charset_reason="recognised",
        titles=first_line_titles(blocks),
        problems=tuple(problems),
    )
