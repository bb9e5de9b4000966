"""The straight outlines of a PDF path (ISO 32000-1, 8.5.2), rounded corners made square."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.paged.ruled import SKEW, Point


def outlines(item: Any, count: int, *, with_curves: bool) -> Iterator[list[Point]]:
    """The straight outlines of a path of `count` segments.

    Of those with other curves than rounded corners the straight parts, or nothing without
    `with_curves`.
    """
    made = _Outline(with_curves)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from made.ended()
            made = _Outline(with_curves, point)
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            yield from made.curved(point)
        else:
            made.points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            made.points.append(made.start)
    yield from made.ended()


class _Outline:
    """An outline as far as it is drawn."""

    def __init__(self, with_curves: bool, start: Point | None = None) -> None:
        self.start = start or (0.0, 0.0)
        self.points = [start] if start else []
        self._with_curves = with_curves
        self._is_shown = True
        self._curve: list[Point] = []

    def curved(self, point: Point) -> Iterator[list[Point]]:
        """Takes a point of a curve, of which each has three; gives what ends before it."""
        self._is_shown = self._is_shown and self._with_curves
        self._curve.append(point)
        if len(self._curve) < 3:
            return
        self._curve = []
        if corner := _corner(self.points, point):
            self.points += [corner, point]
        else:
            yield from self.ended()
            self.points = [point]

    def ended(self) -> Iterator[list[Point]]:
        """The outline, where it is a line at least."""
        if self._is_shown and len(self.points) > 1:
            yield self.points


def _corner(before: Sequence[Point], end: Point) -> Point | None:
    """The corner that a curve rounds off, which is no longer than the straight way to it."""
    if len(before) < 2:
        return None
    (x0, y0), (x1, y1) = before[-2:]
    axis = int(abs(x1 - x0) <= abs(y1 - y0))
    begin = before[-2]
    for point in reversed(before[:-2]):
        if abs(point[1 - axis] - begin[1 - axis]) > SKEW:
            break
        begin = point
    size = max(abs(end[0] - x1), abs(end[1] - y1))
    if size > abs(before[-1][axis] - begin[axis]):
        return None
    return (x1, end[1]) if axis else (end[0], y1)
