"""Ruled lines told from strokes of characters, which touch the rules of narrow rows."""

from collections.abc import Callable
from typing import TypeAlias

import cv2
import numpy as np

from pipelines.ocr.engine import Raster
from pipelines.ocr.raster import Sheet

Box: TypeAlias = tuple[int, int, int, int]

# All in heights of a character: marks of a broken line, the gaps between them, and its length:
# upright, and across, where text makes chains of strokes too.
THIN = 0.22
GAP = 0.5
SHORTEST_BROKEN = 2.5
SHORTEST_CHAIN = 4.0
# Gaps that a broken line has at least, and the share of marks and of gaps that are alike, of each
# and in sum.
FEWEST_GAPS, LEAST_EVEN, EVEN = 4, 0.55, 1.45
# A rule is longer than any stroke of a character.
SHORTEST_ACROSS = 2.2
SHORTEST_UPRIGHT = 1.35
# Shares of a line: without gaps, with ink attached to one side, and with ink on both sides.
SOLID, BARE, CROWDED, CROSSED = 0.5, 0.06, 0.35, 0.06
# Pixels beside a line in which attached strokes begin.
REACH = 2


def broken_lines(ink: Raster, height: float, horizontal: bool) -> Raster:
    """Lines of dashes or dots: long chains of thin, regular marks, their gaps filled."""
    thickness = max(round(THIN * height), 5)
    tall: Raster = cv2.morphologyEx(ink, cv2.MORPH_OPEN, bar(thickness, not horizontal))
    thin = ink & ~tall
    shortest = SHORTEST_CHAIN if horizontal else SHORTEST_BROKEN
    gap, length = max(round(GAP * height), 3), max(round(shortest * height), 12)
    thick = cv2.dilate(thin, bar(3, not horizontal))
    chained = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bar(gap, horizontal))
    found = cv2.morphologyEx(chained, cv2.MORPH_OPEN, bar(length, horizontal))
    return _kept(found, lambda box: _is_regular(thin, box, horizontal))


def _is_regular(thin: Raster, box: Box, horizontal: bool) -> bool:
    """Whether most marks in a box are of one length, and most gaps between them."""
    left, top, width, tall = box
    marked = thin[top : top + tall, left : left + width].any(axis=0 if horizontal else 1)
    ends = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    lengths = np.diff(ends)
    marks, gaps = lengths[::2], lengths[1::2]
    if len(gaps) < FEWEST_GAPS:
        return False
    even = _evenness(marks), _evenness(gaps)
    return min(even) >= LEAST_EVEN and sum(even) >= EVEN


def _evenness(lengths: Raster) -> float:
    """The share of lengths that are like most of them."""
    usual = float(np.median(lengths))
    return float((np.abs(lengths - usual) <= 0.4 * usual + 1).mean())


def without_strokes(upright: Raster, across: Raster, sheet: Sheet) -> Raster:
    """Upright lines without those made of strokes of characters.

    In narrow rows strokes reach from rule to rule, and those of the same character in several rows
    make a long line. Other strokes cross them or are attached to them, and they leave small gaps.
    """
    near: Raster = cv2.dilate(across, bar(7, False))
    wide: Raster = cv2.dilate(upright, np.ones((3, 3), np.uint8))
    free = sheet.ink & ~near & ~wide
    whole = _without_gaps(sheet)
    between = _kept(upright & ~near, lambda box: _is_bare(box, whole, free, near))
    lines = between | (upright & near)
    return _kept(lines, lambda box: _is_ruled(box, whole, free, near, sheet.height))


def _is_bare(box: Box, whole: Raster, free: Raster, near: Raster) -> bool:
    """Whether a piece between two rules across has no strokes across it, nor many beside gaps."""
    attached, crossed = _sides(free, near, box)
    return crossed <= CROSSED and (attached <= CROWDED or _solid(whole, box) >= SOLID)


def _is_ruled(box: Box, whole: Raster, free: Raster, near: Raster, height: float) -> bool:
    """A worn rule is full of gaps, but long and bare; text may touch one that is solid and long."""
    attached, _ = _sides(free, near, box)
    if _solid(whole, box) < SOLID:
        return box[3] >= SHORTEST_BROKEN * height and attached <= BARE
    return attached <= (BARE if box[3] < SHORTEST_ACROSS * height else CROWDED)


def _solid(whole: Raster, box: Box) -> float:
    left, top, width, tall = box
    return float(whole[top : top + tall, left : left + width].any(axis=1).mean())


def _sides(free: Raster, near: Raster, box: Box) -> tuple[float, float]:
    """The shares of a line's rows with other ink beside it, and with ink on both its sides."""
    left, top, width, tall = box
    rows, right = slice(top, top + tall), left + width
    before = free[rows, max(left - REACH, 0) : left].any(axis=1)
    after = free[rows, right : right + REACH].any(axis=1)
    counted = max(int((~near[rows, left:right].any(axis=1)).sum()), 1)
    return float((before | after).sum()) / counted, float((before & after).sum()) / counted


def _kept(lines: Raster, is_kept: Callable[[Box], bool]) -> Raster:
    """The lines whose boxes (left, top, width, height) pass."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    boxes = [(left, top, width, tall) for left, top, width, tall, _ in stats[1:].tolist()]
    kept: Raster = np.array([0, *(255 * is_kept(box) for box in boxes)], np.uint8)
    return kept[labels]


def _without_gaps(sheet: Sheet) -> Raster:
    """Upright lines of ink alone, longer than any character."""
    return cv2.morphologyEx(
        cv2.dilate(sheet.ink, bar(3, True)),
        cv2.MORPH_OPEN,
        bar(max(round(SHORTEST_UPRIGHT * sheet.height), 9), False),
    )


def bar(length: int, horizontal: bool) -> Raster:
    """A line of pixels, to look for longer ones with."""
    return np.ones((1, length) if horizontal else (length, 1), np.uint8)
