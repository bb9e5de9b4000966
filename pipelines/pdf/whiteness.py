"""White text of a PDF page with nothing but the white of the page behind it."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.pdf.characters import address

MAX_OBJECTS = 30_000
# More grounds, or pictures, shadings and forms among them, are not looked at.
MOST_GROUNDS = 500
# In points: what is thinner is a line, on which no text can be read.
THINNEST_GROUND = 3.0
WHITE = 250

Bounds = tuple[float, float, float, float]


def is_white(item: Any) -> bool:
    """Whether an object is filled with white."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *parts):
        return False
    return min(part.value for part in parts[:3]) >= WHITE


def white_on_white(page: Any) -> set[int]:
    """The addresses of the texts of a page that are white on white; none where that is not sure."""
    grounds: list[Bounds] = []
    texts: dict[int, Bounds] = {}
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            is_filled = (
                pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_FILL
            )
            if is_filled and is_white(item):
                texts[address(item)] = _bounds(item)
        elif kind != pdfium.FPDF_PAGEOBJ_PATH or len(grounds) > MOST_GROUNDS:
            return set()
        elif _is_ground(item):
            grounds.append(_bounds(item))
    return {
        place
        for place, text in texts.items()
        if _has_area(text) and not any(_meet(text, one) for one in grounds)
    }


def _is_ground(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    left, bottom, right, top = _bounds(path)
    is_thin = min(right - left, top - bottom) < THINNEST_GROUND
    return bool(fill.value) and not is_thin and not is_white(path)


def _bounds(item: Any) -> Bounds:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _has_area(bounds: Bounds) -> bool:
    return bounds[2] > bounds[0] and bounds[3] > bounds[1]


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
