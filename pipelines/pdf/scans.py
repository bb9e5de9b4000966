"""Scanned pages of a PDF file: drawn as a picture and read by text recognition."""

import numpy as np
import pypdfium2

from parsers.records import Problem
from pipelines.ocr.sheets import Scale, read_sheet
from pipelines.paged.pages import PageBlocks

DOTS_PER_POINT = 200 / 72
MAX_PIXELS = 25_000_000


def recognised(document: pypdfium2.PdfDocument, number: int) -> tuple[PageBlocks, list[Problem]]:
    """Reads one page by its number, from 1; places are in points."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        grey = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])
    finally:
        page.close()
    return read_sheet(grey.copy(), Scale(f"pdf:p{number}", 1 / scale, width))
