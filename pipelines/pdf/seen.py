"""Texts of a PDF page that are drawn and yet not seen: told by drawing the page without them.

White on white, faint, under a later filling or picture, in a layer that is off: whatever the
reason, the page looks the same without such a text.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Bounds = tuple[float, float, float, float]

DOTS_PER_POINT = 2.0
MAX_PIXELS = 8_000_000
# Pixels of all boxes together; the texts of further boxes pass for seen.
MAX_COMPARED = 30_000_000
# So many grey levels of 255 are a difference, and such a share of a text's box is more than edges.
DIFFERENT, MORE_THAN_EDGES = 24, 0.02


@dataclass(frozen=True, slots=True)
class Suspect:
    """A text that may not be seen: its object, and its box in the space of the page."""

    item: Any
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page in grey, a byte a pixel."""

    pixels: bytes
    width: int
    height: int
    stride: int

    def row(self, number: int, left: int, right: int) -> bytes:
        start = number * self.stride
        return self.pixels[start + left : start + right]


def unseen(page: pypdfium2.PdfPage, suspects: Sequence[Suspect]) -> tuple[list[Suspect], bool]:
    """Those of some texts without which the page looks the same, and whether all were looked at."""
    if not suspects:
        return [], True
    before = _drawn(page)
    _switch(suspects, is_active=False)
    try:
        after = _drawn(page)
    finally:
        _switch(suspects, is_active=True)
    found: list[Suspect] = []
    left = MAX_COMPARED
    for one in suspects:
        box = _box(page, before, one)
        left -= (box[2] - box[0]) * (box[3] - box[1])
        if left < 0:
            return found, False
        if not _is_changed(before, after, box):
            found.append(one)
    return found, True


def _drawn(page: pypdfium2.PdfPage) -> _Drawn:
    width, height = page.get_size()
    scale = min(DOTS_PER_POINT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    return _Drawn(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _switch(suspects: Sequence[Suspect], *, is_active: bool) -> None:
    for one in suspects:
        pdfium.FPDFPageObj_SetIsActive(one.item, is_active)


def _box(page: pypdfium2.PdfPage, drawn: _Drawn, suspect: Suspect) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a text in the picture of its page, in pixels."""
    x, y = ctypes.c_int(), ctypes.c_int()
    x0, y0, x1, y1 = suspect.bounds
    corners = []
    for across, up in ((x0, y0), (x1, y1)):
        size = (0, 0, drawn.width, drawn.height)
        pdfium.FPDF_PageToDevice(page.raw, *size, 0, across, up, x, y)
        corners.append((min(max(x.value, 0), drawn.width), min(max(y.value, 0), drawn.height)))
    (left, right), (top, bottom) = (sorted(edges) for edges in zip(*corners, strict=True))
    return left, top, min(right + 1, drawn.width), min(bottom + 1, drawn.height)


def _is_changed(before: _Drawn, after: _Drawn, box: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = box
    most = MORE_THAN_EDGES * max((right - left) * (bottom - top), 1)
    changed = 0
    for row in range(top, bottom):
        one, other = before.row(row, left, right), after.row(row, left, right)
        if one != other:
            changed += sum(abs(a - b) > DIFFERENT for a, b in zip(one, other, strict=True))
        if changed > most:
            return True
    return False
