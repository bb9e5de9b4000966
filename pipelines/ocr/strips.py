"""Areas of a page cut into strips of one line each, by their ink."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipelines.ocr.engine import Raster

# All in heights of a character.
SPECK = 0.1
LOW = 0.7
TALLEST = 1.4
TOUCHING = 1.7
FLAT = 0.35
WIDE_GAP = 1.5
MARGIN = 0.2
# So far, in its own height, a slash leans; looked at in so few groups of ink.
SLANTED = 0.15
FEW = 4

Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a line: its box on the sheet, how many strokes stand apart in it, how flat it is.

    `parts` counts groups of ink with a gap between them; characters that touch are one. `slanted`
    tells of a few groups whether any leans as a slash does.
    """

    box: Area
    parts: int
    room: int
    flat: bool
    slanted: bool = False


def strips_of(ink: Raster, area: Area, height: float) -> list[list[Strip]]:
    """The lines in an area from top to bottom, each in pieces from left to right."""
    x0, y0, x1, y1 = area
    mask = _without_specks(ink[y0:y1, x0:x1], height)
    lines = []
    for top, bottom in _lines(mask, height):
        pieces = [
            _strip(mask, (left, top, right, bottom), height)
            for left, right in _runs(mask[top:bottom].any(axis=0), WIDE_GAP * height)
        ]
        lines.append([_moved(piece, x0, y0) for piece in pieces])
    return lines


def cut(grey: Raster, strip: Strip, area: Area, height: float, margin: float = MARGIN) -> Raster:
    """The picture of a strip, as high as a character at least, white beyond its area."""
    x0, y0, x1, y1 = strip.box
    short = max(height - (y1 - y0), 0.0) / 2
    side, over = round(margin * height) + 2, round(margin * height + short)
    left, right = max(x0 - side, area[0]), min(x1 + side, area[2])
    top, bottom = max(y0 - over, area[1]), min(y1 + over, area[3])
    pads = (top - (y0 - over), y1 + over - bottom, left - (x0 - side), x1 + side - right)
    return cv2.copyMakeBorder(
        grey[top:bottom, left:right], *pads, borderType=cv2.BORDER_CONSTANT, value=255
    )


def _without_specks(mask: Raster, height: float) -> Raster:
    """Dust is smaller than a full stop."""
    if not mask.any():
        return mask
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    kept = (np.maximum(widths, heights) > max(SPECK * height, 2)).astype(np.uint8) * 255
    kept[0] = 0
    return kept[labels]


def _lines(mask: Raster, height: float) -> list[tuple[int, int]]:
    """Top and bottom of each line: strokes one above the other in a character belong together."""
    lines: list[tuple[int, int]] = []
    for top, bottom in _runs(mask.any(axis=1), 1):
        if lines and _is_same(lines[-1], (top, bottom), height):
            lines[-1] = (lines[-1][0], bottom)
        else:
            lines.append((top, bottom))
    return [part for line in lines for part in _parted(mask, line, height)]


def _is_same(above: tuple[int, int], below: tuple[int, int], height: float) -> bool:
    low = min(above[1] - above[0], below[1] - below[0]) < LOW * height
    return low and below[1] - above[0] <= TALLEST * height


def _parted(mask: Raster, line: tuple[int, int], height: float) -> Iterator[tuple[int, int]]:
    """Lines that touch are parted where there is least ink between them."""
    top, bottom = line
    count = round((bottom - top) / (1.2 * height)) if bottom - top > TOUCHING * height else 1
    sums = mask[top:bottom].sum(axis=1, dtype=np.int64)
    reach = round(0.3 * height)
    start = top
    for number in range(1, count):
        middle = (bottom - top) * number // count
        first = max(middle - reach, start - top + 1)
        edge = top + first + int(sums[first : middle + reach].argmin())
        yield start, edge
        start = edge
    yield start, bottom


def _strip(mask: Raster, box: Area, height: float) -> Strip:
    left, top, right, bottom = box
    inked = mask[top:bottom, left:right]
    rows = np.flatnonzero(inked.any(axis=1))
    tight = (left, top + int(rows[0]), right, top + int(rows[-1]) + 1)
    groups = list(_runs(inked.any(axis=0), 1))
    room = sum(max(1, round((end - start) / (0.4 * height))) for start, end in groups)
    few = groups if len(groups) <= FEW else []
    slanted = any(_lean(inked[:, start:end]) >= SLANTED for start, end in few)
    return Strip(tight, len(groups), room, tight[3] - tight[1] < FLAT * height, slanted)


def _lean(inked: Raster) -> float:
    """How far the top third of some ink stands to the right of the bottom third, in its height."""
    rows, columns = np.nonzero(inked)
    first, last = int(rows.min()), int(rows.max())
    third = (last - first + 1) / 3
    top, bottom = columns[rows < first + third], columns[rows > last - third]
    return float(top.mean() - bottom.mean()) / (last - first + 1)


def _runs(inked: Raster, gap: float) -> list[tuple[int, int]]:
    """Start and end of stretches of ink; those less than `gap` apart are one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False])).astype(np.int8)))
    runs: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if runs and start - runs[-1][1] < gap:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _moved(strip: Strip, x: int, y: int) -> Strip:
    left, top, right, bottom = strip.box
    return replace(strip, box=(left + x, top + y, right + x, bottom + y))
