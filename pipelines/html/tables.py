"""Tables by the algorithm of the HTML standard, with what damaged pages need beside it.

The rules are those of https://html.spec.whatwg.org/multipage/tables.html#forming-a-table: spans
are clipped to their row group, `rowspan=0` runs to its end, a slot belongs to the first cell
that takes it. Cells are also found inside stray wrappers (form, font, o:p) and outside rows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import Line, Table, problem
from pipelines.grids import MAX_SLOTS, PROSE_CHARS, Box, is_layout
from pipelines.html import tree

MAX_COLSPAN = 1000
MAX_ROWSPAN = 65_534
CELLS = frozenset({"td", "th"})
SPANS = frozenset({"span", "font", "b", "strong", "em", "i", "u", "o:p", "a"})

_DIGITS = re.compile(r"\s*\+?(\d+)")
_BREAK = "\x00"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SECTIONS = ("thead", "tbody", "tfoot")
_PARTS = frozenset({*_SECTIONS, "tr", "caption"})
# Fields whose value is printed; others are buttons and choices.
_FIELDS = ("", "text", "number")
UNREADABLE = "\ufffd"
SMALLEST_PICTURE = 8
_EDGES = re.compile(r"\s*\n\s*")


@dataclass(slots=True)
class Row:
    """The cells of one row and the row group they are in."""

    section: int
    in_head: bool = False
    cells: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableReading:
    """A data table, its captions and what was wrong with it; `table` is missing for a layout."""

    table: Table | None
    captions: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


LAYOUT = TableReading(None)


def read_table(element: etree._Element) -> TableReading:
    """Reads a table element, unless it only lays out the page."""
    if element.get("role") in ("presentation", "none") or _holds_real_table(element):
        return LAYOUT
    rows, captions = _rows(element)
    boxes, problems = _boxes(rows)
    if is_layout(boxes):
        return LAYOUT
    _mark_pictures(boxes, rows)
    return TableReading(Table(boxes, tree.path(element)), captions, problems)


def _mark_pictures(boxes: list[Box], rows: list[Row]) -> None:
    """A cell that prints a picture and no text is not blank: its text cannot be read."""
    cells = (cell for row in rows for cell in row.cells)
    for box, cell in zip(boxes, cells, strict=False):
        if not box.text and len(cell) and not tree.hiding(cell) and _is_picture(cell):
            box.text = UNREADABLE


def _holds_real_table(element: etree._Element) -> bool:
    """Whether another table in it has two rows and two columns, so that it only frames that."""
    for inner in element.iterdescendants("table"):
        rows = [len(row.cells) for row in _rows(inner)[0]]
        if sum(1 for cells in rows if cells) >= 2 and max(rows) >= 2:
            return True
    return False


def _rows(table: etree._Element) -> tuple[list[Row], tuple[Line, ...]]:
    """The rows in the order shown, footers last, and the captions."""
    collector = _RowCollector()
    collector.collect(table)
    body = [row for row in collector.rows if row.section not in collector.footers]
    foot = [row for row in collector.rows if row.section in collector.footers]
    return [*body, *foot], tuple(collector.captions)


class _RowCollector:
    """Walks a table down to its cells without entering them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.captions: list[Line] = []
        self.footers: set[int] = set()
        self._section = 0
        self._in_head = False
        self._open: Row | None = None

    def collect(self, table: etree._Element) -> None:
        self._loose(table.text, table)
        stack: list[tuple[etree._Element, bool]] = [(child, False) for child in reversed(table)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
            elif self._enter(node):
                self._loose(node.text, node)
                stack.append((node, True))
                stack.extend([(child, False) for child in reversed(node)])
                continue
            elif node.tag in CELLS and len(node) and not tree.is_removed(node):
                stack.extend([(part, False) for part in reversed(_parts_within(node))])
            self._loose(node.tail, node)

    def _loose(self, text: str | None, node: etree._Element) -> None:
        """Text outside of cells: browsers show it before the table."""
        if text and not text.isspace() and (line := tree.tidy(text)):
            self.captions.append(Line(line, tree.path(node)))

    def _enter(self, node: etree._Element) -> bool:
        """Takes note of a node; tells whether to look inside it."""
        tag = node.tag
        if not isinstance(tag, str) or tree.is_removed(node):
            return False
        if tag in CELLS:
            self._add(node)
            return False
        if tag == "caption":
            self.captions.append(Line(tree.shown_text(node), tree.path(node)))
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
        if self._open is None:
            self._open = self._row()
        self._open.cells.append(cell)


def _parts_within(cell: etree._Element) -> list[etree._Element]:
    """Parts of the table that stand in a cell which was never closed."""
    return [child for child in cell if child.tag in _PARTS]


def _boxes(rows: list[Row]) -> tuple[list[Box], tuple[Problem, ...]]:
    ends = _section_ends(rows)
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row.cells:
            while (y, x) in taken:
                x += 1
            rowspan, colspan = _extent(cell, ends[y] - y)
            boxes.append(_box(cell, row.in_head, y, x, rowspan, colspan))
            if rowspan == colspan == 1 and len(taken) < MAX_SLOTS:
                taken.add((y, x))
                x += 1
                continue
            if len(taken) + rowspan * colspan > MAX_SLOTS:
                detail = f"the table has more than {MAX_SLOTS} cells; it was read to row {y + 1}"
                return boxes[:-1], (problem("table_too_large", detail, tree.path(cell)),)
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


def _box(
    cell: etree._Element, in_head: bool, row: int, col: int, rowspan: int, colspan: int
) -> Box:
    text = "" if tree.hiding(cell) else cell_text(cell)
    header = in_head or cell.tag == "th"
    return Box(text, row, col, rowspan, colspan, header, tree.path(cell))


def cell_text(cell: etree._Element) -> str:
    """A cell's text: spans joined without blanks, paragraphs parted by line ends.

    A `br` cuts a label or a figure (`3<br>4` is 34), but parts the lines of a long text.
    """
    if not len(cell) or _is_plain(cell):
        return tree.tidy(tree.raw_text(cell))
    pieces = list(_pieces(cell))
    lines = _EDGES.split("".join(pieces))
    text = "\n".join(line for line in map(tree.tidy, lines) if line.replace(_BREAK, "").strip())
    joint = "\n" if len(text) > PROSE_CHARS else ""
    parts = (part.strip(" \u3000") if not joint else part for part in text.split(_BREAK))
    return joint.join(part for part in parts if part.strip()).strip()


def _is_plain(cell: etree._Element) -> bool:
    """Whether a cell holds nothing but spans, or one paragraph of them: most cells do."""
    paragraph = None
    hidden = tree.hidings()
    for node in cell.iterdescendants():
        tag = node.tag
        if tag == "p" and paragraph is None:
            paragraph = node
        elif tag not in SPANS:
            return False
        if node in hidden:
            return False
    return paragraph is None or _is_alone(paragraph, cell)


def _is_alone(paragraph: etree._Element, cell: etree._Element) -> bool:
    """Whether a cell holds nothing beside that paragraph."""
    beside = paragraph.getparent() is not cell or paragraph.getprevious() is not None
    return not (beside or _shown(paragraph.tail) or _shown(cell.text))


def _shown(text: str | None) -> str:
    return text.strip() if text else ""


def _pieces(cell: etree._Element) -> Iterator[str]:
    yield _plain(cell.text)
    stack = [(child, False) for child in reversed(cell)]
    while stack:
        node, leaving = stack.pop()
        if node.tag in _PARTS and node.getparent() is cell:
            continue
        if not leaving and (value := _field_value(node)):
            yield _plain(value)
        shown = tree.is_element(node) and not tree.hiding(node)
        if shown and not leaving:
            yield _BREAK if node.tag == "br" else "\n" if node.tag in tree.BLOCKS else ""
            yield raised(node) or _plain(node.text)
            stack.append((node, True))
            if not raised(node):
                stack.extend((child, False) for child in reversed(node))
            continue
        if shown and node.tag in tree.BLOCKS:
            yield "\n"
        yield _plain(node.tail)


def _field_value(node: etree._Element) -> str:
    """What a field of a form within a cell shows."""
    if node.tag == "textarea":
        return node.text or ""
    is_text = node.tag == "input" and (node.get("type") or "").lower() in _FIELDS
    return node.get("value") or "" if is_text else ""


def _is_picture(cell: etree._Element) -> bool:
    """Whether a picture is in a cell that may print its figure: not a dot that keeps room."""
    return any(
        all(not _DIGITS.match(size) or _span(size) >= SMALLEST_PICTURE for size in _sizes(picture))
        for picture in cell.iter("img")
        if not tree.hiding(picture)
    )


def _sizes(picture: etree._Element) -> list[str]:
    return [picture.get("width") or "", picture.get("height") or ""]


def _plain(text: str | None) -> str:
    """Source line ends are blanks, those that mean something come from elements."""
    return text.replace("\r", " ").replace("\n", " ") if text else ""


def raised(element: etree._Element) -> str:
    """A raised number as superscript digits, so that m² does not become m2."""
    if element.tag != "sup":
        return ""
    text = tree.raw_text(element).strip()
    return text.translate(_SUPERSCRIPTS) if text.isascii() and text.isdecimal() else ""
