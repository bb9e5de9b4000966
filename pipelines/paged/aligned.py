"""Tables without ruled lines: columns told by the white between them, rows by their distance.

A table is made only where nothing speaks against it: each row has one line with several pieces,
what stands closer to it than to its neighbours is the rest of its label, and no two pieces of a
line share a column. All else stays lines of text.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.paged.glyphs import TextLine, joined_text, text_lines
from pipelines.paged.tables import Piece, PieceCell, box_place, holds_table

# A gap between rows is at least so many times one within a row, and at least so much more, in
# heights of a character.
CLEARLY = 1.5
APART = 0.25
INDENT = 1.0
# The white between columns, in heights of a character.
CHANNEL = 0.4
# The white between two rows, likewise.
FARTHEST = 2.5
FEWEST_ROWS = 3

Row = list[TextLine]


def with_aligned_tables(lines: Sequence[TextLine], prefix: str) -> list[TextLine | Piece]:
    """The lines of a page, those of tables without rules made into tables."""
    found: list[TextLine | Piece] = []
    run: list[Row] = []
    for group in _groups(lines):
        if run and not (_is_row(group) and _is_near(run[-1], group)):
            found += _table_or_lines(run, prefix)
            run = []
        if _is_row(group):
            run.append(group)
        else:
            found += group
    return [*found, *_table_or_lines(run, prefix)]


def _is_near(above: Row, below: Row) -> bool:
    """Whether two rows may be of one table; a page number stands further off."""
    return below[0].y0 - above[-1].y1 < FARTHEST * above[-1].size


def _groups(lines: Sequence[TextLine]) -> Iterator[Row]:
    """Lines that stand closer to each other than to their neighbours."""
    gaps = [below.y0 - above.y1 for above, below in pairwise(lines)]
    group: Row = []
    for number, line in enumerate(lines):
        if group and _parts(gaps, number - 1, line.size):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(gaps: Sequence[float], number: int, size: float) -> bool:
    """Whether a gap is clearly wider than one beside it, or wide by itself."""
    beside = [gap for gap in gaps[max(number - 2, 0) : number + 3] if gap > -size]
    least = min(beside, default=0.0)
    clearly = max(CLEARLY * least, least + APART * size)
    return gaps[number] > min(clearly, APART * size)


def _is_row(group: Row) -> bool:
    """One line with a tab, and lines of the label's column around it."""
    tabbed = [line for line in group if line.stop]
    if len(tabbed) != 1:
        return False
    (row,) = tabbed
    return all(line is row or _is_label_of(row, line) for line in group)


def _is_label_of(row: TextLine, line: TextLine) -> bool:
    return abs(line.x0 - row.x0) < INDENT * row.size and line.x1 <= row.stop


def _table_or_lines(rows: Sequence[Row], prefix: str) -> list[TextLine | Piece]:
    lines = [line for row in rows for line in row]
    if len(rows) < FEWEST_ROWS:
        return list(lines)
    columns = _columns(lines)
    texts = [_texts(row, columns) for row in rows]
    if len(columns) < 2 or any("\t" in text for row in texts for text in row):
        return list(lines)
    table = _piece(rows, texts, columns, prefix)
    return [table] if holds_table(table) else list(lines)


def _columns(lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Left and right edge of each column, in the middle of the white between them."""
    white = CHANNEL * min(line.size for line in lines)
    glyphs = [glyph for line in lines for glyph in line.glyphs if glyph.text.strip()]
    inked: list[list[float]] = []
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        if inked and glyph.x0 - inked[-1][1] < white:
            inked[-1][1] = max(inked[-1][1], glyph.x1)
        else:
            inked.append([glyph.x0, glyph.x1])
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(inked)]
    return list(pairwise([inked[0][0], *middles, inked[-1][1]]))


def _texts(row: Row, columns: Sequence[tuple[float, float]]) -> list[str]:
    """The text of a row in each column; two texts of a line in one column keep their tab."""
    held: list[list[str]] = [[] for _ in columns]
    for line in row:
        for number, (left, right) in enumerate(columns):
            inside = [g for g in line.glyphs if left <= (g.x0 + g.x1) / 2 <= right]
            held[number] += [part.text for part in text_lines(inside)]
    return [joined_text(parts) for parts in held]


def _piece(
    rows: Sequence[Row],
    texts: Sequence[Sequence[str]],
    columns: Sequence[tuple[float, float]],
    prefix: str,
) -> Piece:
    cells = []
    for number, row in enumerate(rows):
        top, bottom = row[0].y0, row[-1].y1
        for text, (x0, x1) in zip(texts[number], columns, strict=True):
            place = box_place(prefix, (x0, top, x1, bottom))
            cells.append(PieceCell(text, number, number + 1, x0, x1, place))
    whole = (columns[0][0], rows[0][0].y0, columns[-1][1], rows[-1][-1].y1)
    return Piece(cells, len(rows), box_place(prefix, whole))
