"""Heads that a page break cut in two, made whole again."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.tables.heads import HeadBook
from parsers.tables.sheets import Box, Line, Sheet


def with_whole_heads(sheet: Sheet, heads: HeadBook) -> Sheet:
    """The sheet; where two texts on both sides of a page break are one head, it stands above."""
    if not sheet.form_feeds:
        return sheet
    lines = list(sheet.lines)
    for below in sheet.form_feeds:
        if 0 < below < len(lines):
            lines[below - 1 : below + 1] = _mended(lines[below - 1], lines[below], heads)
    return replace(sheet, lines=tuple(lines))


def _mended(upper: Line, lower: Line, heads: HeadBook) -> tuple[Line, Line]:
    rest = {box.col: box.text for box in lower.printed()}
    whole = {
        box.col: box.text + rest[box.col]
        for box in upper.printed()
        if box.col in rest and _is_cut(box.text, rest[box.col], heads)
    }
    if not whole:
        return upper, lower
    return _retold(upper, whole), _retold(lower, dict.fromkeys(whole, ""))


def _is_cut(above: str, below: str, heads: HeadBook) -> bool:
    return bool(heads.find(above + below)) and not heads.find(above) and not heads.find(below)


def _retold(line: Line, texts: dict[int, str]) -> Line:
    return replace(line, boxes=_boxes(line.boxes, texts))


def _boxes(boxes: Sequence[Box], texts: dict[int, str]) -> tuple[Box, ...]:
    return tuple(
        replace(box, text=texts[box.col]) if box.starts and box.col in texts else box
        for box in boxes
    )
