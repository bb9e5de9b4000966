"""Cells of a table that print something which is no text of their own: it cannot be read."""

import re
from collections.abc import Collection, Sequence

from lxml import etree

from pipelines.grids import Box
from pipelines.html import tree
from pipelines.html.cells import is_picture

UNREADABLE = "\ufffd"

_FIGURE = re.compile(r"[\d,，.]+%?")
# What makes another figure of the one that it stands beside.
_CHANGES = re.compile(r"[\d百千万亿%％]")


def mark_unreadable(
    boxes: Sequence[Box], cells: Sequence[etree._Element], nested: Collection[etree._Element]
) -> None:
    """Marks the boxes of a table, in the order of its cells; `nested` are the tables in them.

    A cell with a picture and no text is not blank; one that the style sheet fills, or whose figure
    it changes, prints another; one that holds a table says nothing itself: that is read by itself.
    """
    holders = {above for table in nested for above in table.iterancestors()}
    printed = tree.generated()
    for box, cell in zip(boxes, cells, strict=False):
        is_drawn = not box.text and len(cell) and not tree.hiding(cell) and is_picture(cell)
        if is_drawn or cell in holders or (printed and _is_changed(box.text, cell)):
            box.text = UNREADABLE


def _is_changed(text: str, cell: etree._Element) -> bool:
    """Whether the style sheet fills a cell, or changes its figure."""
    printed = tree.generated()
    words = "".join(printed.get(node, "") for node in cell.iter())
    if not text:
        return bool(words)
    return _FIGURE.fullmatch(text) is not None and _CHANGES.search(words) is not None
