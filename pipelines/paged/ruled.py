"""Tables found by their ruled lines: one grid for PDF, OFD and scans.

All lengths are in the unit of the page (points, millimetres, pixels), y grows downwards;
`tolerance` is the distance under which two positions are one line.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

MAX_RULES = 100_000
MAX_CELLS = 100_000
# Part of a cell's side that must be drawn for the side to count as closed.
DRAWN = 0.6
# The strokes of a double or triple line are so far from one another, and all so broad, in
# tolerances: no text stands between them.
APART, BROADEST = 1.5, 2.0
# In points: a filled shape thinner than this is a line; a line may be this much out of true.
THIN = 3.0
SKEW = 1.0
# In tolerances: a line is so long, and one of dots and dashes alone, each shorter, is longer.
SHORTEST, SHORTEST_DOTTED = 1.2, 4.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line at `at`, from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a ruled table: rows and columns, the last ones not included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The edges of columns and rows, and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    owner: dict[tuple[int, int], Span] = field(repr=False)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The outer left, top, right and bottom edge."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def span_at(self, x: float, y: float) -> Span | None:
        """The cell that holds a point."""
        col, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.owner.get((row, col))

    def box(self, span: Span) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell."""
        return self.xs[span.left], self.ys[span.top], self.xs[span.right], self.ys[span.bottom]


def find_tables(rules: Sequence[Rule], tolerance: float) -> list[RuledTable]:
    """The tables of a page, from top to bottom; a lone frame or underline is none."""
    lines = _merged(rules[:MAX_RULES], tolerance)
    tables = [_table(group, tolerance) for group in _connected(lines, tolerance)]
    found = [table for table in tables if table is not None and len(table.spans) > 1]
    return sorted(found, key=lambda table: (table.ys[0], table.xs[0]))


def _merged(rules: Iterable[Rule], tolerance: float) -> list[Rule]:
    """Lines of both directions, put together."""
    ordered = list(rules)
    both = ([r for r in ordered if r.horizontal is horizontal] for horizontal in (True, False))
    return [rule for chosen in both for rule in joined_rules(chosen, tolerance)]


def joined_rules(rules: Sequence[Rule], tolerance: float) -> list[Rule]:
    """Lines of one direction; those on (nearly) one position that touch each other are one."""
    return [
        rule
        for group in _levels(rules, tolerance)
        for rule in _joined(group, sum(rule.at for rule in group) / len(group), tolerance)
    ]


def _levels(rules: Sequence[Rule], tolerance: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at <= tolerance:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _joined(group: list[Rule], at: float, tolerance: float) -> list[Rule]:
    pieces: list[list[float]] = []  # start, end, longest part
    for rule in sorted(group, key=lambda rule: rule.start):
        length = rule.end - rule.start
        if pieces and rule.start - pieces[-1][1] <= 2 * tolerance:
            pieces[-1][1:] = max(pieces[-1][1], rule.end), max(pieces[-1][2], length)
        else:
            pieces.append([rule.start, rule.end, length])
    return [
        Rule(group[0].horizontal, at, start, end)
        for start, end, longest in pieces
        if longest >= SHORTEST * tolerance or end - start >= SHORTEST_DOTTED * tolerance
    ]


def _connected(lines: list[Rule], tolerance: float) -> list[list[Rule]]:
    """Groups of lines that touch, crosswise."""
    across = [line for line in lines if line.horizontal]
    upright = [line for line in lines if not line.horizontal]
    parent = {id(line): id(line) for line in lines}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    upright.sort(key=_at)
    reach = 2 * tolerance
    for one in across:
        first = bisect_left(upright, one.start - reach, key=_at)
        for other in upright[first : bisect_right(upright, one.end + reach, key=_at)]:
            if other.start - reach <= one.at <= other.end + reach:
                parent[root(id(one))] = root(id(other))
    groups: dict[int, list[Rule]] = {}
    for line in lines:
        groups.setdefault(root(id(line)), []).append(line)
    return [group for group in groups.values() if len(group) >= 4]


def _at(rule: Rule) -> float:
    return rule.at


def _table(lines: list[Rule], tolerance: float) -> RuledTable | None:
    across = [line for line in lines if line.horizontal]
    upright = [line for line in lines if not line.horizontal]
    xs = _edges([v.at for v in upright], [e for h in across for e in (h.start, h.end)], tolerance)
    ys = _edges([h.at for h in across], [e for v in upright for e in (v.start, v.end)], tolerance)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_CELLS:
        return None
    spans = _spans(_Walls(xs, ys, across, upright, tolerance))
    owner = {
        (row, col): span
        for span in spans
        for row in range(span.top, span.bottom)
        for col in range(span.left, span.right)
    }
    return RuledTable(tuple(xs), tuple(ys), tuple(spans), owner)


def _edges(positions: list[float], ends: list[float], tolerance: float) -> list[float]:
    """Distinct positions of lines; where the outer lines are missing, the ends of the others.

    Double and triple lines have one position, in their middle.
    """
    groups: list[list[float]] = []
    for position in sorted(positions):
        is_near = groups and position - groups[-1][-1] <= APART * tolerance
        if is_near and position - groups[-1][0] <= BROADEST * tolerance:
            groups[-1].append(position)
        else:
            groups.append([position])
    edges = [(group[0] + group[-1]) / 2 for group in groups]
    for end in (min(ends), max(ends)):
        if edges and not edges[0] - 3 * tolerance <= end <= edges[-1] + 3 * tolerance:
            edges.append(end)
            edges.sort()
    return edges


class _Walls:
    """Which sides of the smallest cells are drawn."""

    def __init__(
        self,
        xs: list[float],
        ys: list[float],
        across: list[Rule],
        upright: list[Rule],
        tolerance: float,
    ) -> None:
        self.columns, self.rows = len(xs) - 1, len(ys) - 1
        self._right = [_drawn_stretches(upright, x, ys, tolerance) for x in xs]
        self._below = [_drawn_stretches(across, y, xs, tolerance) for y in ys]

    def right_of(self, row: int, col: int) -> bool:
        return self._right[col + 1][row]

    def below(self, row: int, col: int) -> bool:
        return self._below[row + 1][col]


def _drawn_stretches(
    lines: list[Rule], at: float, edges: list[float], tolerance: float
) -> list[bool]:
    """Between which neighbouring edges a line at a position is drawn."""
    near = [line for line in lines if abs(line.at - at) <= tolerance]
    return [_is_drawn(near, start, end) for start, end in pairwise(edges)]


def _is_drawn(lines: list[Rule], start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return drawn >= DRAWN * (end - start)


def _spans(walls: _Walls) -> list[Span]:
    """Rectangles of smallest cells with no wall between them, row by row."""
    taken: set[tuple[int, int]] = set()
    spans: list[Span] = []
    for row in range(walls.rows):
        for col in range(walls.columns):
            if (row, col) in taken:
                continue
            span = _grown(walls, row, col, taken)
            spans.append(span)
            taken.update(
                (r, c) for r in range(span.top, span.bottom) for c in range(span.left, span.right)
            )
    return spans


def _grown(walls: _Walls, row: int, col: int, taken: set[tuple[int, int]]) -> Span:
    right = col + 1
    while (
        right < walls.columns and (row, right) not in taken and not walls.right_of(row, right - 1)
    ):
        right += 1
    bottom = row + 1
    while bottom < walls.rows and all(
        not walls.below(bottom - 1, c) and (bottom, c) not in taken for c in range(col, right)
    ):
        if any(walls.right_of(bottom, c) for c in range(col, right - 1)):
            break
        bottom += 1
    return Span(row, col, bottom, right)


def rules_of_outline(points: Sequence[Point], stroked: bool) -> Iterator[Rule]:
    """The ruled lines (in points) that a straight outline draws: its strokes, or a thin filling."""
    return _strokes(points) if stroked else _filled(points)


def _strokes(points: Sequence[Point]) -> Iterator[Rule]:
    for (x0, y0), (x1, y1) in pairwise(points):
        width, height = abs(x1 - x0), abs(y1 - y0)
        if height <= SKEW and width > height:
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif width <= SKEW and height > width:
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _filled(points: Sequence[Point]) -> Iterator[Rule]:
    """Word processors draw borders as thin filled rectangles; a dot may be of either direction."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    width, height = right - left, bottom - top
    is_dot = max(width, height) <= THIN
    if height <= THIN and (is_dot or width > height):
        yield Rule(True, (top + bottom) / 2, left, right)
    if width <= THIN and (is_dot or height > width):
        yield Rule(False, (left + right) / 2, top, bottom)


def edges_of_filling(points: Sequence[Point]) -> tuple[Rule, ...]:
    """The upper and lower edge (in points) of a filled shape that is no line."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(ys) - min(ys) <= THIN:
        return ()
    return tuple(Rule(True, y, min(xs), max(xs)) for y in (min(ys), max(ys)))
