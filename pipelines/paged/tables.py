"""Ruled tables as they stand on pages."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.assembly import Table
from pipelines.grids import Box, is_layout

# How far column edges of one table may differ between pages.
EDGE_TOLERANCE = 4.0


@dataclass(slots=True)
class PieceCell:
    """A cell of a table piece: its rows and its left and right edge.

    `room` is what its last line leaves free of its width, in heights of a character; `figures`
    counts the figures in it, where they are of several rows or columns.
    """

    text: str
    top: int
    bottom: int
    x0: float
    x1: float
    place: str
    certainty: float = 1.0
    room: float = 0.0
    figures: int = 0


@dataclass(slots=True)
class Piece:
    """A table as far as it stands on one page, or on several when joined."""

    cells: list[PieceCell]
    height: int
    place: str
    form_feeds: list[int] = field(default_factory=list)

    @property
    def left(self) -> float:
        """The outer left edge."""
        return min(cell.x0 for cell in self.cells)

    @property
    def right(self) -> float:
        """The outer right edge."""
        return max(cell.x1 for cell in self.cells)

    def row(self, number: int) -> list[PieceCell]:
        """The cells that start in a row, from left to right."""
        return sorted((c for c in self.cells if c.top == number), key=lambda c: c.x0)


def box_place(prefix: str, box: Sequence[float]) -> str:
    """A locator of page and box."""
    return f"{prefix}@{','.join(f'{value:.1f}' for value in box)}"


def place_box(place: str) -> list[float]:
    """The box of such a locator."""
    return [float(value) for value in place.rpartition("@")[2].split(",")]


def holds_table(piece: Piece) -> bool:
    """Whether a piece is of a data table, not of a frame around text."""
    boxes = to_table(piece).boxes
    if not any(box.text for box in boxes):
        return False
    # A page break may leave one row or one column of a table on a page: width alone decides.
    columns = len({box.col for box in boxes})
    return not is_layout(boxes) or (columns > 1 and piece.height == 1)


def to_table(piece: Piece) -> Table:
    """The table with its columns numbered by the edges of all its pieces."""
    edges = _edges([edge for cell in piece.cells for edge in (cell.x0, cell.x1)])
    boxes = []
    for cell in sorted(piece.cells, key=lambda c: (c.top, c.x0)):
        left, right = _nearest(edges, cell.x0), _nearest(edges, cell.x1)
        rowspan, colspan = max(cell.bottom - cell.top, 1), max(right - left, 1)
        box = Box(cell.text, cell.top, left, rowspan, colspan, False, cell.place, cell.certainty)
        boxes.append(box)
    return Table(boxes, piece.place, tuple(piece.form_feeds))


def _edges(positions: list[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > EDGE_TOLERANCE:
            edges.append(position)
    return edges


def _nearest(edges: list[float], position: float) -> int:
    after = bisect_left(edges, position)
    if after in (0, len(edges)):
        return max(after - 1, 0)
    return after if edges[after] - position < position - edges[after - 1] else after - 1
