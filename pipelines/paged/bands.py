"""Rows of tables that have lines, or fillings, between their rows and none between their columns.

What stands between two such edges may be one row: its texts are brought to one level then, those
of several lines into one, so that labels and figures are found side by side.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.paged.cells import FEWEST_DIGITS
from pipelines.paged.glyphs import Glyph, TextLine, text_lines
from pipelines.paged.ruled import Rule, joined_rules
from pipelines.paged.runs import APART, NUMBERED, bounds

# An edge between rows takes up such a part of the width of all texts at least.
SHARE = 0.4
# A table has so many edges, and a row is so many lines high at most.
FEWEST_EDGES, MOST_LINES = 3, 8
_FIGURE = re.compile(r"[\d,.%]+[%条件个次人项元万亿份篇名]{0,2}|[-—－–/／无]+")
_DIGITS = re.compile(r"[\d,.%]+")

# The texts of one cell, from its first line to its last.
Lines = list[list[Glyph]]


def lines_in_rows(
    glyphs: Sequence[Glyph], edges: Sequence[Rule], tolerance: float
) -> list[TextLine]:
    """The lines of a page, from top to bottom; what is of one row is one line, with its number.

    There are none where no rows are told.

    Args:
        glyphs: the characters that stand in no ruled table.
        edges: horizontal lines, and the upper and lower edges of fillings.
        tolerance: how far apart two edges are one.
    """
    bands = _bands(glyphs, edges, tolerance)
    if not bands:
        return []
    held: list[list[Glyph]] = [[] for _ in bands]
    free: list[Glyph] = []
    for glyph in glyphs:
        number = next((n for n, band in enumerate(bands) if _is_between(glyph, *band)), None)
        (free if number is None else held[number]).append(glyph)
    rows = [_cells(row) for row in held if row]
    lines: list[TextLine] = []
    for number, row in enumerate(rows, start=1):
        if _is_one_row(row, rows):
            lines += [replace(line, row=number) for line in text_lines(_levelled(row))]
        else:
            free += [glyph for cell in row for line in cell for glyph in line]
    lines += text_lines(free)
    return sorted(lines, key=lambda line: (line.y0 + line.y1, line.x0))


def _bands(
    glyphs: Sequence[Glyph], edges: Sequence[Rule], tolerance: float
) -> list[tuple[Rule, Rule]]:
    """Each two neighbouring edges with room for a row between them."""
    if len(edges) < FEWEST_EDGES or not glyphs:
        return []
    left, _, right, _ = bounds(glyphs)
    joined = joined_rules([edge for edge in edges if edge.horizontal], tolerance)
    long = [edge for edge in joined if edge.end - edge.start >= SHARE * (right - left)]
    if len(long) < FEWEST_EDGES:
        return []
    size = max(glyph.y1 - glyph.y0 for glyph in glyphs)
    ordered = sorted(long, key=lambda edge: edge.at)
    return [
        (upper, lower)
        for upper, lower in pairwise(ordered)
        if tolerance < lower.at - upper.at <= MOST_LINES * size
    ]


def _is_between(glyph: Glyph, upper: Rule, lower: Rule) -> bool:
    across, level = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    inside = upper.start <= across <= upper.end and lower.start <= across <= lower.end
    return inside and upper.at <= level < lower.at


def _cells(glyphs: Sequence[Glyph]) -> list[Lines]:
    """The cells of a row: texts one below the other."""
    parts = [part for line in text_lines(glyphs, gaps=False) for part in _parts(line)]
    cells: list[Lines] = []
    edge = float("-inf")
    for part in sorted(parts, key=lambda part: part[0].x0):
        if part[0].x0 >= edge:
            cells.append([])
        cells[-1].append(part)
        edge = max(edge, part[-1].x1)
    for cell in cells:
        cell.sort(key=lambda part: part[0].y0 + part[0].y1)
    return cells


def _parts(line: TextLine) -> Iterator[list[Glyph]]:
    """The texts of a line that stand apart."""
    inked = [glyph for glyph in line.glyphs if glyph.text.strip()]
    part = inked[:1]
    for left, right in pairwise(inked):
        if right.x0 - left.x1 > APART * line.size:
            yield part
            part = []
        part.append(right)
    if part:
        yield part


def _is_one_row(row: Sequence[Lines], rows: Sequence[Sequence[Lines]]) -> bool:
    """Whether what stands between two edges is one row: lines of a table may be where rows end.

    Broken figures fill their column; no other line of a label opens with a number. Where all have
    as many lines they may be as many rows. Heads, in which there are no figures, are left alone.
    """
    if not any(_FIGURE.fullmatch(_text(cell[0])) for cell in row):
        return False
    counts = {len(cell) for cell in row}
    if counts == {1}:
        return True
    if len(counts) == 1 and len(row) > 1:
        return False
    return all(_is_one_text(cell, rows) for cell in row if len(cell) > 1)


def _is_one_text(cell: Lines, rows: Sequence[Sequence[Lines]]) -> bool:
    texts = [_text(line) for line in cell]
    if not all(map(_DIGITS.fullmatch, texts)):
        return not any(map(_DIGITS.fullmatch, texts)) and not any(map(NUMBERED.match, texts[1:]))
    *full, last = texts
    width = min(map(len, full))
    if width < FEWEST_DIGITS or any(len(text) != width for text in full) or len(last) > width:
        return False
    return all(
        len(_text(line)) <= width
        for other in rows
        for one in other
        if _is_over(one, cell)
        for line in one
        if _DIGITS.fullmatch(_text(line))
    )


def _text(line: Iterable[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def _is_over(one: Lines, other: Lines) -> bool:
    """Whether two cells stand one above the other."""
    return one[0][0].x0 < other[0][-1].x1 and other[0][0].x0 < one[0][-1].x1


def _levelled(row: Sequence[Lines]) -> list[Glyph]:
    """The characters of a row, each cell in one line, all on one level and equally high."""
    all_glyphs = [glyph for cell in row for line in cell for glyph in line]
    _, top, _, bottom = bounds(all_glyphs)
    half = max(glyph.y1 - glyph.y0 for glyph in all_glyphs) / 2
    y0, y1 = (top + bottom) / 2 - half, (top + bottom) / 2 + half
    found = []
    for cell in row:
        texts = [glyph for line in cell for glyph in line]
        left, _, right, _ = bounds(texts)
        step = (right - left) / len(texts)
        for number, glyph in enumerate(texts):
            x0, x1 = glyph.x0, glyph.x1
            if len(cell) > 1:
                x0, x1 = left + number * step, left + (number + 1) * step
            found.append(Glyph(glyph.text, x0, y0, x1, y1))
    return found
