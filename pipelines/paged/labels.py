"""Rows of a table without ruled lines: which label belongs to which line of figures.

A label of several lines stands with its first, its middle or its last line beside its figures: one
of the three for the whole table, and every line of figures must have its label that way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.paged.columns import TIGHT, clusters
from pipelines.paged.runs import LOWER, NUMBERED, SAME, Run, Stack, are_apart, in_line

# A row of its own is not nearer to the others than this share of the least distance of two rows.
NEAREST = 0.75
# A unit, not a label, is no longer than this, in heights of a character.
SHORT = 3.0


@dataclass(slots=True)
class LabelledRow:
    """A row: its label, its figures (none if all are blank), the labels left of its own."""

    label: Stack | None
    figures: Sequence[Run]
    parents: list[Stack] = field(default_factory=list)

    @property
    def level(self) -> float:
        """How far down it stands."""
        return self.figures[0].level if self.figures or self.label is None else self.label.levels[1]

    @property
    def box(self) -> tuple[float, float]:
        """Its upper and lower edge."""
        label = self.label.runs if self.label else []
        runs = [*self.figures, *label]
        return min(run.y0 for run in runs), max(run.y1 for run in runs)


def stacked(runs: Sequence[Run], lines: Sequence[Sequence[Run]], white: float) -> list[Stack]:
    """The labels, each with all of its lines.

    `lines` are those of figures, `white` is the most between two lines of a label.
    """
    stacks: list[Stack] = []
    for run in sorted(runs, key=lambda run: (run.level, run.x0)):
        above = [stack for stack in stacks if _may_go_on(stack, run, white)]
        stack = max(above, key=lambda stack: stack.bottom, default=None)
        if (
            stack is None
            or not _is_full(stack.runs[-1], run, runs)
            or _are_rows(stack.runs[-1], run, runs, lines)
        ):
            stacks.append(Stack([run]))
        else:
            stack.runs.append(run)
    return stacks


def _may_go_on(stack: Stack, run: Run, white: float) -> bool:
    near = -0.5 * run.size < run.y0 - stack.bottom <= white
    opens = NUMBERED.match(run.text) or run.is_sign or stack.runs[-1].is_sign
    opens = opens or are_apart(stack.runs[-1], run)
    return near and not opens and in_line(stack.runs[-1], run, run.size)


def ends(corner: Stack, stack: Stack, lines: Sequence[Sequence[Run]], white: float) -> bool:
    """Whether what stands above the first figures ends the text of a table's corner."""
    return stack.bottom <= lines[0][0].y0 and _may_go_on(corner, stack.runs[0], white)


def _is_full(line: Run, below: Run, runs: Sequence[Run]) -> bool:
    """Whether the next character would not have gone into a line.

    Lines that begin or have their middle where it does show how long a line may be, and so does
    what stands right of it.
    """
    reach = SAME * line.size
    is_left = abs(line.x0 - below.x0) <= reach
    alike = [
        run.x1 - run.x0
        for run in runs
        if (is_left and abs(run.x0 - line.x0) <= reach) or abs(run.middle - line.middle) <= reach
    ]
    beside = [
        run.x0 - line.x0
        for run in runs
        if run.x0 > line.x1 and run.y0 < below.y1 and line.y0 < run.y1
    ]
    character = (below.x1 - below.x0) / max(len(below.text), 1)
    longest = min([max(alike, default=0.0), *beside])
    return line.x1 - line.x0 + 2 * character > longest


def _are_rows(line: Run, below: Run, runs: Sequence[Run], figures: Sequence[Sequence[Run]]) -> bool:
    """Whether two lines are of two rows: both stand beside figures, or are short beside labels."""
    return all(_has_figures(one, runs, figures) for one in (line, below)) or all(
        one.x1 - one.x0 <= SHORT * one.size
        and any(other.x1 <= one.x0 and _is_level(other, one) for other in runs)
        for one in (line, below)
    )


def _has_figures(line: Run, runs: Sequence[Run], figures: Sequence[Sequence[Run]]) -> bool:
    """Whether a line stands beside figures, with no label between."""
    return any(_is_level(values[0], line) for values in figures) and not any(
        other.x0 > line.x1 and abs(other.level - line.level) < line.size for other in runs
    )


def _is_level(one: Run, other: Run) -> bool:
    return abs(one.level - other.level) <= SAME * other.size


def labelled(stacks: Sequence[Stack], lines: Sequence[Sequence[Run]]) -> list[LabelledRow] | None:
    """The rows from top to bottom; None where the label of a line of figures is not certain."""
    if not stacks:
        return [LabelledRow(None, line) for line in lines] if len(lines) == 1 else None
    ways = [found for way in range(3) if (found := _matched(stacks, lines, way))]
    ways = [found for found in ways if None not in found] or ways
    most = max(map(_long, ways), default=0)
    ways = [found for found in ways if _long(found) == most]
    if not ways or any(found != ways[0] for found in ways[1:]):
        return None
    rows = [LabelledRow(stack, line) for stack, line in zip(ways[0], lines, strict=True)]
    if rows[-1].label is None and not _is_cut_row(rows, stacks):
        return None
    rows, parents = _with_blank_rows(rows, stacks)
    top, bottom = rows[0].box[0], rows[-1].box[1]
    if any(parent.bottom <= top for parent in parents):
        return None
    for parent in (one for one in parents if one.top < bottom):
        for row in _rows_of(parent, rows):
            row.parents.append(parent)
    return rows


def _long(found: Sequence[Stack | None]) -> int:
    """How many labels of several lines there are."""
    return sum(stack is not None and len(stack.runs) > 1 for stack in found)


def _with_blank_rows(
    rows: list[LabelledRow], stacks: Sequence[Stack]
) -> tuple[list[LabelledRow], list[Stack]]:
    """The rows with those that have no figures, and the labels that are left."""
    own = {id(row.label) for row in rows}
    rest = [stack for stack in stacks if id(stack) not in own]
    while blank := next((stack for stack in rest if _is_blank_row(stack, rows)), None):
        rows = sorted([*rows, LabelledRow(blank, ())], key=lambda row: row.level)
        rest = [stack for stack in rest if stack is not blank]
    return rows, rest


def _matched(
    stacks: Sequence[Stack], lines: Sequence[Sequence[Run]], way: int
) -> list[Stack | None]:
    """The label of each line of figures; empty where one but the last has none."""
    found: list[Stack | None] = []
    for values in lines:
        beside = [
            stack
            for stack in stacks
            if abs(stack.levels[way] - values[0].level) <= SAME * stack.size
        ]
        found.append(max(beside, key=lambda stack: stack.x0, default=None))
    if len({id(stack) for stack in found}) < len(found) or None in found[:-1]:
        return []
    return found


def _is_cut_row(rows: Sequence[LabelledRow], stacks: Sequence[Stack]) -> bool:
    """Whether figures without a label are a row that a page break cut.

    They may be the second lines of the figures above, which then stand no further off than the
    second lines of labels do.
    """
    within = [below.y0 - above.y1 for stack in stacks for above, below in pairwise(stack.runs)]
    if len(rows) < 3 or not within:
        return False
    return rows[-1].box[0] - rows[-2].box[1] > max(within) + LOWER * stacks[0].size


def _is_blank_row(stack: Stack, rows: Sequence[LabelledRow]) -> bool:
    """Whether a label is that of a row without figures, not one that stands beside several rows."""
    labels = [row.label for row in rows if row.label is not None]
    beside = (
        label
        for label in labels
        if label.x0 >= stack.x1 - SAME * stack.size
        and label.top < stack.bottom
        and stack.top < label.bottom
    )
    reach = SAME * stack.size
    alike = [
        label
        for label in labels
        if abs(label.x0 - stack.x0) <= reach or abs(label.middle - stack.middle) <= reach
    ]
    if any(beside) or len(alike) < min(len(labels), 2):
        return False
    whites = sorted(below.box[0] - above.box[1] for above, below in pairwise(rows))
    if rows[0].level < stack.levels[1] < rows[-1].level:
        pitch = min((below.level - above.level for above, below in pairwise(rows)), default=0.0)
        return min(abs(stack.levels[1] - row.level) for row in rows) >= NEAREST * pitch
    usual = whites[len(whites) // 2] if whites else 0.5 * stack.size
    white = max(rows[0].box[0] - stack.bottom, stack.top - rows[-1].box[1])
    return white <= usual + TIGHT * stack.size


def _rows_of(parent: Stack, rows: Sequence[LabelledRow]) -> list[LabelledRow]:
    """The rows that a label to the left of their own stands beside."""
    right = [row for row in rows if row.label is not None and row.label.x0 >= parent.x1]
    beside = [row for row in right if row.box[0] < parent.bottom and parent.top < row.box[1]]
    nearest = sorted(right, key=lambda row: abs(row.level - parent.levels[1]))[:1]
    return beside or nearest


def edges_of(rows: Sequence[LabelledRow], corner: Sequence[Stack], first: float) -> list[float]:
    """The edges of the columns of labels; the figures begin at `first`. None: none at all."""
    parents = {id(parent): parent for row in rows for parent in row.parents}
    own = [row.label for row in rows if row.label is not None]
    texts = [*parents.values(), *own, *corner]
    edges = [min((stack.x0 for stack in texts), default=first)]
    for cluster in clusters([run for parent in parents.values() for run in parent.runs]):
        end = max(run.x1 for run in cluster)
        after = [stack.x0 for stack in [*parents.values(), *own] if stack.x0 >= end]
        edges.append((end + min(after, default=first)) / 2)
    last = max((stack.x1 for stack in texts), default=first)
    return [*edges, (last + first) / 2] if texts else [first]
