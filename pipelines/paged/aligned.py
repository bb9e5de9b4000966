"""Tables without ruled lines: rows and columns told by where their texts stand.

Lines of figures come first: they show the columns. Heads above them and labels left of them must
fit, each column under one head, each line of figures beside one label. Where anything speaks
against it, the lines stay lines of text, with tabs between their parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.paged.columns import LEADING, Column, Leading, columns_of, fitted, leading, leaves
from pipelines.paged.glyphs import TextLine
from pipelines.paged.heads import HeadCell, head_cells, is_over
from pipelines.paged.labels import LabelledRow, edges_of, ends, labelled, stacked
from pipelines.paged.runs import SAME, Run, Stack, in_line, runs_of

# The white between two lines of one table, in heights of a character.
FARTHEST = 2.5
INDENT = 1.0
# No page prints more heads, labels or lines of figures in one table.
MAX_TEXTS = 300
# Nor so many texts in one line.
MAX_ACROSS = 40
_HEADING = re.compile(r"[（(]?([一二三四五六七八九十]{1,3}[、)）.．]|(计量|数据|金额)?单位[:：])")

# Over units, which count as labels wherever in their column it stands.
_UNITS = re.compile(r"(计量)?单位")

Printed = tuple[TextLine, list[Run]]


@dataclass(slots=True)
class Part:
    """Lines of figures under heads of their own. `start` to `end` are the lines it takes up.

    `edges` are those of the columns of labels, the last one where the figures begin.
    """

    start: int
    end: int
    columns: list[Column]
    rows: list[LabelledRow]
    edges: list[float]
    cells: list[HeadCell]
    corner: list[Stack]
    title: Run | None

    @property
    def head_rows(self) -> int:
        """The number of its rows of heads."""
        return max((cell.bottom for cell in self.cells), default=0)

    @property
    def box(self) -> tuple[float, float]:
        """Its upper and lower edge."""
        heads = [edge for cell in self.cells for edge in (cell.stack.top, cell.stack.bottom)]
        title = [self.title.y0] if self.title else []
        rows = [edge for row in self.rows for edge in row.box]
        return min([*title, *heads, *rows]), max([*heads, *rows])


@dataclass(frozen=True, slots=True)
class _Sides:
    """Where the labels end and the figures begin."""

    labels: float
    figures: float

    def is_head(self, run: Run) -> bool:
        """Whether a text above stands over the figures, not over their labels."""
        beside = run.x0 > self.labels or run.x1 >= self.figures
        return beside and not _UNITS.fullmatch(run.text)

    def crosses(self, run: Run) -> bool:
        """Whether a text stands over both."""
        return run.x0 <= self.labels and run.x1 >= self.figures


def parts_of(lines: Sequence[TextLine], open_columns: Sequence[Column]) -> list[Part]:
    """The tables among the lines of a page, from top to bottom.

    `open_columns` are those of a table at the foot of the page before: it may go on without heads.
    """
    read = [(line, runs_of(line)) for line in lines]
    printed = [(line, runs if len(runs) <= MAX_ACROSS else []) for line, runs in read]
    parts: list[Part] = []
    for start, end in _bodies(printed):
        free = parts[-1].end if parts else 0
        part = _part(printed, free, (start, end), [] if parts else open_columns)
        parts += [part] if part is not None else []
    return parts


def _is_near(printed: Sequence[Printed], number: int) -> bool:
    """Whether a line may be of one table with the line before it."""
    above, below = printed[number - 1][0], printed[number][0]
    return below.y0 - above.y1 < FARTHEST * below.size


def _values(runs: Sequence[Run]) -> list[Run]:
    """The figures of a line: those right of a text, or all of a line without any text."""
    texts = [n for n, run in enumerate(runs) if not run.is_figure and not run.is_sign]
    return [run for run in runs[max(texts, default=-1) + 1 :] if run.is_figure]


def _bodies(printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """Stretches of lines of figures, with the lines of labels between and after them."""
    found: list[tuple[int, int]] = []
    start, left = -1, 0.0
    for number, (_, runs) in enumerate(printed):
        values = _values(runs)
        goes_on = start >= 0 and _is_near(printed, number)
        edge = min([left, *(run.x0 for run in values)]) if goes_on else 0.0
        rest = [run for run in runs if run not in values and not run.is_sign]
        if goes_on and runs and all(run.x1 < edge for run in rest):
            left = edge
            continue
        if start >= 0:
            found.append((start, number))
        start, left = (number, values[0].x0) if values else (-1, 0.0)
    return [*found, (start, len(printed))] if start >= 0 else found


def _figures(printed: Sequence[Printed]) -> list[list[Run]]:
    """The figures of each line that has any, with the signs that stand among them."""
    left = min(run.x0 for _, runs in printed for run in _values(runs))
    found = []
    for _, runs in printed:
        values = _values(runs)
        signs = [run for run in runs if run.is_sign and run.x1 > left]
        found.append(sorted([*values, *signs], key=lambda run: run.x0))
    return [line for line in found if line]


def _part(
    printed: Sequence[Printed], free: int, body: tuple[int, int], open_columns: Sequence[Column]
) -> Part | None:
    """The table whose lines of figures are in `body`; `free` is the first line not taken yet."""
    texts = _texts(printed, free, body, open_columns)
    if len(texts.heads) + len(texts.labels) > MAX_TEXTS or len(texts.lines) > MAX_TEXTS:
        return None
    if not texts.heads and texts.top > 0:
        return None
    found = _columns(texts) if texts.heads else _open(texts, open_columns)
    if found is None or any(run.x1 >= found[0][0].x0 for run in texts.labels):
        return None
    columns, cells = found
    corner, rows = _rows(texts)
    if not rows:
        return None
    bottom = max(row.box[1] for row in rows)
    end = next((n for n in range(*body) if printed[n][0].y0 >= bottom), body[1])
    edges = edges_of(rows, corner, columns[0].x0)
    return Part(texts.top, end, columns, rows, edges, cells, corner, texts.title)


@dataclass(slots=True)
class _Texts:
    """What stands where in a table: `top` is its first line, `white` the most within a cell."""

    top: int
    lines: list[list[Run]]
    labels: list[Run]
    heads: list[Run]
    title: Run | None
    white: Leading


def _texts(
    printed: Sequence[Printed], free: int, body: tuple[int, int], open_columns: Sequence[Column]
) -> _Texts:
    start, end = body
    lines = _figures(printed[start:end])
    values = [run for line in lines for run in line]
    labels = _labels(printed[start:end], values)
    sides = _Sides(max((r.x1 for r in labels), default=0.0), min(line[0].x0 for line in lines))
    top = _top_of_heads(printed, free, start, sides)
    if top == start and open_columns:
        top = _first_label(printed, free, start, sides)
    above = [run for _, runs in printed[top:start] for run in runs]
    heads = [run for run in above if sides.is_head(run)]
    labels = [*(run for run in above if not sides.is_head(run)), *labels]
    white = leading([*labels, *heads][:MAX_TEXTS])
    title = _title(heads, labels, values, white)
    heads = [run for run in heads if run is not title]
    return _Texts(top, lines, labels, heads, title, white)


def _rows(texts: _Texts) -> tuple[list[Stack], list[LabelledRow]]:
    """The texts in the corner of a table and its rows; none where they are not certain."""
    foot = max((run.y1 for run in texts.heads), default=float("-inf"))
    above = [run for run in texts.labels if run.level < foot]
    corner = stacked(above, [], texts.white.most)
    own = stacked([run for run in texts.labels if run.level >= foot], texts.lines, texts.white.most)
    while own and corner and ends(corner[-1], own[0], texts.lines, texts.white.most):
        corner[-1].runs += own.pop(0).runs
    return corner, ([] if corner and not own else labelled(own, texts.lines) or [])


def _columns(texts: _Texts) -> tuple[list[Column], list[HeadCell]] | None:
    """The columns of figures and the heads over them; None where they are not certain."""
    values = [run for line in texts.lines for run in line]
    for stacks in reversed(leaves(texts.heads, values, texts.white)):
        columns = columns_of(values, stacks)
        cells = head_cells(columns, texts.heads, texts.white) if columns else None
        if columns and cells is not None:
            return columns, cells
    return None


def _open(texts: _Texts, columns: Sequence[Column]) -> tuple[list[Column], list[HeadCell]] | None:
    """The columns of the page before, if the figures stand in them."""
    found = fitted([run for line in texts.lines for run in line], columns)
    return (found, []) if found else None


def _labels(printed: Sequence[Printed], values: Sequence[Run]) -> list[Run]:
    """The texts left of the figures; after the last of these, only those in line with them."""
    held = set(values)
    last = max(number for number, (_, runs) in enumerate(printed) if held.intersection(runs))
    labels = [run for _, runs in printed[: last + 1] for run in runs if run not in held]
    for _, runs in printed[last + 1 :]:
        if not all(any(in_line(run, label, run.size) for label in labels) for run in runs):
            break
        labels += runs
    return labels


def _first_label(printed: Sequence[Printed], free: int, start: int, sides: _Sides) -> int:
    """The first of the lines of labels above a line of figures."""
    while (
        start > free
        and _is_near(printed, start)
        and not any(run.x1 >= sides.figures for run in printed[start - 1][1])
    ):
        start -= 1
    return start


def _top_of_heads(printed: Sequence[Printed], free: int, start: int, sides: _Sides) -> int:
    """The first line of the heads above a line of figures; `start` if there are none."""
    top = start
    for number in range(start - 1, free - 1, -1):
        runs = printed[number][1]
        if not runs or not _is_near(printed, number + 1) or _values(runs):
            break
        if any(map(sides.crosses, runs)) or (top < start and _is_heading(runs, sides)):
            break
        if any(map(sides.is_head, runs)):
            top = number
    while top > free and _is_corner(printed, top, sides):
        top -= 1
    return top


def _is_heading(runs: Sequence[Run], sides: _Sides) -> bool:
    """Whether a line is text above the table."""
    first = runs[0]
    if len(runs) > 1:
        return False
    outside = not sides.labels and first.x0 < sides.figures - INDENT * first.size
    return bool(_HEADING.match(first.text)) or first.text.endswith("。") or outside


def _is_corner(printed: Sequence[Printed], top: int, sides: _Sides) -> bool:
    """Whether the line above a table's first one begins the text in its corner."""
    if top == len(printed):
        return False
    above, below = printed[top - 1][1], printed[top][1]
    if len(above) != 1 or sides.is_head(above[0]) or _HEADING.match(above[0].text):
        return False
    near = [run for run in below if not sides.is_head(run) and in_line(run, above[0], run.size)]
    return any(run.y0 - above[0].y1 < LEADING / 2 * run.size for run in near)


def _title(
    heads: Sequence[Run], labels: Sequence[Run], values: Sequence[Run], white: Leading
) -> Run | None:
    """A text alone in the first line, over the middle of the whole table."""
    if len(heads) < 2:
        return None
    first = min(heads, key=lambda run: run.level)
    whole = [*labels, *heads, *values]
    if any(run is not first and run.y0 < first.y1 - SAME * first.size for run in whole):
        return None
    right = max(run.x1 for run in whole)
    middle = (min(run.x0 for run in whole) + right) / 2
    over = (min(run.x0 for run in whole if run in heads) + right) / 2
    nearer = abs(first.middle - middle) < abs(first.middle - over)
    others = [run for run in heads if run is not first]
    return first if nearer or not is_over(first, others, values, white) else None
