"""Tables that a page makes of other elements: by its styles (`display: table-row`) or ARIA roles.

They are given the names of the table's own elements, so that one algorithm reads all tables. Only
what has two rows of two cells is a table: styles use `display: table` for much else. Spans that a
page shows as blocks are given the name of a block.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree

from pipelines.html.stylesheets import rules, selectors, styles_of

FEWEST_ROWS = 2
FEWEST_CELLS = 2
NAMES = {
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "table-row-group": "tbody",
    "table-header-group": "thead",
    "table-footer-group": "tfoot",
}
ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "rowgroup": "tbody",
}
OWN = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "body"})
_CELLS = ("td", "th")
_GROUPS = ("tbody", "thead", "tfoot")
_SPANS = frozenset({"span", "font", "b", "strong", "i", "em", "u", "small", "big", "label"})
_DISPLAY = re.compile(r"display\s*:\s*(?:inline-)?(table[\w-]*|block\b)", re.IGNORECASE)
_AS_BLOCK = re.compile(r"display\s*:\s*block\b", re.IGNORECASE)
_SIGNS = ("table-row", "TABLE-ROW", 'role="row"', "role='row'", "role=row")
# The last class or id of a selector, and the bare name of elements in it.
_PLAIN = re.compile(r"(?:^|[\s>])[\w-]*([.#][\w-]+)(?:(?:[\s>]+[a-z]+\d?)*[\s>]+([a-z]+\d?))?\Z")
LONGEST_SELECTOR = 200
_STYLED = etree.XPath("descendant::*[contains(@style, 'table')]")
_STYLED_BLOCKS = etree.XPath("descendant::*[contains(@style, 'block')]")
_WITH_ROLE = etree.XPath("descendant::*[@role='row' or @role='table' or @role='grid']")
_ROLES = etree.XPath("descendant::*[@role]")


def may_display_tables(text: str) -> bool:
    """Whether the source of a page says anything of rows: most do not."""
    return any(sign in text for sign in _SIGNS)


def tables_displayed(
    root: etree._Element, named: Iterable[etree._Element]
) -> dict[etree._Element, str]:
    """The elements that are shown as parts of tables, with the name of the like element."""
    shown = {e: name for e, name in _shown(root, named) if e.tag not in OWN}
    rows = {e for e, name in shown.items() if name == "tr" and _cells(e, shown) >= FEWEST_CELLS}
    tables = Counter(_table(row, shown) for row in rows)
    kept = {table: "table" for table, count in tables.items() if count >= FEWEST_ROWS}
    if not kept:
        return {}
    kept.update(
        (e, name)
        for e, name in shown.items()
        if e not in kept and any(above in kept for above in e.iterancestors())
    )
    return kept


def may_display_blocks(text: str) -> bool:
    """Whether the source of a page says that anything is shown as a block."""
    return "display:block" in text or "display: block" in text


def blocks_displayed(
    root: etree._Element, named: Iterable[etree._Element]
) -> dict[etree._Element, str]:
    """The spans that are shown as blocks, with the name of a block."""
    found = [e for e, _ in chosen(declared(styles_of(root), _block), named)]
    found += [e for e in elements(_STYLED_BLOCKS, root) if _block(e.get("style", ""))]
    return {element: "div" for element in found if element.tag in _SPANS}


def _block(declarations: str) -> str:
    return "div" if _AS_BLOCK.search(declarations) else ""


def _shown(
    root: etree._Element, named: Iterable[etree._Element]
) -> Iterator[tuple[etree._Element, str]]:
    yield from chosen(declared(styles_of(root), _name), named)
    for element in elements(_STYLED, root):
        found = _name(element.get("style", ""))
        if found:
            yield element, found
    if elements(_WITH_ROLE, root):
        for element in elements(_ROLES, root):
            if element.get("role") in ROLES:
                yield element, ROLES[element.get("role", "")]


def declared(styles: str, named: Callable[[str], str]) -> dict[str, dict[str, str]]:
    """Class and id selectors with what they make of an element (at ``) or of those in it."""
    found: dict[str, dict[str, str]] = {}
    for selected, declarations in rules(styles) if "display" in styles.lower() else ():
        name = named(declarations)
        for one in selected.split(",") if name else ():
            plain = _PLAIN.search(one.strip()[:LONGEST_SELECTOR])
            if plain:
                found.setdefault(plain[1], {})[plain[2] or ""] = name
    return found


def chosen(
    declared: Mapping[str, Mapping[str, str]], named: Iterable[etree._Element]
) -> Iterator[tuple[etree._Element, str]]:
    """The elements that selectors choose, with what their rules make of them."""
    if not declared:
        return
    for element in named:
        for names in filter(None, map(declared.get, selectors(element))):
            for tag, name in names.items():
                within = element.iterdescendants(tag) if tag else (element,)
                yield from ((one, name) for one in within)


def _name(declarations: str) -> str:
    found = _DISPLAY.search(declarations)
    return NAMES.get(found[1].lower(), "") if found else ""


def _cells(row: etree._Element, shown: dict[etree._Element, str]) -> int:
    return sum(1 for child in row if shown.get(child) in _CELLS)


def _table(row: etree._Element, shown: dict[etree._Element, str]) -> etree._Element:
    """The element around a row that is its table, past its row group."""
    above = row.iterancestors()
    holder = next(above)
    return next(above, holder) if shown.get(holder) in _GROUPS else holder


def elements(query: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """The elements that a query finds."""
    found = query(root)
    return [e for e in found if isinstance(e, etree._Element)] if isinstance(found, list) else []
