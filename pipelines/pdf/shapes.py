"""What the objects of a PDF page draw: ruled lines, pictures, and texts that may not be seen."""

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.paged.drawing import is_aslant
from pipelines.paged.glyphs import Glyph
from pipelines.paged.ruled import MAX_RULES, Rule, edges_of_filling, rules_of_outline
from pipelines.pdf.characters import Point, address, sorted_box
from pipelines.pdf.clipping import is_clipped_away
from pipelines.pdf.covering import Texts
from pipelines.pdf.outlines import outlines
from pipelines.pdf.seen import Bounds, Suspect

MAX_OBJECTS = 50_000
MAX_FORM_DEPTH = 8
MAX_SEGMENTS = 20_000
WHITE, FAINT = 250, 10
# A picture of a table has at least such shares of the width and of the area of its page.
INSET_WIDTH, INSET_SHARE = 0.3, 0.03
LAYER = "OC".encode("utf-16-le")
MARK_BYTES = 16

Affine = tuple[float, float, float, float, float, float]
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Shapes:
    """Collects ruled lines, pictures and texts of one page, through nested forms."""

    def __init__(self, to_page: Callable[[float, float], Point]) -> None:
        self.rules: list[Rule] = []
        self.fillings: list[Rule] = []
        self.lost: list[Glyph] = []
        self.pictures: list[Bounds] = []
        self.unseen: dict[int, Any] = {}
        self.aslant: dict[int, Any] = {}
        self._to_page = to_page
        self._left = MAX_OBJECTS
        self._texts = 0
        self._has_long_paths = False
        self._uncovered = Texts()
        self._insets: list[Bounds] = []
        self._inkless: list[Suspect] = []
        self._inked: list[Suspect] = []
        self._suspects: dict[int, Suspect] = {}
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._corners = [ctypes.c_float() for _ in range(4)]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than was looked at."""
        return self._left < 0 or len(self.rules) > MAX_RULES or self._has_long_paths

    @property
    def is_unchecked(self) -> bool:
        """Whether not all was looked at that may lie on texts."""
        return self._uncovered.is_cut

    @property
    def is_unseen(self) -> bool:
        """Whether most text of a page with pictures is not seen."""
        return bool(self.pictures) and 2 * len(self.unseen) > self._texts

    def insets(self, width: float, height: float) -> int:
        """The number of large pictures that no seen text stands on, those in forms aside."""
        return sum(
            right - left > INSET_WIDTH * width
            and (right - left) * (top - bottom) > INSET_SHARE * width * height
            and not any(_is_on(text, (left, bottom, right, top)) for text in self._inked)
            for left, bottom, right, top in self._insets
        )

    def suspects(self) -> list[Suspect]:
        """The texts that have ink and may yet not be seen."""
        return [one for place, one in self._suspects.items() if place not in self.unseen]

    def hide(self, texts: Sequence[Suspect]) -> None:
        """Takes the texts that turned out not to be seen."""
        self.unseen |= {address(one.item): one.item for one in texts}

    def left_out(self) -> list[Any]:
        """The texts that nobody sees and those aslant, where they are fewer than the others.

        A page of which most text is such is not understood: it is read, and that is told. So is
        what lies without ink on a picture that no other text stands on: what a program recognised.
        """
        left = dict(self.aslant)
        if not self.is_unseen:
            known = self._recognised()
            left |= {place: one for place, one in self.unseen.items() if place not in known}
        return list(left.values()) if 2 * len(left) < self._texts else []

    def _recognised(self) -> set[int]:
        scans = [
            picture
            for picture in (self.pictures if self._inkless else ())
            if not any(_is_on(one, picture) for one in self._inked)
        ]
        on = (one for one in self._inkless if any(_is_on(one, scan) for scan in scans))
        return {address(one.item) for one in on}

    def collect(self, page: Any) -> None:
        """Looks at the objects of a page."""
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
            self._path(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._bounds(item, outer))
            self._cover(self.pictures[-1])
            self._insets += [] if depth else self.pictures[-1:]
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._text(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            matrix = _times(_matrix(item), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                if self._left < 0:
                    return
                self._object(pdfium.FPDFFormObj_GetObject(item, index), matrix, depth + 1)

    def _bounds(self, item: Any, outer: Affine) -> Bounds:
        edges = self._corners
        if not pdfium.FPDFPageObj_GetBounds(item, *edges):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = edges[0].value, edges[1].value, edges[2].value, edges[3].value
        if outer is IDENTITY:
            return left, bottom, right, top
        corners = [_applied(outer, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _cover(self, bounds: Bounds) -> None:
        for text in self._uncovered.covered(bounds):
            self._suspects[address(text.item)] = text

    def _text(self, item: Any, outer: Affine) -> None:
        self._texts += 1
        matrix = _times(_matrix(item), outer)
        text = Suspect(item, self._bounds(item, outer))
        if matrix[1] and is_aslant(matrix[:2]):
            self.aslant[address(item)] = item
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            self.unseen[address(item)] = item
            self._inkless.append(text)
            return
        self._inked.append(text)
        self._uncovered.add(text)
        if self._may_be_unseen(item, mode):
            self._suspects[address(item)] = text
        if text.bounds[2] - text.bounds[0] <= 0.01:
            self._lost_text(item, matrix)

    def _may_be_unseen(self, item: Any, mode: int) -> bool:
        if mode == pdfium.FPDF_TEXTRENDERMODE_CLIP or _is_in_layer(item):
            return True
        is_filled = mode == pdfium.FPDF_TEXTRENDERMODE_FILL
        return (is_filled and self._is_pale(item)) or is_clipped_away(item)

    def _is_pale(self, item: Any) -> bool:
        """Whether an object is filled with white, or with next to nothing."""
        parts = self._colour
        if not pdfium.FPDFPageObj_GetFillColor(item, *parts):
            return False
        if parts[3].value < FAINT:
            return True
        return parts[0].value >= WHITE and parts[1].value >= WHITE and parts[2].value >= WHITE

    def _lost_text(self, item: Any, matrix: Affine) -> None:
        """Text whose font is neither in the file nor on this machine, and so has no extent.

        The library leaves it out; a sign in its place keeps its cell from passing for blank.
        """
        font = pdfium.FPDFTextObj_GetFont(item)
        size = ctypes.c_float()
        if pdfium.FPDFFont_GetIsEmbedded(font) or not pdfium.FPDFTextObj_GetFontSize(item, size):
            return
        corner = self._to_page(matrix[4], matrix[5])
        far = self._to_page(matrix[4] + size.value * matrix[0], matrix[5] + size.value * matrix[3])
        self.lost.append(Glyph("\ufffd", *sorted_box(corner, far)))

    def _path(self, item: Any, outer: Affine) -> None:
        count = pdfium.FPDFPath_CountSegments(item)
        if count <= 0 or len(self.rules) > MAX_RULES:
            return
        if count > MAX_SEGMENTS:
            self._has_long_paths = True
            return
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        is_stroked = bool(self._stroke.value)
        if not (is_stroked or self._fill.value):
            return
        if self._fill.value:
            self._cover(self._bounds(item, outer))
        a, b, c, d, e, f = _times(_matrix(item), outer)
        for points in outlines(item, count, with_curves=is_stroked):
            shown = [self._to_page(a * x + c * y + e, b * x + d * y + f) for x, y in points]
            self.rules.extend(rules_of_outline(shown, is_stroked))
            if self._fill.value:
                self.fillings.extend(edges_of_filling(shown))


def _is_on(text: Suspect, picture: Bounds) -> bool:
    x0, y0, x1, y1 = text.bounds
    return picture[0] <= (x0 + x1) / 2 <= picture[2] and picture[1] <= (y0 + y1) / 2 <= picture[3]


def _is_in_layer(item: Any) -> bool:
    """Whether a text belongs to optional content (ISO 32000-1, 8.11.3)."""
    count = pdfium.FPDFPageObj_CountMarks(item)
    if count <= 0:
        return False
    name, length = (ctypes.c_ushort * MARK_BYTES)(), ctypes.c_ulong()
    for index in range(count):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        is_named = pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if is_named and bytes(name)[: max(length.value - 2, 0)] == LAYER:
            return True
    return False


def _matrix(item: Any) -> Affine:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _applied(matrix: Affine, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


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
