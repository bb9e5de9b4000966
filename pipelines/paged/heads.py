"""Heads over several columns of a table without ruled lines: which columns each stands over.

They stand at the left, in the middle or at the right of their columns: one of the three for all of
them. They are taken only if that gives each its columns, side by side or one within another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pipelines.paged.columns import Column, Leading, goes_on, is_below, leaves
from pipelines.paged.runs import SAME, Run, Stack

# A text in the middle of several columns may be so far out, as a share of a column.
OUT = 0.25
MAX_GROUPS, MAX_COLUMNS = 5, 24

# A head and the columns that it stands over, the last one left out.
Spanned = tuple[Stack, int, int]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A head over the columns from `left` to before `right`, in head rows `top` to `bottom`."""

    stack: Stack
    left: int
    right: int
    top: int
    bottom: int


def head_cells(
    columns: Sequence[Column], heads: Sequence[Run], white: Leading
) -> list[HeadCell] | None:
    """The heads of the columns with those of groups above them; None where they are not certain.

    `white` is the most between two lines of a head.
    """
    lowest = [column.head for column in columns if column.head is not None]
    taken = {id(run) for stack in lowest for run in stack.runs}
    groups = _groups([run for run in heads if id(run) not in taken], white)
    spans = _spans(groups, lowest)
    if len(spans) != len(groups):
        return None
    levels = [_level(number, spans) for number in range(len(spans))]
    if not _is_level(spans, levels):
        return None
    rows = max(levels, default=-1) + 2
    cells = []
    for number, (stack, left, right) in enumerate(spans):
        below = [levels[n] for n, one in enumerate(spans) if _is_within(one, spans[number])]
        cells.append(
            HeadCell(stack, left, right, levels[number], min(below, default=levels[number] + 1))
        )
    for number, stack in enumerate(lowest):
        over = [cell.bottom for cell in cells if cell.left <= number < cell.right]
        cells.append(HeadCell(stack, number, number + 1, max(over, default=0), rows))
    return cells


def is_over(text: Run, heads: Sequence[Run], figures: Sequence[Run], white: Leading) -> bool:
    """Whether a text stands over some of the columns under it."""
    lowest, group = leaves(heads, figures, white)[0], Stack([text])
    ends = range(1, len(lowest) + 1)
    ways = [_Way(lowest, way) for way in range(3)]
    return any(w.is_over(group, (start, end)) for w in ways for end in ends for start in range(end))


def _groups(runs: Sequence[Run], white: Leading) -> list[Stack]:
    """The heads above the lowest ones, from the lowest up."""
    groups: list[Stack] = []
    for run in sorted(runs, key=lambda run: -run.level):
        below = [group for group in groups if is_below(group.runs[0], run)]
        if below and goes_on(run, below[-1], white.most):
            below[-1].runs.insert(0, run)
        else:
            groups.append(Stack([run]))
    return groups


def _spans(groups: Sequence[Stack], lowest: Sequence[Stack]) -> list[Spanned]:
    """The columns of each group; empty where they cannot be told."""
    ordered = sorted(groups, key=lambda group: group.middle)
    best: list[Spanned] = []
    most = 0
    for way in range(3) if len(groups) <= MAX_GROUPS and len(lowest) <= MAX_COLUMNS else ():
        found = _Way(lowest, way).nested(ordered, (0, len(lowest)), is_inner=False) or []
        covered = sum(right - left for _, left, right in found)
        if covered > most:
            best, most = found, covered
    return best


@dataclass(frozen=True, slots=True)
class _Way:
    """Heads at the left (0), in the middle (1) or at the right (2) of the columns under them."""

    lowest: Sequence[Stack]
    way: int

    def is_over(self, group: Stack, span: Span) -> bool:
        """Whether a text stands so over some columns, with all of their heads below it."""
        below = self.lowest[slice(*span)]
        if len(below) < 2 or any(
            stack.levels[0] < group.levels[2] + 0.5 * group.size for stack in below
        ):
            return False
        left, right = below[0], below[-1]
        if self.way != 1:
            out = group.x0 - left.x0 if self.way == 0 else group.x1 - right.x1
            return abs(out) <= SAME * group.size
        pitch = (right.middle - left.middle) / max(len(below) - 1, 1) or group.size
        return abs(group.middle - (left.middle + right.middle) / 2) <= OUT * pitch

    def nested(
        self, groups: Sequence[Stack], over: Span, *, is_inner: bool
    ) -> list[Spanned] | None:
        """Groups over as many of some columns as can be, each other one within one of these.

        A group within another does not stand over all of its columns.
        """
        best: list[Spanned] | None = None if groups else []
        most = 0
        for count in range(1, len(groups) + 1):
            for outer in combinations(groups, count):
                tiles = self._tiles(outer, over, over if is_inner else None)
                covered = sum(right - left for _, left, right in tiles)
                rest = [group for group in groups if not any(group is one for one in outer)]
                if covered > most and (found := self._with_inner(tiles, rest)) is not None:
                    best, most = found, covered
        return best

    def _tiles(self, groups: Sequence[Stack], over: Span, barred: Span | None) -> list[Spanned]:
        """Groups side by side over as many columns as can be; empty if not all find any."""
        best: list[Spanned] = []
        most = 0
        for start in range(*over):
            for end in range(start + 1, over[1] + 1):
                if (start, end) == barred or not self.is_over(groups[0], (start, end)):
                    continue
                rest = self._tiles(groups[1:], (end, over[1]), None) if groups[1:] else []
                covered = end - start + sum(right - left for _, left, right in rest)
                if covered > most and (rest or not groups[1:]):
                    best, most = [(groups[0], start, end), *rest], covered
        return best

    def _with_inner(self, tiles: Sequence[Spanned], rest: Sequence[Stack]) -> list[Spanned] | None:
        """The groups with those within them; None where one is within none."""
        found = list(tiles)
        for outer, left, right in tiles:
            inner = [
                group
                for group in rest
                if self.lowest[left].x0 <= group.middle <= self.lowest[right - 1].x1
                and group.top > outer.top + 0.5 * outer.size
            ]
            rest = [group for group in rest if not any(group is one for one in inner)]
            nested = self.nested(inner, (left, right), is_inner=True)
            if nested is None:
                return None
            found += nested
        return found if tiles and not rest else None


def _level(number: int, spans: Sequence[Spanned]) -> int:
    """How many groups stand over one."""
    above = [_level(n, spans) for n, one in enumerate(spans) if _is_within(spans[number], one)]
    return max(above, default=-1) + 1


def _is_within(one: Spanned, other: Spanned) -> bool:
    """Whether a group stands under another."""
    inside = other[1] <= one[1] and one[2] <= other[2]
    return inside and one[0].levels[1] > other[0].levels[1] + SAME * one[0].size


def _is_level(spans: Sequence[Spanned], levels: Sequence[int]) -> bool:
    """Whether groups printed in one line are all on one level."""
    return all(
        levels[n] == levels[m]
        for n, one in enumerate(spans)
        for m, other in enumerate(spans)
        if abs(one[0].levels[1] - other[0].levels[1]) < SAME * one[0].size
    )
