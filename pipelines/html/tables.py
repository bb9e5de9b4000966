"""Tables by the algorithm of the HTML standard, with what damaged pages need beside it.

The rules are those of https://html.spec.whatwg.org/multipage/tables.html#forming-a-table: spans
are clipped to their row group, `rowspan=0` runs to its end, a slot belongs to the first cell
that takes it. Cells are also found inside stray wrappers (form, font, o:p) and outside rows.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import Line, Table, problem
from pipelines.grids import MAX_SLOTS, SHORT_CELL, Box, is_layout
from pipelines.html import tree
from pipelines.html.cells import TABLE_PARTS, cell_text
from pipelines.html.laid_out import columns_of
from pipelines.html.metadata import is_report_title
from pipelines.html.paths import element_path
from pipelines.html.unreadable import mark_unreadable

MAX_COLSPAN = 1000
MAX_ROWSPAN = 65_534
CELLS = frozenset({"td", "th"})
FEWEST_FIGURED = 2
FEWEST_SIDE_BY_SIDE = 3
# A cell of so many paragraphs with sentences, in a table without figures, is no entry of it.
FEWEST_SENTENCES = 3

_DIGITS = re.compile(r"\s*\+?(\d+)")
_FIGURE = re.compile(r"[\d,，.]+%?")
_SECTIONS = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class Row:
    """The cells of one row and the row group they are in."""

    section: int
    in_head: bool = False
    cells: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableReading:
    """A data table, its captions and what was wrong with it; `table` is missing for a layout.

    `nested` are tables of their own that stand in its cells.
    """

    table: Table | None
    captions: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    nested: tuple[etree._Element, ...] = ()


LAYOUT = TableReading(None)


def read_table(element: etree._Element) -> TableReading:
    """Reads a table element, unless it only lays out the page; asked several times, read once."""
    readings = tree.table_readings()
    reading = readings.get(element)
    if reading is None:
        reading = readings[element] = _read_table(element)
    return reading


def _read_table(element: etree._Element) -> TableReading:
    if element.get("role") in ("presentation", "none"):
        return LAYOUT
    rows, captions = _rows(element)
    if _is_one_column(rows):
        return LAYOUT
    frames = next(_real_tables_within(element), None) is not None
    if frames and not _has_own_figures(rows):
        return LAYOUT
    nested = tuple(_outermost(_real_tables_within(element))) if frames else ()
    boxes, problems = _boxes(rows)
    if is_layout(boxes) or _holds_text(boxes):
        return LAYOUT
    mark_unreadable(element, boxes, [cell for row in rows for cell in row.cells], nested)
    return TableReading(Table(boxes, element_path(element)), captions, problems, nested)


def _is_one_column(rows: list[Row]) -> bool:
    """Whether no two cells of a table can stand side by side, or its one row has but two."""
    cells = [cell for row in rows for cell in row.cells]
    if len(rows) == 1:
        return len(cells) < FEWEST_SIDE_BY_SIDE
    widest = max((len(row.cells) for row in rows), default=0)
    return widest <= 1 and not any(cell.get("rowspan") for cell in cells)


def _holds_text(boxes: list[Box]) -> bool:
    """Whether a cell holds a text: a report's title above sentences, or most of a table's words."""
    total = sum(len(box.text) for box in boxes)
    for box in boxes:
        if "\n" not in box.text:
            continue
        lines = box.text.split("\n")
        sentences = sum(1 for line in lines if "。" in line)
        if sentences and any(map(is_report_title, lines)):
            return True
        if sentences >= FEWEST_SENTENCES and 2 * len(box.text) > total:
            return not any(_FIGURE.fullmatch(other.text) for other in boxes)
    return False


def _real_tables_within(element: etree._Element) -> Iterator[etree._Element]:
    """The tables in it that have two rows and two columns."""
    known = tree.real_tables()
    for inner in element.iterdescendants("table"):
        is_real = known.get(inner)
        if is_real is None:
            rows = [len(row.cells) for row in _rows(inner)[0]]
            is_real = known[inner] = sum(map(bool, rows)) >= 2 and max(rows) >= 2
        if is_real:
            yield inner


def _outermost(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    seen: set[etree._Element] = set()
    for element in elements:
        if seen.isdisjoint(element.iterancestors()):
            yield element
        seen.add(element)


def _has_own_figures(rows: list[Row]) -> bool:
    """Whether most rows print figures beside labels, so that it is more than a frame of others."""
    own = [row.cells for row in rows if row.cells and not any(map(_holds_table, row.cells))]
    figured = [cells for cells in own if len(cells) >= 2 and _prints_figure(cells)]
    return len(figured) >= FEWEST_FIGURED and 2 * len(figured) > len(rows)


def _holds_table(cell: etree._Element) -> bool:
    return len(cell) > 0 and next(cell.iter("table"), None) is not None


def _prints_figure(cells: list[etree._Element]) -> bool:
    texts = [tree.tidy(tree.raw_text(cell)) for cell in cells]
    is_short = max(map(len, texts)) <= SHORT_CELL
    return is_short and not _FIGURE.fullmatch(texts[0]) and any(map(_FIGURE.fullmatch, texts))


def _rows(table: etree._Element) -> tuple[list[Row], tuple[Line, ...]]:
    """The rows in the order shown, the first head first, footers last, and the captions."""
    collector = _RowCollector(columns_of(table))
    collector.collect(table)
    head = next((row.section for row in collector.rows if row.in_head), None)

    def place(row: Row) -> int:
        return 0 if row.section == head else 2 if row.section in collector.footers else 1

    return sorted(collector.rows, key=place), tuple(collector.captions)


class _RowCollector:
    """Walks a table down to its cells without entering them."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self.rows: list[Row] = []
        self.captions: list[Line] = []
        self.footers: set[int] = set()
        self._hidden = tree.hidings()
        self._section = 0
        self._in_head = False
        self._open: Row | None = None

    def collect(self, table: etree._Element) -> None:
        self._loose(table.text, table)
        around: list[tuple[etree._Element, Iterator[etree._Element]]] = [(table, iter(table))]
        while around:
            holder, nodes = around[-1]
            node = next(nodes, None)
            if node is None:
                around.pop()
                self._leave(holder)
                if holder is not table:
                    self._loose(holder.tail, holder)
            elif self._enter(node):
                self._loose(node.text, node)
                around.append((node, iter(node)))
            else:
                if len(node) and node.tag in CELLS and (parts := self._parts_within(node)):
                    around.append((table, iter(parts)))
                self._loose(node.tail, node)

    def _is_shown(self, node: etree._Element) -> bool:
        return node not in self._hidden or not tree.is_removed(node)

    def _parts_within(self, cell: etree._Element) -> list[etree._Element]:
        """Parts of the table that stand in a cell which was never closed."""
        parts = [child for child in cell if child.tag in TABLE_PARTS]
        return parts if self._is_shown(cell) else []

    def _loose(self, text: str | None, node: etree._Element) -> None:
        """Text outside of cells: browsers show it before the table."""
        if text and not text.isspace() and (line := tree.tidy(text)):
            self.captions.append(Line(line, element_path(node)))

    def _enter(self, node: etree._Element) -> bool:
        """Takes note of a node; tells whether to look inside it."""
        tag = node.tag
        if not isinstance(tag, str) or not self._is_shown(node):
            return False
        if tag in CELLS:
            self._add(node)
            return False
        if tag == "caption":
            self.captions.append(Line(tree.shown_text(node), element_path(node)))
            return False
        if tag in _SECTIONS:
            self._begin_section(tag)
        elif tag == "tr":
            self._open = self._row()
        return tag != "table"

    def _leave(self, node: etree._Element) -> None:
        if node.tag == "tr":
            self._open = None
        elif node.tag in _SECTIONS:
            self._begin_section("")

    def _row(self) -> Row:
        row = Row(self._section, self._in_head)
        self.rows.append(row)
        return row

    def _begin_section(self, tag: str) -> None:
        self._section += 1
        self._open = None
        self._in_head = tag == "thead"
        if tag == "tfoot":
            self.footers.add(self._section)

    def _add(self, cell: etree._Element) -> None:
        if self._open is None or (self._columns and len(self._open.cells) >= self._columns):
            self._open = self._row()
        self._open.cells.append(cell)


def _boxes(rows: list[Row]) -> tuple[list[Box], tuple[Problem, ...]]:
    ends = _section_ends(rows)
    hidden = tree.hidings()
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while (y, x) in taken:
                x += 1
            rowspan, colspan = _extent(cell, ends[y] - y)
            text = "" if cell in hidden else cell_text(cell)
            header = row.in_head or cell.tag == "th"
            boxes.append(Box(text, y, x, rowspan, colspan, header, element_path(cell)))
            if rowspan == colspan == 1 and len(taken) < MAX_SLOTS:
                taken.add((y, x))
                x += 1
                continue
            if len(taken) + rowspan * colspan > MAX_SLOTS:
                detail = f"the table has more than {MAX_SLOTS} cells; it was read to row {y + 1}"
                return boxes[:-1], (problem("table_too_large", detail, element_path(cell)),)
            taken.update((r, c) for r in range(y, y + rowspan) for c in range(x, x + colspan))
            x += colspan
    return boxes, ()


def _section_ends(rows: list[Row]) -> list[int]:
    """For each row, the row after the last one of its row group."""
    ends = [len(rows)] * len(rows)
    for y in range(len(rows) - 2, -1, -1):
        ends[y] = ends[y + 1] if rows[y].section == rows[y + 1].section else y + 1
    return ends


def _extent(cell: etree._Element, room: int) -> tuple[int, int]:
    """How many rows and columns a cell takes, if so many rows are left in its row group."""
    rows, columns = cell.get("rowspan"), cell.get("colspan")
    if rows is None and columns is None:
        return 1, 1
    rowspan = _span(rows) or room
    return min(rowspan, room, MAX_ROWSPAN), min(max(_span(columns), 1), MAX_COLSPAN)


def _span(printed: str | None) -> int:
    """The leading digits of a span (`2;` and `2%` are 2); 1 where there are none."""
    found = _DIGITS.match(printed) if printed else None
    return int(found.group(1)[:7]) if found else 1
