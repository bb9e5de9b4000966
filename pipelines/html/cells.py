"""The text of one cell of a table: of its spans, paragraphs, line breaks and fields."""

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.grids import PROSE_CHARS
from pipelines.html import tree

SPANS = frozenset({"span", "font", "b", "strong", "em", "i", "u", "o:p", "a"})
# What belongs to the table, not to a cell; in a cell that was never closed it may stand.
TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "caption"})
# Fields whose value is printed; others are buttons and choices.
_FIELDS = ("", "text", "number")
SMALLEST_PICTURE = 8
# What may print a figure that is no text of the page.
_DRAWN = ("img", "svg", "canvas", "math", "iframe", "embed", "object", "button")

_DIGITS = re.compile(r"\s*(\d+)")
_BREAK = "\x00"
# A break between digits: one figure cut in two, or two figures; nobody can tell.
_AMID_DIGITS = re.compile(rf"(?<=[\d.,])[ \u3000]*{_BREAK}[ \u3000{_BREAK}]*(?=[\d.,])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def cell_text(cell: etree._Element) -> str:
    """A cell's text: spans joined without blanks, paragraphs parted by line ends.

    A `br` cuts a label, but parts figures (`3<br>4` may be two) and the lines of a long text.
    """
    if not len(cell) or _is_plain(cell):
        return tree.tidy(tree.raw_text(cell))
    pieces = list(_pieces(cell))
    lines = "".join(pieces).split("\n")
    text = "\n".join(line for line in map(tree.tidy, lines) if line.replace(_BREAK, "").strip())
    text = _AMID_DIGITS.sub("\n", text)
    joint = "\n" if len(text) > PROSE_CHARS else ""
    parts = (part.strip(" \u3000") if not joint else part for part in text.split(_BREAK))
    return joint.join(part for part in parts if part.strip()).strip()


def _is_plain(cell: etree._Element) -> bool:
    """Whether a cell holds nothing but spans, or one paragraph of them: most cells do."""
    hidden = tree.hidings()
    first = cell[0]
    holder = first if first.tag == "p" else cell
    if holder is first and (len(cell) > 1 or _shown(first.tail) or _shown(cell.text)):
        return False
    for node in holder.iterdescendants():
        if node.tag not in SPANS or node in hidden:
            return False
    return holder not in hidden


def _shown(text: str | None) -> str:
    return text.strip() if text else ""


def _pieces(cell: etree._Element) -> Iterator[str]:
    yield _plain(cell.text)
    stack = [(child, False) for child in reversed(cell)]
    while stack:
        node, leaving = stack.pop()
        if node.tag in TABLE_PARTS and node.getparent() is cell:
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
    if node.tag == "select":
        options = list(node.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        return next((tree.raw_text(option) for option in chosen or options), "")
    is_text = node.tag == "input" and (node.get("type") or "").lower() in _FIELDS
    return node.get("value") or "" if is_text else ""


def is_picture(cell: etree._Element) -> bool:
    """Whether a drawing is in a cell that may print its figure: not a dot that keeps room."""
    return any(
        min(_size("width", drawn), _size("height", drawn)) >= SMALLEST_PICTURE
        for drawn in cell.iter(*_DRAWN)
        if _is_shown(drawn)
    )


def _is_shown(drawn: etree._Element) -> bool:
    """Whether a drawing is shown: one whose text is left out, if what it stands in is."""
    holder = drawn.getparent() if drawn.tag in tree.DROPPED else drawn
    return holder is None or not tree.hiding(holder)


def _size(name: str, picture: etree._Element) -> int:
    """The size of a picture in pixels; that of a picture to see where none is given."""
    found = _DIGITS.match(picture.get(name) or "")
    return int(found[1][:6]) if found else SMALLEST_PICTURE


def _plain(text: str | None) -> str:
    """Source line ends are blanks, those that mean something come from elements."""
    return text.replace("\r", " ").replace("\n", " ") if text else ""


def raised(element: etree._Element) -> str:
    """A raised number as superscript digits, so that m² does not become m2."""
    if element.tag != "sup":
        return ""
    text = tree.raw_text(element).strip()
    return text.translate(_SUPERSCRIPTS) if text.isascii() and text.isdecimal() else ""
