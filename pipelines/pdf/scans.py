"""Scanned pages of a PDF file: drawn as a picture and read by text recognition."""

from collections.abc import Iterator, Sequence

import numpy as np
import pypdfium2

from parsers.records import Problem
from pipelines.confinement import allow_more
from pipelines.conversions import converted
from pipelines.extractors import recogniser
from pipelines.ocr import SECONDS_A_PAGE, progress
from pipelines.ocr.kept import Recognised, dumped, loaded
from pipelines.ocr.sheets import Scale, read_sheet
from pipelines.paged.pages import PageBlocks

DOTS_PER_POINT = 200 / 72
MAX_PIXELS = 25_000_000


def recognised(
    payload: bytes, document: pypdfium2.PdfDocument, numbers: Sequence[int]
) -> list[Recognised]:
    """Reads pages by their numbers, from 1; places are in points."""
    extractor = recogniser("pypdfium2")
    return loaded(converted(payload, extractor, lambda: dumped(_all_read(document, numbers))))


def _all_read(document: pypdfium2.PdfDocument, numbers: Sequence[int]) -> Iterator[Recognised]:
    for done, number in enumerate(numbers, start=1):
        allow_more(SECONDS_A_PAGE)
        yield (number, *_read(document, number))
        progress.get()(done, len(numbers))


def _read(document: pypdfium2.PdfDocument, number: int) -> tuple[PageBlocks, list[Problem]]:
    page = document[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        grey = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])
    finally:
        page.close()
    return read_sheet(grey.copy(), Scale(f"pdf:p{number}", 1 / scale, width))
