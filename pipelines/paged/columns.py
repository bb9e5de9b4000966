"""Columns of a table without ruled lines, told by their figures and the heads above them.

Figures of one column share a vertical line, whether they stand left, right or in the middle. A
column is taken for certain only if exactly one head stands over its figures.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pipelines.paged.runs import SAME, Run, Stack, are_apart, in_line, overlap

# Lines of one head are nearer than this, in heights of a character; nearer still if short ones.
LEADING, TIGHT, MORE = 0.9, 0.35, 0.2
# How much a full line may leave of its column, and how much shorter a line is than the one below.
ROOM, SHORTER = 2.2, 1.2


@dataclass(slots=True)
class Column:
    """A column of figures: its head, if it has one, and how far its texts reach."""

    head: Stack | None
    x0: float
    x1: float


def clusters(runs: Iterable[Run]) -> list[list[Run]]:
    """Texts that stand one above the other, from left to right."""
    found: list[list[Run]] = []
    edge = float("-inf")
    for run in sorted(runs, key=lambda run: run.x0):
        if run.x0 < edge:
            found[-1].append(run)
        else:
            found.append([run])
        edge = max(edge, run.x1) if len(found[-1]) > 1 else run.x1
    return found


def columns_of(figures: Sequence[Run], stacks: Sequence[Stack]) -> list[Column] | None:
    """The columns of figures under their heads; None where they cannot be told with certainty."""
    held = clusters(figures)
    if not stacks or not held or not all(map(_share_a_line, held)):
        return None
    over = [_over(stacks, cluster) for cluster in held]
    if any(len(found) > 1 for found in over):
        return None
    owners = [found[0] if found else None for found in over]
    if len({id(owner) for owner in owners if owner}) < sum(owner is not None for owner in owners):
        return None
    if not all(_lone_pairs(stacks, held, owners)):
        owners = _beside(stacks, held)
    if None in owners or _may_be_groups(stacks, held, owners):
        return None
    columns = [_column(stack, held, owners) for stack in stacks]
    apart = all(a.x1 < b.x0 for a, b in pairwise(columns))
    return columns if apart else None


def fitted(figures: Sequence[Run], columns: Sequence[Column]) -> list[Column] | None:
    """Known columns with further figures; None where one stands in none of them, or between two."""
    found = [Column(column.head, column.x0, column.x1) for column in columns]
    for run in figures:
        over = [column for column in found if column.x0 < run.x1 and run.x0 < column.x1]
        if len(over) != 1:
            return None
        over[0].x0, over[0].x1 = min(over[0].x0, run.x0), max(over[0].x1, run.x1)
    apart = all(a.x1 < b.x0 for a, b in pairwise(found))
    return found if found and apart else None


def _share_a_line(cluster: Sequence[Run]) -> bool:
    reach = SAME * cluster[0].size
    return max(run.x0 for run in cluster) < min(run.x1 for run in cluster) + reach


def _lone_pairs(
    stacks: Sequence[Stack], held: Sequence[Sequence[Run]], owners: list[Stack | None]
) -> Iterator[bool]:
    """Gives figures beside their head's extent the one head that stands between the same ones."""
    for number, cluster in enumerate(held):
        if owners[number] is not None:
            yield True
            continue
        left = _place(stacks, owners[number - 1]) if number else -1
        right = _place(stacks, owners[number + 1]) if number + 1 < len(held) else len(stacks)
        between = stacks[left + 1 : right] if right is not None and left is not None else []
        found = len(between) == 1 and _is_nearest(between[0], cluster, stacks)
        owners[number] = between[0] if found else None
        yield found


def _over(stacks: Sequence[Stack], cluster: Sequence[Run]) -> list[Stack]:
    return [stack for stack in stacks if any(overlap(stack, run) > 0 for run in cluster)]


def _beside(stacks: Sequence[Stack], held: Sequence[Sequence[Run]]) -> list[Stack | None]:
    """The head of each column where all figures end right, or begin left, of their heads' middles.

    Figures at the right of wide columns stand beside heads in the middle of these. Which of the
    two it is must be certain, or make no difference.
    """
    ways = _ways(stacks, held)
    return ways[0] if ways and all(found == ways[0] for found in ways) else [None]


def _may_be_groups(
    stacks: Sequence[Stack], held: Sequence[Sequence[Run]], owners: Sequence[Stack | None]
) -> bool:
    """Whether heads that stand higher than both next to them may be of groups, not of figures."""
    higher = [
        stack
        for left, stack, right in zip(stacks, stacks[1:], stacks[2:], strict=False)
        if all(beside.top > stack.bottom - SAME * stack.size for beside in (left, right))
    ]
    if not any(owner is stack for owner in owners for stack in higher):
        return False
    return bool(_ways([s for s in stacks if not any(s is one for one in higher)], held))


def _ways(stacks: Sequence[Stack], held: Sequence[Sequence[Run]]) -> list[list[Stack | None]]:
    """The heads of the columns, were all figures at the right of theirs, or all at the left."""
    over = [_over(stacks, cluster) for cluster in held]
    return [
        found
        for is_right in (True, False)
        if _is_flush(held, is_right=is_right)
        and all(found := [_head_beside(stacks, one, is_right=is_right) for one in held])
        and len({id(one) for one in found}) == len(found)
        and all(not known or known == [one] for known, one in zip(over, found, strict=True))
    ]


def _is_flush(held: Sequence[Sequence[Run]], *, is_right: bool) -> bool:
    """Whether the figures of each column end, or begin, at one place."""
    return all(
        max(edges) - min(edges) <= SAME * cluster[0].size
        for cluster in held
        for edges in [[run.x1 if is_right else run.x0 for run in cluster]]
    )


def _head_beside(
    stacks: Sequence[Stack], cluster: Sequence[Run], *, is_right: bool
) -> Stack | None:
    """The last head whose middle is left of where figures end, or the first right of a start."""
    if is_right:
        edge = max(run.x1 for run in cluster)
        return max((s for s in stacks if s.middle <= edge), key=attrgetter("middle"), default=None)
    edge = min(run.x0 for run in cluster)
    return min((s for s in stacks if s.middle >= edge), key=attrgetter("middle"), default=None)


def _is_nearest(stack: Stack, cluster: Sequence[Run], stacks: Sequence[Stack]) -> bool:
    """Whether figures stand clearly nearer to a head than to all others."""
    far = {id(one): -max(overlap(one, run) for run in cluster) for one in stacks}
    reach = far[id(stack)] + SAME * stack.size
    return all(reach < far[id(one)] for one in stacks if one is not stack)


def _place(stacks: Sequence[Stack], stack: Stack | None) -> int | None:
    return next((n for n, one in enumerate(stacks) if one is stack), None)


def _column(stack: Stack, held: Sequence[Sequence[Run]], owners: Sequence[Stack | None]) -> Column:
    own = [run for c, owner in zip(held, owners, strict=True) if owner is stack for run in c]
    x0 = min([stack.x0, *(run.x0 for run in own)])
    return Column(stack, x0, max([stack.x1, *(run.x1 for run in own)]))


class Leading(NamedTuple):
    """The most white between two lines of a cell.

    `is_shown` is whether there is more between some texts, so that less is that within cells.
    """

    most: float
    is_shown: bool


def leading(runs: Sequence[Run]) -> Leading:
    """The white within cells: hardly more than the least between texts in line."""
    whites = [
        below.y0 - above.y1
        for above in runs
        for below in runs
        if is_below(below, above) and in_line(below, above, above.size)
    ]
    size = max((run.size for run in runs), default=0.0)
    most = min(LEADING * size, min(whites, default=LEADING * size) + MORE * size)
    return Leading(most, any(most < white <= LEADING * size for white in whites))


def leaves(
    heads: Sequence[Run], figures: Sequence[Run], white: Leading
) -> tuple[list[Stack], list[Stack]]:
    """The lowest heads from left to right, each with all of its lines, read in two ways.

    A line as high as one over several columns may be a head over several columns too: in the
    second way it is, where `white` would let it be a head's first line.
    """
    lowest = _lowest(heads, figures)
    over = [[run for run in lowest if overlap(head, run) > 0] for head in heads]
    wide = [head for head, under in zip(heads, over, strict=True) if len(under) != 1]
    level = [h for h in heads if any(abs(h.level - one.level) <= SAME * h.size for one in wide)]
    joined = [_grown(run, lowest, heads, white) for run in lowest]
    others = [head for head in heads if not any(head is one for one in level)]
    return joined, [_grown(run, lowest, others, white) for run in lowest]


def _lowest(heads: Sequence[Run], figures: Sequence[Run]) -> list[Run]:
    """The heads with none below them.

    One over the white between two lower ones, with no figures, is a head over both.
    """
    found = [run for run in heads if not any(is_below(other, run) for other in heads)]
    found.sort(key=lambda run: run.x0)
    between = [
        run
        for left, run, right in zip(found, found[1:], found[2:], strict=False)
        if all(beside.y0 > run.y1 - SAME * run.size for beside in (left, right))
        and not any(overlap(run, figure) > 0 for figure in figures)
    ]
    return [run for run in found if not any(run is one for one in between)]


def is_below(other: Run, run: Run) -> bool:
    """Whether a text stands under another one."""
    return other.level > run.level + 0.5 * run.size and overlap(other, run) > 0


def _grown(last: Run, lowest: Sequence[Run], heads: Sequence[Run], white: Leading) -> Stack:
    """A head with the lines above its last one."""
    stack = Stack([last])
    others = [run for run in lowest if run is not last]
    pitch = min((abs(run.middle - last.middle) for run in others), default=0.0)
    while True:
        above = [run for run in heads if is_below(stack.runs[0], run)]
        line = max(above, key=lambda run: run.level, default=None)
        if line is None or any(overlap(line, other) > 0 for other in others):
            return stack
        is_full = white.is_shown or line.x1 - line.x0 > pitch - ROOM * line.size
        most = white.most if is_full else min(white.most, TIGHT * line.size)
        if not goes_on(line, stack, most):
            return stack
        stack.runs.insert(0, line)


def goes_on(line: Run, stack: Stack, most: float) -> bool:
    """Whether a line stands right above a text, in line with it, and is about as long.

    `most` is the most white between them.
    """
    near = stack.top - line.y1 <= most
    long = line.x1 - line.x0 >= stack.x1 - stack.x0 - SHORTER * line.size
    apart = are_apart(line, stack.runs[0])
    return near and long and not apart and in_line(line, stack, line.size)
