"""Which box of a row stands under which column, or why that cannot be told."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.figures import FigureWords, read_figure
from parsers.tables.columns import Column
from parsers.tables.heads import is_figure
from parsers.tables.shapes import Shape, windows
from parsers.tables.sheets import ALIKE, Box, Line

# A value has no more characters.
_SHORT = 60

Placed = tuple[tuple[Column, Box], ...]


class UnclearRowError(ValueError):
    """The columns of a row cannot be told with certainty; the message says why."""


@dataclass(frozen=True, slots=True)
class RowCells:
    """A row to be placed.

    `label` is the index of the label's box in `line` (-1: none), `values` are the boxes after it,
    `columns` those after the label's, in order; `shape` is what the rows of the run have in common,
    `section` the one the row stands in.
    """

    line: Line
    label: int
    values: Sequence[Box]
    columns: tuple[Column, ...]
    shape: Shape
    section: str = ""


def place(cells: RowCells, words: FigureWords) -> Placed:
    """Puts the boxes after a row's label under the columns.

    Args:
        cells: the row with its columns.
        words: the declared words of figures.

    Raises:
        UnclearRowError: more than one way is possible, or none.
    """
    values = cells.values
    if any(box.height > 1 and is_figure(box, words) for box in values):
        raise UnclearRowError("a figure stretches over several rows")
    hanging = (box for box in values if not box.starts and not box.blank)
    if any(words.unit(box.text[:10]) is None for box in hanging):
        raise UnclearRowError("a cell of another row hangs down among the figures")
    filled = [box for box in values if not box.blank]
    pairs = sum(is_pair(box, words) for box in filled)
    if pairs > 1 and 2 * pairs > len(filled):
        raise UnclearRowError("its cells hold the figures of two rows")
    ways = {"grid": _grid, "tabs": _tabs, "linear": _linear, "labelled": _tabs}
    placed = ways[cells.line.layout](cells, words)
    _check_units(placed, words)
    return placed


def is_pair(box: Box, words: FigureWords) -> bool:
    """Whether a box holds two figures below or behind each other."""
    parts = box.text.split() if len(box.text) <= _SHORT else []
    return len(parts) > 1 and all(read_figure(part, words).status == "reported" for part in parts)


def _grid(cells: RowCells, words: FigureWords) -> Placed:
    line, columns, shape = cells.line, cells.columns, cells.shape
    real = tuple(box for box in cells.values if not box.missing)
    in_line = not shape.header or line.size in shape.header
    aligned = (
        in_line
        and line.size == shape.usual_size
        and shape.is_aligned(line, cells.label, cells.section)
    )
    if aligned and (placed := _by_geometry(columns, real)):
        return placed
    if cells.label < 0 and _are_in_places(columns):
        raise UnclearRowError("the cells stand under no heads")
    if aligned and cells.label >= 0 and _stands_under_none(columns, real):
        raise UnclearRowError("a value stands under no head")
    if placed := _without_unit(columns, real, words):
        return placed
    return _certain(replace(cells, values=real), windows(real, len(columns)))


def _tabs(cells: RowCells, words: FigureWords) -> Placed:
    line, values, columns, shape = cells.line, cells.values, cells.columns, cells.shape
    in_line = line.size in shape.header and line.size == shape.usual_size
    if in_line and (placed := _by_geometry(columns, values)):
        return placed
    if cells.label < 0 and _are_in_places(columns):
        raise UnclearRowError("the cells stand under no heads")
    offsets = windows(values, len(columns))
    if len(offsets) > 1:
        known = shape.offsets.get((line.size, cells.label, len(values)), ())
        offsets = [offset for offset in offsets if offset in known] if len(known) == 1 else []
    if not offsets and (placed := _without_unit(columns, values, words)):
        return placed
    return _certain(cells, offsets)


def _certain(cells: RowCells, offsets: Sequence[int]) -> Placed:
    """The only window there is: a full one, or one where full rows of the same kind have theirs.

    A blank in any other window may be the cell that is too many, or the place of a lost one.
    """
    line, values, columns, shape = cells.line, cells.values, cells.columns, cells.shape
    if not shape.complete:
        raise UnclearRowError("a head of the form is missing, and the cells stand under no heads")
    if len(offsets) != 1:
        raise _unclear(columns, values)
    chosen = values[offsets[0] : offsets[0] + len(columns)]
    usual = shape.is_usual(line, cells.label, len(values), offsets[0])
    if not usual and any(box.blank for box in chosen):
        raise UnclearRowError(f"{line.size} cells where most rows have {shape.usual_size}")
    return _in_order(columns, chosen)


def _linear(cells: RowCells, words: FigureWords) -> Placed:
    values, columns, shape = cells.values, cells.columns, cells.shape
    if not shape.complete:
        raise UnclearRowError("a head of the form is missing")
    if shape.overfull > 1:
        raise UnclearRowError("other rows have more values than there are columns")
    if len(values) == len(columns):
        at_edge = values[0].blank or values[-1].blank
        if at_edge and shape.most_values > len(columns):
            raise UnclearRowError("a blank may belong to the label or the next row")
        return _in_order(columns, values)
    return _without_unit(columns, values, words) or _all_blank(cells, words)


def _all_blank(cells: RowCells, words: FigureWords) -> Placed:
    """A row of single cells in which nothing is printed where figures stand.

    Where other rows show their blank cells, it lost one.
    """
    columns, label = cells.columns, cells.label
    figures = sum(column.is_figure for column in columns)
    stated = [box for box in cells.values if not box.blank]
    only_unit = figures == 1 and len(stated) == len(columns) - figures == 1
    if cells.shape.shows_blanks and len(stated) == len(cells.values):
        raise _unclear(columns, cells.values)
    if label < 0 or (stated and not (only_unit and is_value(stated[0], words))):
        raise _unclear(columns, cells.values)
    rest = (_blank(cells.line.boxes[label]) for _ in range(len(columns) - len(stated)))
    return _in_order(columns, (*stated, *rest))


def _in_order(columns: Sequence[Column], boxes: Sequence[Box]) -> Placed:
    return tuple(zip(columns, boxes, strict=True))


def _by_geometry(columns: Sequence[Column], boxes: Sequence[Box]) -> Placed | None:
    """Every head over exactly one box; what stands under no head is blank."""
    if [(box.col, box.end) for box in boxes] == [(one.head.col, one.head.end) for one in columns]:
        return _in_order(columns, boxes)
    placed: list[tuple[Column, Box]] = []
    for box in _undivided(columns, boxes):
        over = [head for head in columns if box.col < head.head.end and head.head.col < box.end]
        if len(over) == 1:
            placed.append((over[0], box))
        elif not box.blank:
            return None
    found = [id(column) for column, _ in placed]
    return tuple(placed) if found == [id(column) for column in columns] else None


def _are_in_places(columns: Sequence[Column]) -> bool:
    """Whether the heads stand beside each other, so that their places are known."""
    return all(left.head.end <= right.head.col for left, right in pairwise(columns))


def _stands_under_none(columns: Sequence[Column], boxes: Sequence[Box]) -> bool:
    """Whether a value stands between or behind the heads under none, and a head over a blank."""
    return any(
        not box.blank
        and box.col > columns[0].head.col
        and all(box.end <= one.head.col or one.head.end <= box.col for one in columns)
        for box in boxes
    )


def _undivided(columns: Sequence[Column], boxes: Sequence[Box]) -> Sequence[Box]:
    """The boxes; those under one head that all repeat the text of a divided cell are one again."""
    if len(boxes) < ALIKE:
        return boxes
    repeated: list[Box] = []
    for column in columns:
        under = [box for box in boxes if column.head.col <= box.col and box.end <= column.head.end]
        if len(under) >= ALIKE and len({box.text for box in under}) == 1:
            repeated += under[1:]
    return [box for box in boxes if box not in repeated] if repeated else boxes


def _without_unit(
    columns: Sequence[Column], boxes: Sequence[Box], words: FigureWords
) -> Placed | None:
    """A row that lost its unit's cell: exactly one figure for each figure column."""
    figures = [column for column in columns if column.is_figure]
    if len(figures) == len(columns) or len(boxes) != len(figures):
        return None
    if not all(is_figure(box, words) for box in boxes):
        return None
    return _in_order(figures, boxes)


def _check_units(placed: Placed, words: FigureWords) -> None:
    """A figure in the unit's column, or a unit among the figures, shows that the row slipped."""
    for column, box in placed:
        if column.role == "unit" and is_figure(box, words):
            raise UnclearRowError(f"the figure {box.text.strip()} stands in the unit's column")
        if column.is_figure and words.unit(box.text[:10]):
            raise UnclearRowError(f"the unit {box.text.strip()} stands in a figure's column")


def _unclear(columns: Sequence[Column], boxes: Sequence[Box]) -> UnclearRowError:
    return UnclearRowError(f"{len(boxes)} cells for {len(columns)} columns")


def _blank(label: Box) -> Box:
    return Box("", label.end, 1, label.place)


def may_be_value(box: Box, words: FigureWords) -> bool:
    """Whether a box holds a value, or digits without any word: a value that was damaged."""
    return is_value(box, words) or (
        any(map(str.isdigit, box.text))
        and not any(unicodedata.category(char) == "Lo" for char in box.text[:_SHORT])
    )


def is_value(box: Box, words: FigureWords) -> bool:
    """Whether a box holds what stands in figure or unit columns: a figure, a unit, a word."""
    if box.blank:
        return False
    status = read_figure(box.text, words).status
    return status != "unreadable" or words.unit(box.text[:10]) is not None
