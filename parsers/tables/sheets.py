"""Lines of boxes: the one shape in which tables are read, whether grid or text."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from parsers.records import Cell, Grid, Paragraph
from parsers.text import is_blank

# Beyond this a grid is no table of a report; reading it would only cost time.
MAX_SLOTS = 60_000
# Words of so many characters, without a digit, in so many cells side by side, stood in one cell.
_LONG = 4
ALIKE = 3

# How a line was printed: `grid` has true columns; `tabs` has cells in order, though a column may
# have slipped; `linear` (one cell in each paragraph) knows only the order of what was printed; in
# `labelled` lines each figure follows its label.
Layout: TypeAlias = Literal["grid", "tabs", "linear", "labelled"]


@dataclass(slots=True)
class Box:
    """A cell within its line. `starts` is whether it begins here or hangs down from above.

    `height` is the number of lines it covers, `end` the column after the last one it covers,
    `blank` whether nothing is printed in it. `missing` marks a place where the source had no cell
    at all: the reader filled the rectangle. Nothing changes a box; it is not frozen only because a
    page has hundreds, and making frozen ones takes five times as long.
    """

    text: str
    col: int
    width: int
    place: str
    starts: bool = True
    missing: bool = False
    height: int = 1
    end: int = field(init=False)
    blank: bool = field(init=False)

    def __post_init__(self) -> None:
        """Tells once what is asked of every box many times."""
        self.end = self.col + self.width
        self.blank = is_blank(self.text)


@dataclass(slots=True)
class Line:
    """A row of a table. `loose` is a line of text between rows that may be part of a label.

    `size` is how many columns its cells cover, without those that were made up. Like boxes, lines
    are never changed.
    """

    boxes: tuple[Box, ...]
    layout: Layout
    loose: bool = False
    size: int = field(init=False, compare=False)
    _printed: tuple[Box, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sorts out once what is printed."""
        self._printed = tuple([box for box in self.boxes if box.starts and not box.blank])
        self.size = sum([box.width for box in self.boxes if not box.missing])

    def printed(self) -> tuple[Box, ...]:
        """The boxes that begin in this line and hold anything."""
        return self._printed

    @property
    def place(self) -> str:
        """The place of its first printed box."""
        return next((box.place for box in (*self.printed(), *self.boxes)), "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as lines. `blocks` are the indexes of the document's blocks it was made of.

    `above` is the paragraph right above it; `form_feeds` are the lines before which the source
    broke the page.
    """

    lines: tuple[Line, ...]
    place: str
    blocks: tuple[int, ...]
    above: Paragraph | None = None
    form_feeds: tuple[int, ...] = ()


def from_grid(grid: Grid, block: int, above: Paragraph | None = None) -> Sheet:
    """The lines of a grid, each spanned cell once in each line."""
    lines = [Line(_boxes(row, number), "grid") for number, row in enumerate(grid.rows)]
    return Sheet(tuple(lines), grid.place, (block,), above, grid.form_feeds)


def too_large(grid: Grid) -> bool:
    """Whether a grid is beyond what is read."""
    return len(grid.rows) * grid.width > MAX_SLOTS


def _boxes(row: tuple[Cell, ...], number: int) -> tuple[Box, ...]:
    """One box for each cell."""
    boxes: list[Box] = []
    start, width = 0, len(row)
    for end in range(1, width + 1):
        cell = row[start]
        if end == width or row[end] is not cell:
            here = cell.row == number
            columns = end - start
            boxes.append(
                Box(cell.text, start, columns, cell.place, here, cell.made_up, cell.rowspan)
            )
            start = end
    return _undivided(boxes)


def _undivided(boxes: list[Box]) -> tuple[Box, ...]:
    """The boxes; those that repeat the text of a cell which was divided are one again."""
    joined: list[Box] = []
    start = 0
    while start < len(boxes):
        first, end = boxes[start], start + 1
        while len(first.text) >= _LONG and end < len(boxes) and boxes[end].text == first.text:
            end += 1
        if end - start >= ALIKE and _is_words(first.text):
            joined.append(_spread(first, boxes[end - 1].end))
        else:
            joined += boxes[start:end]
        start = end
    return tuple(joined)


def _is_words(text: str) -> bool:
    """Whether a text is no figure, and no blank or dashes in the place of one."""
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def _spread(box: Box, end: int) -> Box:
    width = end - box.col
    return Box(box.text, box.col, width, box.place, box.starts, box.missing, box.height)
