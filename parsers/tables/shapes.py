"""What the rows of a table have in common, learnt before any of them is placed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.tables.sheets import Box, Line

# So many lines of one unusual size are no accident.
SEVERAL = 3
# A line that counts so far numbers the columns; counts of so many things do not.
_COLUMNS = 6
_NONE: Counter[int] = Counter()


@dataclass(slots=True)
class Shape:
    """What the rows of a run have in common.

    `sizes` counts the columns that lines cover, `usual_size` is what most do; `offsets` tells, for
    rows of a given size, place of the label and number of boxes after it, at which of these the
    figures began wherever all were filled. `complete` is whether all heads of the form were found:
    else only what stands right under a head is its.
    `labels` counts the first and last columns of the labels, `starts` the first ones by section.
    `overfull` counts rows that print more values than there are columns.
    `shows_blanks` is whether cells without anything printed stand among the values.
    `header` are the sizes of the header's lines: columns of rows of another size need not be its.
    """

    sizes: Counter[int] = field(default_factory=Counter)
    usual_size: int = 0
    offsets: dict[tuple[int, int, int], Counter[int]] = field(default_factory=dict)
    complete: bool = True
    columns: int = 0
    most_values: int = 0
    overfull: int = 0
    shows_blanks: bool = False
    labels: Counter[tuple[int, int]] = field(default_factory=Counter)
    starts: dict[str, Counter[int]] = field(default_factory=dict)
    header: frozenset[int] = frozenset()

    def is_usual(self, line: Line, label: int, values: int, offset: int) -> bool:
        """Whether a line is like most, or like several others that leave no doubt."""
        if line.size == self.usual_size and values == self.columns:
            return True
        shown = self.offsets.get((line.size, label, values), _NONE)
        several = self.sizes[line.size] >= SEVERAL and shown[offset] > 1
        return set(shown) == {offset} and (several or line.size == self.usual_size)

    def is_aligned(self, line: Line, label: int, section: str) -> bool:
        """Whether the label ends where the next cell counts, or as that of another row does.

        A blank cell beside a label of unusual width may be one too many, pushing figures aside.
        Nor is a label aligned that begins where none of the other rows of its section does.
        """
        if label < 0 or label + 1 >= len(line.boxes):
            return True
        box, after = line.boxes[label], line.boxes[label + 1]
        starts = self.starts.get(section, _NONE)
        if starts[box.col] == 1 < starts.total():
            return False
        return box.width == 1 or not after.blank or self.labels[_span(box)] > 1


def learn(
    rows: Iterable[tuple[Line, int, tuple[Box, ...], str]], count: int, header: Sequence[int]
) -> Shape:
    """The shape of rows: each with its label's index, the boxes after it, and its section.

    `header` are the sizes of the header's lines: where there are few rows, they decide.
    """
    shape = Shape(columns=count, header=frozenset(header))
    for width in header:
        shape.sizes[width] += 2
    known = tuple(rows)
    shape.sizes.update([line.size for line, _, _, _ in known])
    shape.usual_size = max(shape.sizes, key=lambda width: (shape.sizes[width], width), default=0)
    for line, label, values, section in known:
        if label >= 0:
            box = line.boxes[label]
            shape.labels[_span(box)] += 1
            if section not in shape.starts:
                shape.starts[section] = Counter()
            shape.starts[section][box.col] += 1
        real = [box for box in values if not box.missing]
        shape.most_values = max(shape.most_values, len(real))
        shape.overfull += sum(not box.blank for box in real) > count
        shape.shows_blanks |= any(box.blank for box in real)
        offsets = windows(real, count)
        if len(offsets) == 1 and _is_full(real, offsets[0], count):
            shape.offsets.setdefault((line.size, label, len(real)), Counter())[offsets[0]] += 1
    return shape


def _span(box: Box) -> tuple[int, int]:
    return box.col, box.end


def _is_full(boxes: Sequence[Box], offset: int, count: int) -> bool:
    return not any(box.blank for box in boxes[offset : offset + count])


def windows(values: Sequence[Box], count: int) -> list[int]:
    """Where `count` neighbouring boxes can begin so that all others are blank."""
    filled = [number for number, box in enumerate(values) if not box.blank]
    if not filled:
        return list(range(len(values) - count + 1))
    first = max(0, filled[-1] - count + 1)
    return list(range(first, min(filled[0], len(values) - count) + 1))


def numbers_columns(line: Line) -> bool:
    """Whether a line numbers the columns above it: 1, 2, 3 and so on."""
    printed = [box.text.strip("()（）. ") for box in line.printed()]
    first = 0 if printed[:1] == ["0"] else 1
    return len(printed) >= _COLUMNS and printed == [
        str(number) for number in range(first, first + len(printed))
    ]
