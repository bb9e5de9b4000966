"""Texts of a line that stand apart: the cells of a table without ruled lines, or parts of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.paged.glyphs import Glyph, TextLine

# The white between two texts, in heights of a character.
APART = 0.25
# A text so much lower is of another line of its cell.
LOWER = 0.12
# Two positions are one within so many heights of a character.
SAME = 0.35
# What a figure's cell may hold: a figure with its unit, or a sign for none.
_FIGURE = re.compile(
    r"[-+－＋]?[\d０-９]([\d０-９,，.．]*[\d０-９])?[%％件条个次人项元万亿份篇名]{0,2}"
)
_SIGN = re.compile(r"[—－–\-/／无]+")
NUMBERED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、)）.．]|[（(]?\d{1,2}[)）、.．](?!\d)|其中|[①-⑳]|第.{1,3}条"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text without a gap, and its box. `row` is that of its line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    row: int = 0

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Half way across."""
        return (self.x0 + self.x1) / 2

    @property
    def level(self) -> float:
        """Half way down."""
        return (self.y0 + self.y1) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure."""
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def is_sign(self) -> bool:
        """Whether it is a sign that stands in place of a figure, or of a unit."""
        return _SIGN.fullmatch(self.text) is not None


def runs_of(line: TextLine) -> list[Run]:
    """The texts of a line, from left to right; those a little higher or lower stand apart too."""
    inked = sorted((g for g in line.glyphs if g.text.strip()), key=lambda g: g.y0 + g.y1)
    rows: list[list[Glyph]] = [inked[:1]] if inked else []
    for above, below in pairwise(inked):
        if (below.y0 + below.y1 - above.y0 - above.y1) / 2 > LOWER * line.size:
            rows.append([])
        rows[-1].append(below)
    runs = (run for row in rows for run in _runs(row, line))
    return sorted(runs, key=lambda run: run.x0)


def _runs(row: Sequence[Glyph], line: TextLine) -> Iterator[Run]:
    """The texts of characters on one level."""
    ordered = sorted(row, key=lambda glyph: glyph.x0)
    part = ordered[:1]
    for left, right in pairwise(ordered):
        if right.x0 - left.x1 > APART * line.size:
            yield _run(part, line.row)
            part = []
        part.append(right)
    yield _run(part, line.row)


def _run(glyphs: Sequence[Glyph], row: int) -> Run:
    return Run("".join(glyph.text for glyph in glyphs), *bounds(glyphs), row)


def are_apart(one: Run, other: Run) -> bool:
    """Whether two texts are known to be of different rows."""
    return one.row != other.row


def bounds(boxes: Iterable[Glyph | Run]) -> tuple[float, float, float, float]:
    """The box around several."""
    found = list(boxes)
    return (
        min(box.x0 for box in found),
        min(box.y0 for box in found),
        max(box.x1 for box in found),
        max(box.y1 for box in found),
    )


@dataclass(slots=True)
class Stack:
    """Lines of one text, one below the other."""

    runs: list[Run]

    @property
    def text(self) -> str:
        """The lines put together."""
        return "".join(run.text for run in self.runs)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return bounds(self.runs)

    @property
    def x0(self) -> float:
        """The left edge."""
        return min(run.x0 for run in self.runs)

    @property
    def x1(self) -> float:
        """The right edge."""
        return max(run.x1 for run in self.runs)

    @property
    def middle(self) -> float:
        """Half way across."""
        return (self.x0 + self.x1) / 2

    @property
    def levels(self) -> tuple[float, float, float]:
        """How far down its first line, its middle and its last line are."""
        first, last = self.runs[0].level, self.runs[-1].level
        return first, (first + last) / 2, last

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.runs[0].y0

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.runs[-1].y1

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.runs[0].size


def in_line(one: Run | Stack, other: Run | Stack, size: float) -> bool:
    """Whether two texts stand under each other: left edge, middle or right edge alike."""
    return (
        abs(one.x0 - other.x0) <= SAME * size
        or abs(one.middle - other.middle) <= SAME * size
        or abs(one.x1 - other.x1) <= SAME * size
    )


def overlap(one: Run | Stack, other: Run | Stack) -> float:
    """How far two texts stand one above the other; negative for the white between them."""
    return min(one.x1, other.x1) - max(one.x0, other.x0)
