"""What of the paths of a PDF page can be lines of a table."""

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium
import pytest

from pipelines.pdf.outlines import outlines

SQUARE = [(0.0, 0.0), (60.0, 0.0), (60.0, 20.0), (0.0, 20.0), (0.0, 0.0)]
# How far from its corner a curve's handles stand, as a share of the radius, for a quarter circle.
HANDLE = 0.45


@pytest.fixture
def rounded(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A box of 60 by 20 with corners of a radius, from the end of its first corner on."""
    r = request.param
    item = pdfium.FPDFPageObj_CreateNewPath(r, 0)
    for (x0, y0), (x1, y1), (x2, y2) in zip(
        SQUARE, SQUARE[1:], [*SQUARE[2:], SQUARE[1]], strict=False
    ):
        near = [(x1 + r * _sign(a - x1), y1 + r * _sign(b - y1)) for a, b in ((x0, y0), (x2, y2))]
        handles = [(x1 + HANDLE * (x - x1), y1 + HANDLE * (y - y1)) for x, y in near]
        pdfium.FPDFPath_LineTo(item, *near[0])
        pdfium.FPDFPath_BezierTo(item, *handles[0], *handles[1], *near[1])
    pdfium.FPDFPath_Close(item)
    yield item
    pdfium.FPDFPageObj_Destroy(item)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def drawn(item: Any, *, with_curves: bool = True) -> list[list[tuple[float, float]]]:
    return list(outlines(item, pdfium.FPDFPath_CountSegments(item), with_curves=with_curves))


@pytest.mark.parametrize("rounded", [2.0, 9.0], indirect=True)
def test_rounded_corners_count_as_square_ones(rounded: Any) -> None:
    (points,) = drawn(rounded)
    assert set(SQUARE) <= {(round(x, 3), round(y, 3)) for x, y in points}


@pytest.mark.parametrize("rounded", [9.0], indirect=True)
def test_a_filled_shape_with_curves_is_no_line(rounded: Any) -> None:
    assert drawn(rounded, with_curves=False) == []


def test_a_circle_has_no_lines() -> None:
    item = pdfium.FPDFPageObj_CreateNewPath(10, 0)
    for x, y in ((0, 10), (-10, 0), (0, -10), (10, 0)):
        pdfium.FPDFPath_BezierTo(item, x, y, x, y, x, y)
    assert drawn(item) == []
    pdfium.FPDFPageObj_Destroy(item)
