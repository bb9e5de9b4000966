"""Which box of a row stands under which column, or why that cannot be told."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.figures import FigureWords, read_figure
from parsers.tables.heads import Column, is_figure
from parsers.tables.sheets import Box, Line
from parsers.text import canon

# So many lines of one unusual size are no accident.
SEVERAL = 3
# A value has no more characters.
_SHORT = 60

Placed = tuple[tuple[Column, Box], ...]


class UnclearRowError(ValueError):
    """The columns of a row cannot be told with certainty; the message says why."""


@dataclass(slots=True)
class Shape:
    """What the rows of a run have in common.

    `sizes` counts the columns that lines cover; `offsets` tells, for rows whose label stands in a
    given place, at which box after it the figures began wherever all were filled. `complete` is
    whether all heads of the form were found: else only what stands right under a head is its.
    `labels` counts the first and last columns of the labels.
    `header` are the sizes of the header's lines: columns of rows of another size need not be its.
    """

    sizes: Counter[int] = field(default_factory=Counter)
    offsets: dict[tuple[int, int], Counter[int]] = field(default_factory=dict)
    complete: bool = True
    columns: int = 0
    most_values: int = 0
    least_values: int = 0
    labels: Counter[tuple[int, int]] = field(default_factory=Counter)
    header: frozenset[int] = frozenset()

    @property
    def usual_size(self) -> int:
        """The number of columns most lines cover."""
        return max(self.sizes, key=lambda size: (self.sizes[size], size), default=0)

    def is_usual(self, line: Line, label: int, values: int, offset: int) -> bool:
        """Whether a line is like most, or like several others that leave no doubt."""
        if size(line) == self.usual_size and values == self.columns:
            return True
        shown = self.offsets.get((label, values), Counter())
        several = self.sizes[size(line)] >= SEVERAL and shown[offset] > 1
        return set(shown) == {offset} and (several or size(line) == self.usual_size)

    def is_aligned(self, line: Line, label: int) -> bool:
        """Whether the label ends where the next cell counts, or as that of another row does.

        A blank cell beside a label of unusual width may be one too many, pushing figures aside.
        """
        if label < 0 or label + 1 >= len(line.boxes):
            return True
        box, after = line.boxes[label], line.boxes[label + 1]
        return box.width == 1 or not after.blank or self.labels[_span(box)] > 1


def learn(
    rows: Iterable[tuple[Line, int, tuple[Box, ...]]], count: int, header: Sequence[int]
) -> Shape:
    """The shape of rows, each with the index of its label's box and the boxes after it.

    `header` are the sizes of the header's lines: where there are few rows, they decide.
    """
    shape = Shape(columns=count, header=frozenset(header))
    for width in header:
        shape.sizes[width] += 2
    known = tuple(rows)
    shape.sizes.update(size(line) for line, _, _ in known)
    for line, label, values in known:
        if label >= 0:
            shape.labels[_span(line.boxes[label])] += 1
        real = [box for box in values if not box.missing]
        shape.most_values = max(shape.most_values, len(real))
        shape.least_values = min(shape.least_values or len(real), len(real) or count)
        offsets = windows(real, count)
        if len(offsets) == 1 and _is_full(real, offsets[0], count):
            shape.offsets.setdefault((label, len(real)), Counter())[offsets[0]] += 1
    return shape


def _span(box: Box) -> tuple[int, int]:
    return box.col, box.end


def _is_full(boxes: Sequence[Box], offset: int, count: int) -> bool:
    return not any(box.blank for box in boxes[offset : offset + count])


def size(line: Line) -> int:
    """How many columns the cells of a line cover, without those that were made up."""
    return sum(box.width for box in line.boxes if not box.missing)


def windows(values: Sequence[Box], count: int) -> list[int]:
    """Where `count` neighbouring boxes can begin so that all others are blank."""
    filled = [number for number, box in enumerate(values) if not box.blank]
    if not filled:
        return list(range(len(values) - count + 1))
    first = max(0, filled[-1] - count + 1)
    return list(range(first, min(filled[0], len(values) - count) + 1))


def place(
    line: Line,
    label: int,
    values: tuple[Box, ...],
    columns: tuple[Column, ...],
    shape: Shape,
    words: FigureWords,
) -> Placed:
    """Puts the boxes after a row's label under the columns.

    Args:
        line: the row.
        label: the index of the label's box in it.
        values: the boxes after the label.
        columns: the columns after the label's, in order.
        shape: what the rows of the run have in common.
        words: the declared words of figures.

    Raises:
        UnclearRowError: more than one way is possible, or none.
    """
    if any(box.height > 1 and is_figure(box, words) for box in values):
        raise UnclearRowError("a figure stretches over several rows")
    if any(not box.starts and not box.blank for box in values):
        raise UnclearRowError("a cell of another row hangs down among the figures")
    ways = {"grid": _grid, "tabs": _tabs, "linear": _linear}
    placed = ways[line.layout](line, label, values, columns, shape, words)
    _check_units(placed, words)
    return placed


def _grid(
    line: Line,
    label: int,
    values: tuple[Box, ...],
    columns: tuple[Column, ...],
    shape: Shape,
    words: FigureWords,
) -> Placed:
    real = tuple(box for box in values if not box.missing)
    in_line = (not shape.header or size(line) in shape.header) and shape.is_aligned(line, label)
    if in_line and size(line) == shape.usual_size and (placed := _by_geometry(columns, real)):
        return placed
    if placed := _without_unit(columns, real, words):
        return placed
    return _certain(line, label, columns, real, windows(real, len(columns)), shape)


def _tabs(
    line: Line,
    label: int,
    values: tuple[Box, ...],
    columns: tuple[Column, ...],
    shape: Shape,
    words: FigureWords,
) -> Placed:
    in_line = size(line) in shape.header and size(line) == shape.usual_size
    if in_line and (placed := _by_geometry(columns, values)):
        return placed
    offsets = windows(values, len(columns))
    if len(offsets) > 1:
        known = shape.offsets.get((label, len(values)), Counter())
        offsets = [offset for offset in offsets if offset in known] if len(known) == 1 else []
    if not offsets and (placed := _without_unit(columns, values, words)):
        return placed
    return _certain(line, label, columns, values, offsets, shape)


def _certain(
    line: Line,
    label: int,
    columns: tuple[Column, ...],
    values: Sequence[Box],
    offsets: Sequence[int],
    shape: Shape,
) -> Placed:
    """The only window there is: a full one, or one where full rows of the same kind have theirs.

    A blank in any other window may be the cell that is too many, or the place of a lost one.
    """
    if not shape.complete:
        raise UnclearRowError("a head of the form is missing, and the cells stand under no heads")
    if len(offsets) != 1:
        raise _unclear(columns, values)
    chosen = values[offsets[0] : offsets[0] + len(columns)]
    usual = shape.is_usual(line, label, len(values), offsets[0])
    if not usual and any(box.blank for box in chosen):
        raise UnclearRowError(f"{size(line)} cells where most rows have {shape.usual_size}")
    return _in_order(columns, chosen)


def _linear(
    line: Line,
    label: int,
    values: tuple[Box, ...],
    columns: tuple[Column, ...],
    shape: Shape,
    words: FigureWords,
) -> Placed:
    if not shape.complete:
        raise UnclearRowError("a head of the form is missing")
    if len(values) == len(columns):
        at_edge = values[0].blank or values[-1].blank
        if at_edge and shape.most_values > len(columns):
            raise UnclearRowError("a blank may belong to the label or the next row")
        return _in_order(columns, values)
    if placed := _without_unit(columns, values, words):
        return placed
    figures = [column for column in columns if column.is_figure]
    stated = [box for box in values if not box.blank]
    units = len(columns) - len(figures)
    if label >= 0 and (not stated or (len(figures) == 1 and len(stated) == units == 1)):
        # Nothing is printed where figures stand, so every one of them is blank.
        rest = (_blank(line.boxes[label]) for _ in range(len(columns) - len(stated)))
        return _in_order(columns, (*stated, *rest))
    raise _unclear(columns, values)


def _in_order(columns: Sequence[Column], boxes: Sequence[Box]) -> Placed:
    return tuple(zip(columns, boxes, strict=True))


def _by_geometry(columns: Sequence[Column], boxes: Sequence[Box]) -> Placed | None:
    """Every head over exactly one box; what stands under no head is blank."""
    if [(box.col, box.end) for box in boxes] == [(one.head.col, one.head.end) for one in columns]:
        return _in_order(columns, boxes)
    placed: list[tuple[Column, Box]] = []
    for box in boxes:
        over = [head for head in columns if box.col < head.head.end and head.head.col < box.end]
        if len(over) == 1:
            placed.append((over[0], box))
        elif not box.blank:
            return None
    found = [id(column) for column, _ in placed]
    return tuple(placed) if found == [id(column) for column in columns] else None


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
        if column.is_figure and canon(box.text[:10]) in words.units:
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
    return status != "unreadable" or canon(box.text[:10]) in words.units
