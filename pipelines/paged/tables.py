"""Ruled tables as they stand on pages."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.assembly import Table
from pipelines.grids import Box, is_layout
from pipelines.paged.glyphs import Glyph, TextLine, joined_text, text_lines
from pipelines.paged.ruled import RuledTable, Span

# How far column edges of one table may differ between pages.
EDGE_TOLERANCE = 4.0
# What a broken figure leaves free of its cell at most, in heights of a character.
ROOM = 2.2
# Figures are broken after so many digits at least: no column is narrower.
FEWEST_DIGITS = 3
# No figure is parted into so many groups of digits.
FEWEST_ACROSS = 4
# Digits that count as wide as other characters leave hardly more than half of their cell free.
NARROWEST = 0.35
# One cell may hold so many figures of one row.
MOST_FIGURES = 2

_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass(slots=True)
class PieceCell:
    """A cell of a table piece: its rows and its left and right edge.

    `room` is what its last line leaves free of its width, in heights of a character; `figures`
    counts the whole figures in it, where there are several.
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


def piece_of(table: RuledTable, glyphs: Sequence[Glyph], prefix: str) -> Piece:
    """A ruled table with the text in its cells. `prefix` begins the places (`pdf:p3`)."""
    held: dict[Span, list[Glyph]] = {}
    for glyph in glyphs:
        span = table.span_at((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
        if span is not None:
            held.setdefault(span, []).append(glyph)
    cells = [_cell(table, span, held.get(span, []), prefix) for span in table.spans]
    whole = (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1])
    return Piece(cells, len(table.ys) - 1, box_place(prefix, whole))


def _cell(table: RuledTable, span: Span, glyphs: list[Glyph], prefix: str) -> PieceCell:
    box = table.box(span)
    place = box_place(prefix, box)
    lines = text_lines(glyphs, gaps=False)
    room = room_beside(lines[-1], box[2] - box[0]) if lines else 0.0
    figures = _whole_figures(lines, box[2] - box[0])
    texts = [line.text for line in lines]
    text = " ".join(texts) if figures else joined_text(texts)
    return PieceCell(text, span.top, span.bottom, box[0], box[2], place, room=room, figures=figures)


def _whole_figures(lines: Sequence[TextLine], width: float) -> int:
    """How many figures stand side by side, or one below the other where these are no broken one.

    The parts of a broken one fill their cell; or all are as long but for the last, where digits
    count as wide as other characters.
    """
    across = max((_figures_across(line.text) for line in lines), default=0)
    figures = [line for line in lines if _FIGURE.fullmatch(line.text)]
    lengths = [len(line.text) for line in figures]
    is_even = len(set(lengths[:-1])) == 1 and max(lengths) == lengths[0] >= FEWEST_DIGITS
    if len(lengths) < 2 or (is_even and figures[0].x1 - figures[0].x0 > NARROWEST * width):
        return across if across >= FEWEST_ACROSS else 0
    is_roomy = any(room_beside(line, width) > ROOM for line in figures[:-1])
    return len(figures) if is_roomy else 0


def _figures_across(text: str) -> int:
    """How many figures a line consists of."""
    parts = text.split()
    return len(parts) if all(map(_FIGURE.fullmatch, parts)) else 0


def room_beside(line: TextLine, width: float) -> float:
    """What a line leaves free of a cell's width, in heights of its characters."""
    return max(width - (line.x1 - line.x0), 0.0) / max(line.size, 1.0)


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


def lacks_lines(piece: Piece) -> bool:
    """Whether several rows or columns stand in one: its lines, or some of them, are not drawn."""
    crowded = [cell.figures for cell in piece.cells if cell.figures]
    return len(crowded) > 1 or max(crowded, default=0) > MOST_FIGURES


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
