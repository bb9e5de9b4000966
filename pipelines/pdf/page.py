"""What a PDF page draws: characters with their boxes, ruled lines, pictures.

Everything comes in points from the top left of the page as it is shown, whatever its rotation
and crop box; a page whose text is shown sideways is turned upright first.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.paged.drawing import PageDrawing, is_aslant
from pipelines.paged.glyphs import Glyph
from pipelines.paged.ruled import MAX_RULES, Rule, rules_of_outline
from pipelines.pdf.characters import Point, address, characters, sorted_box
from pipelines.pdf.whiteness import is_white, white_on_white

MAX_OBJECTS = 30_000
MAX_FORM_DEPTH = 8
MAX_SEGMENTS = 4_000
# A picture over this share of a page hides the text that was drawn before it.
COVERING = 0.7
# The text that decides which way a page is turned.
MOST_SAMPLED = 200
FEWEST_TURNED = 20
TURNED_SHARE = 0.8
INKLESS = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)

Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(document: pypdfium2.PdfDocument, index: int) -> PageDrawing:
    """Reads one page; `index` counts from 0."""
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            to_page, width, height = _frame(page, _turns(page, text_page.raw))
            collector = _Shapes(to_page, width * height)
            collector.collect(page.raw)
            if collector.has_white:
                collector.unseen |= white_on_white(page.raw)
            glyphs, unreadable, is_cut = characters(text_page.raw, to_page, collector.left_out())
        finally:
            text_page.close()
    finally:
        page.close()
    return PageDrawing(
        "pdf",
        index + 1,
        width,
        height,
        (*glyphs, *collector.lost),
        tuple(collector.rules),
        collector.pictures,
        unreadable + len(collector.lost),
        is_cut or collector.is_cut,
        collector.is_unseen,
        len(collector.unseen),
        len(collector.aslant),
    )


def _frame(
    page: pypdfium2.PdfPage, turns: int
) -> tuple[Callable[[float, float], Point], float, float]:
    """The way from page space to the page turned clockwise so often, and that page's size."""
    left, bottom, right, top = page.get_cropbox()
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


class _Shapes:
    """Collects ruled lines and counts pictures and texts, through nested forms."""

    def __init__(self, to_page: Callable[[float, float], Point], area: float) -> None:
        self.rules: list[Rule] = []
        self.lost: list[Glyph] = []
        self.pictures = 0
        self.unseen: set[int] = set()
        self.aslant: set[int] = set()
        self.has_white = False
        self._to_page = to_page
        self._area = area
        self._left = MAX_OBJECTS
        self._texts = 0
        self._hidden = 0
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._corners = [ctypes.c_float() for _ in range(4)]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than was looked at."""
        return self._left < 0 or len(self.rules) > MAX_RULES

    @property
    def is_unseen(self) -> bool:
        """Whether most text is drawn without ink or under a picture that fills the page."""
        return self.pictures > 0 and 2 * self._hidden > self._texts

    def left_out(self) -> set[int]:
        """The texts that nobody sees and those aslant, where they are fewer than the others.

        A page of which most text is such is not understood: it is read, and that is told.
        """
        left = self.aslant if self.is_unseen else self.unseen | self.aslant
        return left if 2 * len(left) < self._texts else set()

    def collect(self, page: Any) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            if self._left < 0:
                return
            self._object(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)

    def _object(self, item: Any, outer: Affine, depth: int) -> None:
        self._left -= 1
        if self._left < 0:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, _times(_matrix(item), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures += 1
            if self._covers_page(item, _times(_matrix(item), outer)):
                self._hidden = self._texts
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._text(item, _times(_matrix(item), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            matrix = _times(_matrix(item), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                if self._left < 0:
                    return
                self._object(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)

    def _text(self, item: Any, matrix: Affine) -> None:
        self._texts += 1
        if pdfium.FPDFTextObj_GetTextRenderMode(item) in INKLESS:
            self._hidden += 1
            self.unseen.add(address(item))
        if is_aslant(matrix[:2]):
            self.aslant.add(address(item))
        self.has_white = self.has_white or is_white(item)
        self._lost_text(item, matrix)

    def _covers_page(self, picture: Any, matrix: Affine) -> bool:
        covered = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
        return covered > COVERING * self._area and not pdfium.FPDFPageObj_HasTransparency(picture)

    def _lost_text(self, item: Any, matrix: Affine) -> None:
        """Text whose font is neither in the file nor on this machine, and so has no extent.

        The library leaves it out; a sign in its place keeps its cell from passing for blank.
        """
        edges = self._corners
        if not pdfium.FPDFPageObj_GetBounds(item, *edges) or edges[2].value - edges[0].value > 0.01:
            return
        font = pdfium.FPDFTextObj_GetFont(item)
        size = ctypes.c_float()
        if pdfium.FPDFFont_GetIsEmbedded(font) or not pdfium.FPDFTextObj_GetFontSize(item, size):
            return
        corner = self._to_page(matrix[4], matrix[5])
        far = self._to_page(matrix[4] + size.value * matrix[0], matrix[5] + size.value * matrix[3])
        self.lost.append(Glyph("\ufffd", *sorted_box(corner, far)))

    def _path(self, item: Any, matrix: Affine) -> None:
        count = pdfium.FPDFPath_CountSegments(item)
        if not 0 < count <= MAX_SEGMENTS:
            return
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        is_stroked = bool(self._stroke.value)
        if not (is_stroked or self._fill.value):
            return
        a, b, c, d, e, f = matrix
        for points in _outlines(item, count):
            shown = [self._to_page(a * x + c * y + e, b * x + d * y + f) for x, y in points]
            self.rules.extend(rules_of_outline(shown, is_stroked))


def _matrix(item: Any) -> Affine:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Affine, outer: Affine) -> Affine:
    if outer is IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    o = outer
    return (
        a * o[0] + b * o[2],
        a * o[1] + b * o[3],
        c * o[0] + d * o[2],
        c * o[1] + d * o[3],
        e * o[0] + f * o[2] + o[4],
        e * o[1] + f * o[3] + o[5],
    )


def _outlines(item: Any, count: int) -> Iterator[list[Point]]:
    """The straight outlines of a path; those with curves are no lines."""
    points: list[Point] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points
            points, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if straight and len(points) > 1:
        yield points
