"""Texts of a PDF page that a clipping path leaves nothing of."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipelines.pdf.characters import Point
from pipelines.pdf.seen import Bounds

MAX_PATHS, MAX_SEGMENTS = 8, 64


def is_clipped_away(item: Any) -> bool:
    """Whether an object lies beside one of the paths that it is clipped by."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    count = min(pdfium.FPDFClipPath_CountPaths(clip), MAX_PATHS)
    if count <= 0:
        return False
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *edges)
    x0, y0, x1, y1 = (edge.value for edge in edges)
    boxes = (_bounds(clip, index) for index in range(count))
    return any(box and not _meet((x0, y0, x1, y1), box) for box in boxes)


def _bounds(clip: Any, path: int) -> Bounds | None:
    points = list(_points(clip, path))
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _points(clip: Any, path: int) -> Iterator[Point]:
    x, y = ctypes.c_float(), ctypes.c_float()
    count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
    for index in range(count if count <= MAX_SEGMENTS else 0):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def _meet(one: Bounds, other: Bounds) -> bool:
    across = one[0] <= other[2] and other[0] <= one[2]
    return across and one[1] <= other[3] and other[1] <= one[3]
