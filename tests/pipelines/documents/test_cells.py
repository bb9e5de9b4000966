"""Figures that stand one below the other in the cells of a ruled table."""

import time
from itertools import product

from pipelines.paged.cells import lacks_lines, piece_of
from pipelines.paged.glyphs import Glyph
from pipelines.paged.ruled import Rule, find_tables
from pipelines.paged.tables import Piece

SIDE, ROWS = 16.0, 45
# Far more than it takes, far less than asking all cells about each would.
SECONDS = 4.0


def _table(*label: str) -> Piece:
    """Equal cells with 12 above 34, but for a label's lines in the first column."""
    ends = [SIDE * number for number in range(ROWS + 1)]
    rules = [Rule(across, at, 0.0, ends[-1]) for across in (True, False) for at in ends]
    (table,) = find_tables(rules, tolerance=2.5)
    glyphs = [
        glyph
        for row, column in product(range(ROWS), repeat=2)
        for line, text in enumerate(("12", "34") if column else label)
        for glyph in _line(text, SIDE * column + 2, SIDE * row + 1 + 7 * line)
    ]
    return piece_of(table, glyphs, "pdf:p1")


def _line(text: str, left: float, top: float) -> list[Glyph]:
    return [
        Glyph(char, left + 6 * at, top, left + 6 * at + 6, top + 6) for at, char in enumerate(text)
    ]


def test_full_cells_of_figures_beside_one_label_are_whole_figures_and_soon_read() -> None:
    start = time.process_time()
    piece = _table("合")
    assert time.process_time() - start < SECONDS
    assert {cell.text for cell in piece.cells} == {"合", "1234"}
    assert not lacks_lines(piece)


def test_beside_two_labels_they_are_figures_of_two_rows() -> None:
    piece = _table("一、", "二、")
    assert "12 34" in {cell.text for cell in piece.cells}
