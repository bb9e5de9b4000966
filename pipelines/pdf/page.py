"""What a PDF page draws: characters with their boxes, ruled lines, pictures.

Everything comes in points from the top left of the page as it is shown, whatever its rotation
and crop box; a page whose text is shown sideways is turned upright first.
"""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.paged.drawing import PageDrawing
from pipelines.paged.glyphs import Glyph
from pipelines.pdf.annotations import opened_page
from pipelines.pdf.characters import Point, characters, sorted_box
from pipelines.pdf.seen import Bounds, unseen
from pipelines.pdf.shapes import Shapes

# The text that decides which way a page is turned.
MOST_SAMPLED = 200
FEWEST_TURNED = 20
TURNED_SHARE = 0.8


def read_page(document: pypdfium2.PdfDocument, index: int) -> PageDrawing:
    """Reads one page; `index` counts from 0."""
    page, lost, is_crowded = opened_page(document, index)
    try:
        text_page = page.get_textpage()
        to_page, width, height = _frame(page, _turns(page, text_page.raw))
        shapes = Shapes(to_page)
        shapes.collect(page.raw)
        hidden, is_checked = unseen(page, shapes.suspects())
        shapes.hide(hidden)
        if left_out := shapes.left_out():
            text_page = _without(page, left_out)
        glyphs, unreadable, is_cut = characters(text_page.raw, to_page)
    finally:
        page.close()
    glyphs = [glyph for glyph in glyphs if _is_within(glyph, width, height)]
    return PageDrawing(
        "pdf",
        index + 1,
        width,
        height,
        (*glyphs, *shapes.lost, *(_sign(one, to_page) for one in lost)),
        tuple(shapes.rules),
        len(shapes.pictures),
        unreadable + len(shapes.lost) + len(lost),
        is_cut or is_crowded or shapes.is_cut,
        shapes.is_unseen,
        len(shapes.unseen),
        len(shapes.aslant),
        shapes.insets(width, height),
        shapes.is_unchecked or not is_checked,
        tuple(shapes.fillings),
    )


def _without(page: pypdfium2.PdfPage, left_out: list[Any]) -> pypdfium2.PdfTextPage:
    """The text of a page without some of its objects; two at one place hide one another."""
    for item in left_out:
        pdfium.FPDFPageObj_SetIsActive(item, False)
    return page.get_textpage()


def _is_within(glyph: Glyph, width: float, height: float) -> bool:
    """Whether any of a character stands on the page."""
    return glyph.x0 < width and glyph.x1 > 0 and glyph.y0 < height and glyph.y1 > 0


def _sign(bounds: Bounds, to_page: Callable[[float, float], Point]) -> Glyph:
    """What stands for a text that is shown and cannot be told."""
    x0, y0, x1, y1 = bounds
    return Glyph("\ufffd", *sorted_box(to_page(x0, y0), to_page(x1, y1)))


def _frame(
    page: pypdfium2.PdfPage, turns: int
) -> tuple[Callable[[float, float], Point], float, float]:
    """The way from page space to the page turned clockwise so often, and that page's size."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    if turns == 1:
        return (lambda x, y: (y - bottom, x - left)), height, width
    if turns == 2:
        return (lambda x, y: (right - x, y - bottom)), width, height
    if turns == 3:
        return (lambda x, y: (top - y, right - x)), height, width
    return (lambda x, y: (x - left, top - y)), width, height


def _turns(page: pypdfium2.PdfPage, raw: Any) -> int:
    """How often a page is turned clockwise for its text to stand upright.

    As it is shown, unless nearly all of its text would lie on its side or stand on its head.
    """
    count = pdfium.FPDFText_CountChars(raw)
    sample = range(0, count, max(count // MOST_SAMPLED, 1))
    inked = (index for index in sample if pdfium.FPDFText_GetUnicode(raw, index) > ord(" "))
    angles = [pdfium.FPDFText_GetCharAngle(raw, index) for index in inked]
    directions = Counter(-round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    usual, times = directions.most_common(1)[0] if directions else (0, 0)
    shown = page.get_rotation() // 90 % 4
    return usual if times >= max(FEWEST_TURNED, TURNED_SHARE * len(angles)) else shown
