"""Tables that a page lays out in flexible boxes, one a row, or in a grid of equal columns.

What the boxes are is said at the element or in the page's own style sheet (CSS Flexible Box and CSS
Grid Layout). Pages lay out all they have in them: only what is plain is taken for a table, rows of
equally many short cells with several figures. Cells that are placed by name, span others or fill
columns first are not: where they hold words that forms count by, the reader is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from lxml import etree

from pipelines.html.displayed import OWN, chosen, declared, elements
from pipelines.html.lines import is_of_form
from pipelines.html.stylesheets import styles_of

FEWEST_ROWS = 2
FEWEST_COLUMNS = 2
FEWEST_FIGURES = 3
FEWEST_WORDS = 2
LONGEST_CELL = 60
# The attribute of a grid that tells how many of its cells make a row.
COLUMNS = "data-columns-of-grid"
LONGEST_COUNT = 2

_ROW = re.compile(r"display\s*:\s*(?:inline-)?flex\b", re.IGNORECASE)
_TURNED = re.compile(r"flex-(?:direction|flow)\s*:[^;}]*(?:column|reverse)", re.IGNORECASE)
_GRID = re.compile(r"display\s*:\s*(?:inline-)?grid\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"grid-template-columns\s*:\s*([^;}]{1,200})", re.IGNORECASE)
_REPEATED = re.compile(r"repeat\(\s*(\d{1,2})\s*,\s*(?:minmax\([^()]*\)|[^\s,()]+)\s*\)\s*")
_PLACED = re.compile(
    r"grid-(?:(?:column|row|area)\b(?!-gap)|auto-flow\s*:\s*(?:column|dense))|(?<![-\w])order\s*:",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\s*[\d,，.]+[%％]?\s*")
_STYLED = etree.XPath("descendant::*[contains(@style, 'flex') or contains(@style, 'grid')]")


def may_lay_out_tables(text: str) -> bool:
    """Whether the source of a page itself says anything of flexible boxes or grids."""
    return any(f"{colon}{word}" in text for colon in (":", ": ") for word in ("flex", "grid"))


def tables_laid_out(
    root: etree._Element, named: Iterable[etree._Element]
) -> tuple[dict[etree._Element, str], list[etree._Element]]:
    """The elements that are plain tables, with the names of the like parts of tables.

    And those that may hold a table which is not plain.
    """
    styles = styles_of(root)
    found = dict(chosen(declared(styles, _layout), named))
    found.update((e, said) for e in elements(_STYLED, root) if (said := _layout(e.get("style"))))
    tables: dict[etree._Element, str] = {}
    rows: dict[etree._Element, list[etree._Element]] = {}
    for element, said in found.items():
        holder = element if said.isdecimal() else element.getparent()
        if holder is not None:
            rows.setdefault(holder, []).append(element)
    for holder in rows:
        if holder not in found and holder.tag not in OWN:
            tables.update(_of_rows(holder, found))
    for grid, said in found.items():
        if said.isdecimal() and not _PLACED.search(styles):
            tables.update(_of_grid(grid, int(said)))
    return tables, [one for one, own in rows.items() if one not in tables and _may_be_table(own)]


def _may_be_table(boxes: Iterable[etree._Element]) -> bool:
    """Whether boxes hold short texts alone, words that forms count by and figures among them."""
    words = figures = 0
    for text in chain.from_iterable(map(_texts, boxes)):
        if len(text) > LONGEST_CELL or "。" in text:
            return False
        is_figure = _FIGURE.fullmatch(text) is not None
        figures += is_figure
        words += not is_figure and is_of_form(text)
    return figures > 0 and words >= FEWEST_WORDS


def _texts(box: etree._Element) -> Iterator[str]:
    """The texts of a box; none of one that holds links or tables."""
    if next(box.iter("a", *OWN), None) is None:
        yield from filter(None, (text.strip() for text in map(str, box.itertext())))


def columns_of(table: etree._Element) -> int:
    """How many cells make a row of a table that was a grid; 0 for any other."""
    told = table.get(COLUMNS, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= LONGEST_COUNT else 0


def _layout(style: str | None) -> str:
    """`row` or `reversed` for a row of boxes, the number of columns for a grid, else empty."""
    if not style:
        return ""
    if _ROW.search(style):
        turned = _TURNED.search(style)
        return "row" if turned is None else "reversed" if "reverse" in turned[0] else ""
    template = _TEMPLATE.search(style) if _GRID.search(style) else None
    return str(_count(template[1].strip())) if template else ""


def _count(template: str) -> int:
    """How many columns a template has; 0 where it is not plain."""
    repeated = _REPEATED.fullmatch(template)
    if repeated:
        return int(repeated[1])
    return 0 if "(" in template or "[" in template else len(template.split())


def _of_rows(
    holder: etree._Element, found: dict[etree._Element, str]
) -> Iterator[tuple[etree._Element, str]]:
    rows = _children(holder)
    cells = [_children(row) for row in rows]
    if any(one.tag in OWN for one in chain(rows, *cells)):
        return
    if all(found.get(row) == "row" for row in rows) and _is_table(cells):
        yield holder, "table"
        yield from ((row, "tr") for row in rows)
        yield from ((cell, "td") for row in cells for cell in row)


def _of_grid(grid: etree._Element, columns: int) -> Iterator[tuple[etree._Element, str]]:
    cells = _children(grid)
    if columns < FEWEST_COLUMNS or len(cells) % columns or grid.tag in OWN:
        return
    placed = any(_PLACED.search(one.get("style", "")) for one in (grid, *cells))
    rows = [cells[n : n + columns] for n in range(0, len(cells), columns)]
    if not placed and _is_table(rows):
        grid.set(COLUMNS, str(columns))
        yield grid, "table"
        yield from ((cell, "td") for cell in cells)


def _children(element: etree._Element) -> list[etree._Element]:
    """The elements in one that has no text beside them; none where it has."""
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        return []
    return [child for child in element if isinstance(child.tag, str)]


def _is_table(rows: Sequence[Sequence[etree._Element]]) -> bool:
    """Whether rows are equally long, their cells short, and several of them figures."""
    if len(rows) < FEWEST_ROWS or len({*map(len, rows)}) > 1 or len(rows[0]) < FEWEST_COLUMNS:
        return False
    texts = [["".join(map(str, cell.itertext())) for cell in row] for row in rows]
    if any(len(text) > LONGEST_CELL or "。" in text for row in texts for text in row):
        return False
    return sum(1 for row in texts for text in row if _FIGURE.fullmatch(text)) >= FEWEST_FIGURES
