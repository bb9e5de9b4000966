"""Scanned pages of a PDF file: drawn as a picture and read by text recognition."""

from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from parsers.records import Problem
from pipelines.confinement import allow_more
from pipelines.conversions import converted
from pipelines.extractors import recogniser
from pipelines.ocr import SECONDS_A_PAGE, progress
from pipelines.ocr.kept import Recognised, dumped, loaded
from pipelines.ocr.sheets import Scale, read_inset_tables, read_sheet
from pipelines.paged.pages import PageBlocks

DOTS_PER_POINT = 200 / 72
MAX_PIXELS = 25_000_000


def recognised(
    payload: bytes, document: pypdfium2.PdfDocument, pages: Sequence[tuple[int, bool]]
) -> list[Recognised]:
    """Reads pages by their numbers, from 1; places are in points.

    Beside each number: whether the page is a scan. Of others only pictures are looked at, and only
    the tables in them are read.
    """
    extractor = recogniser("pypdfium2")
    return loaded(converted(payload, extractor, lambda: dumped(_all_read(document, pages))))


def _all_read(
    document: pypdfium2.PdfDocument, pages: Sequence[tuple[int, bool]]
) -> Iterator[Recognised]:
    for done, (number, is_scan) in enumerate(pages, start=1):
        allow_more(SECONDS_A_PAGE)
        yield (number, *_read(document, number, is_scan=is_scan))
        progress.get()(done, len(pages))


def _read(
    document: pypdfium2.PdfDocument, number: int, *, is_scan: bool
) -> tuple[PageBlocks, list[Problem]]:
    page = document[number - 1]
    try:
        if not is_scan:
            _leave_pictures(page)
        width, height = page.get_size()
        scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        grey = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])
    finally:
        page.close()
    read = read_sheet if is_scan else read_inset_tables
    return read(grey.copy(), Scale(f"pdf:p{number}", 1 / scale, width))


def _leave_pictures(page: pypdfium2.PdfPage) -> None:
    """Takes all but the pictures out of a page as it is drawn."""
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        is_picture = pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE
        pdfium.FPDFPageObj_SetIsActive(item, is_picture)
