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
    table: etree._Element,
    boxes: Sequence[Box],
    cells: Sequence[etree._Element],
    nested: Collection[etree._Element],
) -> None:
    """Marks the boxes of a table, in the order of its cells; `nested` are the tables in them.

    A cell with a picture and no text is not blank; one that the style sheet fills, or whose figure
    it changes, prints another; one that holds a table says nothing itself: that is read by itself.
    One in a column that is not shown prints nothing.
    """
    unseen = _hidden_columns(table)
    holders = {above for table in nested for above in table.iterancestors()}
    printed = tree.generated()
    for box, cell in zip(boxes, cells, strict=False):
        is_drawn = not box.text and len(cell) and not tree.hiding(cell) and is_picture(cell)
        is_unseen = bool(unseen) and unseen.issuperset(range(box.col, box.col + box.colspan))
        is_replaced = cell in holders or (printed and _is_changed(box.text, cell))
        if is_drawn or is_unseen or is_replaced:
            box.text = UNREADABLE


def _hidden_columns(table: etree._Element) -> set[int]:
    """The columns that a table says are not shown, from 0 (`col` with `visibility: collapse`)."""
    hidden: set[int] = set()
    number = 0
    for column in table.iterchildren("col", "colgroup"):
        for one in list(column.iterchildren("col")) or [column]:
            told = one.get("span", "1")
            span = int(told) if told.isascii() and told.isdecimal() and len(told) < 4 else 1
            if tree.hiding(one) or tree.hiding(column):
                hidden.update(range(number, number + span))
            number += span
    return hidden


def _is_changed(text: str, cell: etree._Element) -> bool:
    """Whether the style sheet fills a cell, or changes its figure."""
    printed = tree.generated()
    words = "".join(printed.get(node, "") for node in cell.iter())
    if not text:
        return bool(words)
    return _FIGURE.fullmatch(text) is not None and _CHANGES.search(words) is not None
