"""Ruled tables of pages, joined where a page break cuts them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.assembly import Table
from pipelines.grids import Box, is_layout
from pipelines.paged.glyphs import Glyph, cell_text
from pipelines.paged.ruled import RuledTable, Span

# How far column edges of one table may differ between pages.
EDGE_TOLERANCE = 4.0

_FIGURE = re.compile(r"[-+－＋]?[\d０-９][\d０-９,，.．]*%?|[—－\-/／无]+")
_OPENING, _CLOSING = "（(《“", "）)》”"


@dataclass(slots=True)
class PieceCell:
    """A cell of a table piece: its rows and its left and right edge."""

    text: str
    top: int
    bottom: int
    x0: float
    x1: float
    place: str
    certainty: float = 1.0


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
    return PieceCell(cell_text(glyphs), span.top, span.bottom, box[0], box[2], place)


def box_place(prefix: str, box: Sequence[float]) -> str:
    """A locator of page and box."""
    return f"{prefix}@{','.join(f'{value:.1f}' for value in box)}"


def continues(above: Piece, below: Piece) -> bool:
    """Whether a table at the head of a page goes on with the last one of the page before."""
    return (
        abs(above.left - below.left) <= EDGE_TOLERANCE
        and abs(above.right - below.right) <= EDGE_TOLERANCE
    )


def join(above: Piece, below: Piece) -> Piece:
    """One table of two pieces: repeated heads left out, cut labels mended."""
    repeated = _repeated_head(above, below)
    offset = above.height - repeated
    moved = [
        replace(cell, top=cell.top + offset, bottom=cell.bottom + offset)
        for cell in below.cells
        if cell.top >= repeated
    ]
    joined = Piece(
        [*above.cells, *moved],
        below.height + offset,
        above.place,
        [*above.form_feeds, above.height, *(feed + offset for feed in below.form_feeds)],
    )
    _mend(joined, above.height)
    return joined


def _repeated_head(above: Piece, below: Piece) -> int:
    """How many rows at the head of the second piece only repeat the head of the first."""
    count = 0
    while count < min(above.height, below.height - 1):
        one, other = above.row(count), below.row(count)
        texts = [cell.text for cell in other]
        if [cell.text for cell in one] != texts or not any(texts):
            break
        if any(_FIGURE.fullmatch(text) for text in texts):
            break
        count += 1
    return count


def _mend(piece: Piece, cut: int) -> None:
    """Joins labels that the page break cut; figures are never touched."""
    if _is_rest_of_row(piece, cut):
        for part in piece.row(cut):
            above = _above(piece, part, cut)
            if above is not None and part.text:
                above.text += part.text
                part.text = ""
    figures = [cell.x0 for cell in piece.row(cut) if _FIGURE.fullmatch(cell.text)]
    for part in piece.row(cut):
        above = _above(piece, part, cut)
        if above is None or _FIGURE.fullmatch(above.text) or not above.text:
            continue
        # Only label columns, left of all figures: there a blank goes on with the label above.
        if not part.text and figures and part.x0 < min(figures):
            above.bottom = part.bottom
            piece.cells.remove(part)


def _above(piece: Piece, part: PieceCell, cut: int) -> PieceCell | None:
    """The cell that ends at the cut with the same left and right edge."""
    for cell in piece.cells:
        same = abs(cell.x0 - part.x0) <= EDGE_TOLERANCE and abs(cell.x1 - part.x1) <= EDGE_TOLERANCE
        if same and cell.bottom == cut and cell is not part:
            return cell
    return None


def _is_rest_of_row(piece: Piece, cut: int) -> bool:
    """Whether the first row after a cut holds only the end of a label that is open above it."""
    parts = [cell for cell in piece.row(cut) if cell.text]
    if not parts or any(_FIGURE.fullmatch(cell.text) for cell in parts):
        return False
    above = [_above(piece, cell, cut) for cell in parts]
    return all(cell is not None and _is_open(cell.text) for cell in above)


def _is_open(text: str) -> bool:
    opened = sum(text.count(sign) for sign in _OPENING)
    return opened > sum(text.count(sign) for sign in _CLOSING)


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
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))
