"""From cells as a source lays them out to the rectangle that parsers read.

Every reader of tables ends here: spans expanded, ragged rows padded, and rows and columns that
only repeat their neighbour (edges dragged by hand, filler rows) taken out.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.records import Cell, Grid
from pipelines.limits import RefusedError

MAX_SLOTS = 400_000
# From this length on, a line break within a cell parts sentences; below it, it cuts a label.
PROSE_CHARS = 40
SHORT_CELL = 60
LONG_CELL = 100
LONGEST_CELL = 300
# A cell with so many numbered sections holds a report.
FEWEST_SECTIONS = 3

_SECTIONS = re.compile(r"^\s*[一二三四五六七八九十]{1,3}[、.．]", re.MULTILINE)


@dataclass(slots=True, eq=False)
class Box:
    """A cell where its source puts it. `source` is an element path or a whole locator.

    Not frozen, as a large page makes thousands of them. `made_up` is whether the source has no
    cell there.
    """

    text: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    source: str = ""
    certainty: float = 1.0
    made_up: bool = False


CellPlace = Callable[[int, int, str], str]
Slots = list[list[Box]]


def lay_out(
    boxes: Sequence[Box], place: str, cell_place: CellPlace, form_feeds: Sequence[int] = ()
) -> Grid:
    """The grid of some boxes; where two overlap, the first one keeps the slot.

    `cell_place` makes a cell's locator from its row and column (from 0) and its box's source.

    Raises:
        RefusedError: it would have more than `MAX_SLOTS` places.
    """
    slots = _expand(boxes)
    rows = _telling_rows(slots)
    columns = _telling_columns([slots[row] for row in rows])
    kept = [[slots[row][column] for column in columns] for row in rows]
    feeds = tuple(sum(1 for row in rows if row < feed) for feed in form_feeds)
    return Grid(_cells(kept, cell_place), place, feeds)


def _expand(boxes: Sequence[Box]) -> Slots:
    height = max((box.row + box.rowspan for box in boxes), default=0)
    width = max((box.col + box.colspan for box in boxes), default=0)
    if height * width > MAX_SLOTS:
        detail = f"a table of {height} rows and {width} columns is larger than any that is read"
        raise RefusedError("table_too_large", detail)
    found: list[list[Box | None]] = [[None] * width for _ in range(height)]
    for box in boxes:
        columns = range(box.col, box.col + box.colspan)
        for line in found[box.row : box.row + box.rowspan]:
            for col in columns:
                line[col] = line[col] or box
    return [
        [box or Box("", r, c, made_up=True) for c, box in enumerate(line)]
        for r, line in enumerate(found)
    ]


def _telling_rows(slots: Slots) -> list[int]:
    """The rows that add something: none that repeats the one above, nor empty ones at the ends."""
    rows = [
        row
        for row, line in enumerate(slots)
        if row == 0
        or any(box is not above for box, above in zip(line, slots[row - 1], strict=True))
    ]
    while rows and not any(box.text.strip() for box in slots[rows[-1]]):
        rows.pop()
    while rows and all(box.made_up for box in slots[rows[0]]):
        del rows[0]
    return rows


def _telling_columns(slots: Slots) -> list[int]:
    """The columns in which a cell begins: the others are none, or repeat the one before."""
    width = len(slots[0]) if slots else 0
    return [
        col
        for col in range(width)
        if any(not row[col].made_up and (not col or row[col] is not row[col - 1]) for row in slots)
    ]


def _cells(slots: Slots, cell_place: CellPlace) -> tuple[tuple[Cell, ...], ...]:
    extents: dict[Box, list[int]] = {}
    for row, line in enumerate(slots):
        for col, box in enumerate(line):
            extent = extents.get(box)
            if extent is None:
                extents[box] = [row, col, row, col]
                continue
            extent[2] = row
            if col > extent[3]:
                extent[3] = col
    cells = {box: _cell(box, extent, cell_place) for box, extent in extents.items()}
    return tuple([tuple([cells[box] for box in line]) for line in slots])


def _cell(box: Box, extent: list[int], cell_place: CellPlace) -> Cell:
    top, left, bottom, right = extent
    return Cell(
        text=box.text,
        row=top,
        col=left,
        place=cell_place(top, left, box.source),
        rowspan=bottom - top + 1,
        colspan=right - left + 1,
        header=box.header,
        certainty=box.certainty,
        made_up=box.made_up,
    )


def is_layout(boxes: Sequence[Box]) -> bool:
    """Whether a table only lays out text: one cell, one column, or cells full of sentences.

    A cell with several numbered sections is a whole report.
    """
    texts = [box.text for box in boxes if box.text]
    height = max((box.row + box.rowspan for box in boxes), default=0)
    if len(texts) <= 1 or len({box.col for box in boxes}) == 1:
        return True
    if height == 1:
        return len(texts) < 3 or max(map(len, texts)) > SHORT_CELL
    total = sum(map(len, texts))
    widest = max(texts, key=len)
    longest = len(widest)
    if longest > 0.6 * total and len(_SECTIONS.findall(widest)) >= FEWEST_SECTIONS:
        return True
    prose = sum(len(text) for text in texts if len(text) > LONG_CELL and "。" in text)
    return (longest > LONGEST_CELL and longest > 0.6 * total) or prose > 0.5 * total > LONGEST_CELL


def joined_lines(paragraphs: Sequence[str]) -> str:
    """The text of a cell from its paragraphs, one a line."""
    return "\n".join(text for text in paragraphs if text.strip()).strip()
