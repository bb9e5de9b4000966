"""Tables of RTF files: the cells that each row defines, and what stands in them."""

from dataclasses import dataclass, field
from typing import TypeAlias

from pipelines.paged.tables import Piece, PieceCell


@dataclass(slots=True)
class CellDefinition:
    """Right edge and merging of a cell, from the row's definition."""

    right: float
    continues_above: bool = False
    continues_left: bool = False


@dataclass(slots=True)
class RowDefinition:
    """The cells that a row defines, and its left edge."""

    left: float = 0.0
    cells: list[CellDefinition] = field(default_factory=list)
    pending: CellDefinition = field(default_factory=lambda: CellDefinition(0.0))


# What a row defines, its left edge, and the texts of its cells.
Row: TypeAlias = tuple[list[CellDefinition], float, list[str]]


@dataclass(slots=True)
class InnerTable:
    """A table within a cell: its text comes before what defines its rows."""

    row: RowDefinition = field(default_factory=RowDefinition)
    lines: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    beside: str = ""

    def end_cell(self, last: str) -> None:
        """Takes the lines so far and the last one as the text of a cell."""
        lines = [line.strip() for line in [*self.lines, last]]
        self.cells.append("\n".join(filter(None, lines)))
        self.lines = []

    def end_row(self) -> None:
        """Takes the cells so far as a row, by the definition that came last."""
        if self.cells:
            self.rows.append((self.row.cells, self.row.left, self.cells))
        self.cells = []

    def holds_several(self) -> bool:
        """Whether more than one cell prints something."""
        self.end_row()
        return sum(bool(text) for _, _, texts in self.rows for text in texts) > 1

    def text(self) -> str:
        """All that it prints."""
        return "\n".join(text for _, _, texts in self.rows for text in texts if text)


def piece_of_rows(rows: list[Row]) -> Piece:
    """A table whose columns are told by the edges of its cells."""
    cells: list[PieceCell] = []
    for number, (definitions, left, texts) in enumerate(rows):
        edge = left
        for position, text in enumerate(texts):
            known = position < len(definitions)
            definition = definitions[position] if known else CellDefinition(edge + 50.0)
            start, edge = edge, max(definition.right, edge + 5.0)
            above = _above(cells, number, start) if definition.continues_above else None
            if definition.continues_left and cells and cells[-1].top == number and not text:
                cells[-1].x1 = edge
            elif above is not None and not text:
                above.bottom = number + 1
            else:
                cells.append(PieceCell(text, number, number + 1, start, edge, ""))
    return Piece(cells, len(rows), "")


def _above(cells: list[PieceCell], row: int, left: float) -> PieceCell | None:
    return next((c for c in reversed(cells) if c.bottom == row and abs(c.x0 - left) < 4), None)
