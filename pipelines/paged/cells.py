"""The text in the cells of ruled tables, and whether several figures stand in one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from pipelines.paged.glyphs import Glyph, TextLine, joined_text, text_lines
from pipelines.paged.ruled import RuledTable, Span
from pipelines.paged.runs import NUMBERED
from pipelines.paged.tables import Piece, PieceCell, box_place

# What a full line of digits, or of a label, leaves free of its cell at most, in heights of a
# character: signs may take the character before them along to the next line.
ROOM, LABEL_ROOM = 2.2, 3.3
# Digits that count as wide as other characters leave hardly more than half of their cell free.
NARROWEST = 0.35
# Figures are broken after so many digits at least, unless no more fit into their column.
FEWEST_DIGITS = 3
# No figure is parted into so many groups of digits.
FEWEST_ACROSS = 4
# Lines of one text stand no farther apart, as a share of how near lines stand in the table.
FARTHEST = 1.2
# Lines of one text stand farther apart, in heights of a character; raised signs do not.
NEAREST = 0.9
# A table that holds more of its figures together in cells than this share lacks lines.
TOGETHER = 0.5

_FIGURE = re.compile(r"\d[\d,.]*")
_SIGN = re.compile(r"[-+－＋]?\d[\d,.]*%?|[—－–\-/／无]+")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell and the lines of text in it."""

    span: Span
    width: float
    lines: tuple[TextLine, ...]

    @property
    def column(self) -> tuple[int, int]:
        """The columns of the table that it takes up."""
        return self.span.left, self.span.right

    @property
    def across(self) -> int:
        """How many figures stand side by side, where they are too many for one."""
        most = max((_figures_across(line.text) for line in self.lines), default=0)
        return most if most >= FEWEST_ACROSS else 0

    @property
    def stacked(self) -> int:
        """How many figures, or parts of one, stand one below the other."""
        count = sum(1 for line in self.lines if _SIGN.fullmatch(line.text))
        return count if count > 1 and self.has_figures else 0

    @property
    def pitch(self) -> tuple[float, float]:
        """How far down the next line stands at most: in points, and in heights of a character."""
        steps = [
            (below.y0 - above.y0, (below.y0 - above.y0) / max(above.size, 1.0))
            for above, below in pairwise(self.lines)
        ]
        return max(steps, default=(0.0, 0.0))

    @property
    def has_figures(self) -> bool:
        """Whether a line is a figure."""
        return any(_FIGURE.fullmatch(line.text) for line in self.lines)


def piece_of(table: RuledTable, glyphs: Sequence[Glyph], prefix: str) -> Piece:
    """A ruled table with the text in its cells. `prefix` begins the places (`pdf:p3`)."""
    cells = list(_filled(table, glyphs))
    crowded = _crowded(cells)
    boxes = [_piece_cell(table, cell, crowded.get(cell.span), prefix) for cell in cells]
    whole = (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1])
    return Piece(boxes, len(table.ys) - 1, box_place(prefix, whole))


def lacks_lines(piece: Piece) -> bool:
    """Whether rows or columns stand together in cells: most lines between them are not drawn.

    A few cells with several figures are no reason to doubt the lines that are drawn.
    """
    together = sum(cell.figures for cell in piece.cells)
    alone = sum(1 for cell in piece.cells if not cell.figures and _FIGURE.fullmatch(cell.text))
    return together > TOGETHER * (alone + together)


def room_beside(line: TextLine, width: float) -> float:
    """What a line leaves free of a cell's width, in heights of its characters."""
    return max(width - (line.x1 - line.x0), 0.0) / max(line.size, 1.0)


def _filled(table: RuledTable, glyphs: Sequence[Glyph]) -> Iterator[_Cell]:
    held: dict[Span, list[Glyph]] = {}
    for glyph in glyphs:
        span = table.span_at((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
        if span is not None:
            held.setdefault(span, []).append(glyph)
    for span in table.spans:
        left, _, right, _ = table.box(span)
        lines = text_lines(held.get(span, ()), gaps=False)
        yield _Cell(span, right - left, tuple(lines))


def _piece_cell(table: RuledTable, cell: _Cell, figures: int | None, prefix: str) -> PieceCell:
    """A cell of a piece. `figures` is None where not several figures stand in it."""
    span, box = cell.span, table.box(cell.span)
    room = room_beside(cell.lines[-1], cell.width) if cell.lines else 0.0
    texts = [line.text for line in cell.lines]
    text = joined_text(texts) if figures is None else " ".join(texts)
    place = box_place(prefix, box)
    return PieceCell(
        text, span.top, span.bottom, box[0], box[2], place, room=room, figures=figures or 0
    )


def _figures_across(text: str) -> int:
    """How many figures a line consists of."""
    parts = text.split()
    return len(parts) if all(map(_FIGURE.fullmatch, parts)) else 0


def _crowded(cells: Sequence[_Cell]) -> dict[Span, int]:
    """The cells with several figures, and how many of these are of other rows or columns.

    Where figures of one row are several, so are all that stand one below the other in it.
    """
    around = _Around(cells)
    found = {cell.span: cell.across for cell in cells if cell.across}
    stacks = [cell for cell in cells if cell.stacked and not cell.across]
    several = {(s.span.top, s.span.bottom) for s in stacks if not around.makes_one_figure(s)}
    for stack in stacks:
        if (stack.span.top, stack.span.bottom) in several:
            found[stack.span] = 0 if around.gives_one_label(stack) else stack.stacked
    return found


class _Around:
    """What the other cells of a table tell of those in which lines stand below each other."""

    def __init__(self, cells: Iterable[_Cell]) -> None:
        self._longest: dict[tuple[int, int], int] = {}
        self._labels: dict[int, list[_Cell]] = {}
        self._pitch = (inf, inf)
        for cell in cells:
            self._note(cell)

    def makes_one_figure(self, stack: _Cell) -> bool:
        """Whether the lines of a cell are one broken figure: its form and label must say so."""
        lengths = [len(line.text) for line in stack.lines]
        is_even = len(set(lengths[:-1])) == 1 and lengths[0] >= lengths[-1]
        if not is_even or not all(_FIGURE.fullmatch(line.text) for line in stack.lines):
            return False
        first = stack.lines[0]
        is_short = lengths[0] < FEWEST_DIGITS or first.x1 - first.x0 <= NARROWEST * stack.width
        if is_short and room_beside(first, stack.width) > ROOM:
            return False
        # Where digits are not equally wide, one more of them may fit into another line.
        is_longest = self._longest[stack.column] <= lengths[0] + 1
        return is_longest and self._is_close(stack) and self.gives_one_label(stack)

    def gives_one_label(self, stack: _Cell) -> bool:
        """Whether what stands left of a cell can be of one row only: several have one each."""
        columns: dict[int, dict[Span, _Cell]] = {}
        for row in range(stack.span.top, stack.span.bottom):
            for cell in self._labels.get(row, ()):
                if cell.span.right <= stack.span.left:
                    columns.setdefault(cell.span.left, {})[cell.span] = cell
        return all(
            sum(len(cell.lines) for cell in labels.values()) < len(stack.lines)
            or (len(labels) == 1 and all(map(_is_one_text, labels.values())))
            for labels in columns.values()
        )

    def _note(self, cell: _Cell) -> None:
        """Its figures by column, its text as a label of its rows, how near its lines stand."""
        if cell.has_figures:
            longest = max(len(line.text) for line in cell.lines if _FIGURE.fullmatch(line.text))
            self._longest[cell.column] = max(longest, self._longest.get(cell.column, 0))
        elif cell.lines:
            for row in range(cell.span.top, cell.span.bottom):
                self._labels.setdefault(row, []).append(cell)
        if len(cell.lines) > 1 and cell.pitch[1] > NEAREST:
            points, heights = cell.pitch
            self._pitch = min(points, self._pitch[0]), min(heights, self._pitch[1])

    def _is_close(self, stack: _Cell) -> bool:
        """Whether lines of a cell stand as near as those of one text: those of rows are apart."""
        return any(
            own <= FARTHEST * min(own, least)
            for own, least in zip(stack.pitch, self._pitch, strict=True)
        )


def _is_one_text(cell: _Cell) -> bool:
    """Whether the lines of a label are one text: each is full but the last, none is numbered."""
    *full, _ = cell.lines
    return all(room_beside(line, cell.width) <= LABEL_ROOM for line in full) and not any(
        NUMBERED.match(line.text) for line in cell.lines[1:]
    )
