"""The ruled lines of a scanned page, as the grid finder wants them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipelines.ocr.engine import Raster
from pipelines.ocr.raster import Sheet
from pipelines.ocr.strokes import (
    SHORTEST_ACROSS,
    SHORTEST_UPRIGHT,
    bar,
    broken_lines,
    without_strokes,
)
from pipelines.paged.ruled import MAX_RULES, Rule, RuledTable

# All in heights of a character.
THICKEST = 0.5
# So near to a rule across it a rule ends, in heights; else it is a stroke of characters, unless
# it runs along most of the longest one.
ANCHORED = 0.2
MOST = 0.6
# Gaps that scanning leaves in a rule.
GAP = 0.1


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of a page, in pixels of the sheet, and the pixels that they are made of."""

    rules: tuple[Rule, ...]
    drawn: Raster


def ruling_of(sheet: Sheet) -> Ruling:
    """Looks for rules both ways, solid ones and those of dashes or dots."""
    across = _lines(sheet.ink, sheet.height, True)
    upright = without_strokes(_lines(sheet.ink, sheet.height, False), across, sheet)
    rules = _anchored(
        _measured(across, sheet.height, True),
        _measured(upright, sheet.height, False),
        sheet.height,
    )
    drawn = cv2.dilate(across | upright, np.ones((3, 3), np.uint8))
    return Ruling(tuple(rules[:MAX_RULES]), drawn)


def _anchored(across: list[Rule], upright: list[Rule], height: float) -> list[Rule]:
    """Rules without those that neither end at others nor run along the whole table."""
    near = ANCHORED * height + 2
    across = [rule for rule in across if _is_anchored(rule, across, upright, near)]
    upright = [_cut(rule, across, near, SHORTEST_UPRIGHT * height) for rule in upright]
    upright = [rule for rule in upright if _is_anchored(rule, upright, across, near)]
    return [*(r for r in across if _is_anchored(r, across, upright, near)), *upright]


def _cut(upright: Rule, across: list[Rule], near: float, most: float) -> Rule:
    """An upright rule without what sticks out: strokes of text above or below that touch it."""
    crossing = [rule.at for rule in across if rule.start - near <= upright.at <= rule.end + near]
    within = [at for at in crossing if upright.start - near <= at <= upright.end + near]
    if not within or max(min(within) - upright.start, upright.end - max(within)) >= most:
        return upright
    return replace(upright, start=min(within), end=max(within))


def _is_anchored(rule: Rule, alike: list[Rule], others: list[Rule], near: float) -> bool:
    if rule.end - rule.start >= MOST * max(other.end - other.start for other in alike):
        return True
    crossing = [o for o in others if o.start - near <= rule.at <= o.end + near]
    return all(any(abs(o.at - end) <= near for o in crossing) for end in (rule.start, rule.end))


def drawn_edges(ruling: Ruling, tables: Sequence[RuledTable], tolerance: float) -> Raster:
    """The pixels of the rules of tables; strokes of characters that look like rules stay."""
    edges = np.zeros_like(ruling.drawn)
    for table in tables:
        x0, y0, x1, y1 = (round(edge) for edge in table.bounds)
        near = round(tolerance) + 1
        for x in map(round, table.xs):
            edges[max(y0 - near, 0) : y1 + near, max(x - near, 0) : x + near] = 255
        for y in map(round, table.ys):
            edges[max(y - near, 0) : y + near, max(x0 - near, 0) : x1 + near] = 255
    return ruling.drawn & edges


def stray_rules(ruling: Ruling, tables: Sequence[RuledTable], tolerance: float) -> int:
    """How many rules are of no table."""
    boxes = [table.bounds for table in tables]
    return sum(not any(_is_within(rule, box, tolerance) for box in boxes) for rule in ruling.rules)


def _is_within(rule: Rule, box: tuple[float, float, float, float], tolerance: float) -> bool:
    left, top, right, bottom = box
    start, end, low, high = (
        (left, right, top, bottom) if rule.horizontal else (top, bottom, left, right)
    )
    along = rule.start >= start - tolerance and rule.end <= end + tolerance
    return along and low - tolerance <= rule.at <= high + tolerance


def _lines(ink: Raster, height: float, horizontal: bool) -> Raster:
    gap = max(round(GAP * height), 2)
    # A rule that is a little askew leaves its row of pixels: look at three rows at once.
    thick = cv2.dilate(ink, bar(3, not horizontal))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bar(gap, horizontal))
    shortest = round((SHORTEST_ACROSS if horizontal else SHORTEST_UPRIGHT) * height)
    opened: Raster = cv2.morphologyEx(closed, cv2.MORPH_OPEN, bar(max(shortest, 9), horizontal))
    solid: Raster = opened & cv2.dilate(ink, bar(3, horizontal))
    return solid | broken_lines(ink, height, horizontal)


def _measured(lines: Raster, height: float, horizontal: bool) -> list[Rule]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    rules = []
    for left, top, width, tall, _ in stats[1:].tolist():
        length, thickness = (width, tall) if horizontal else (tall, width)
        if length < SHORTEST_UPRIGHT * height or thickness > max(THICKEST * height, 12):
            continue
        at, start = (top + tall / 2, left) if horizontal else (left + width / 2, top)
        rules.append(Rule(horizontal, at, float(start), float(start + length)))
    return rules
