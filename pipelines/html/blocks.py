"""Walks the content of a page in reading order: paragraphs, headings and tables."""

import re
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import Draft, Line
from pipelines.html import tree
from pipelines.html.cells import raised
from pipelines.html.furniture import is_furniture_anywhere
from pipelines.html.links import is_page_link
from pipelines.html.paths import element_path, place_in_list
from pipelines.html.preformatted import Keeping, as_printed, lines_of
from pipelines.html.tables import read_table

_PAGE_BREAK = re.compile(r"#\s*PAGE_BREAK\s*#", re.IGNORECASE)
# Bullets before a link say nothing either.
_BLANKS = " \t\r\n\xa0\u3000\u200b\ufeff·•▪■◆●>»›"

Skip = Callable[[etree._Element], bool]


class BlockWalker:
    """Collects the blocks of one or more elements.

    `skip` tells the furniture of the page, `kept` which classes and ids keep their lines.
    """

    def __init__(self, skip: Skip, kept: Mapping[str, bool]) -> None:
        self.drafts: list[Draft] = []
        self.problems: list[Problem] = []
        self.linked: set[int] = set()
        self._skip = skip
        self._kept = kept
        self._hidden = tree.hidings()
        self._pieces: list[str] = []
        self._source: etree._Element | None = None
        self._open: list[etree._Element] = []
        self._anchor: etree._Element | None = None
        self._is_linked = True
        self._is_printed = False

    def walk(self, roots: Iterable[etree._Element]) -> None:
        """Walks the elements one after the other."""
        for root in roots:
            self._open = [root]
            self._keeping = Keeping(root, self._kept)
            self._walk(root)
            self._flush()

    def _walk(self, root: etree._Element) -> None:
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
            elif self._enter(node, root):
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node))
                continue
            if node is not root:
                self._text(node.tail)

    def _enter(self, node: etree._Element, root: etree._Element) -> bool:
        """Begins a node; tells whether its children are to be walked."""
        if not tree.is_element(node):
            return False
        tag = node.tag
        if node is not root and (node in self._hidden or self._skip(node)):
            return False
        if tag == "table" and self._table(node):
            return False
        if tag == "a":
            if is_furniture_anywhere(tree.tidy(tree.raw_text(node))):
                return False
            self._anchor = node if is_page_link(node) else self._anchor
        if tag == "br":
            self._break()
        elif tag in tree.BLOCKS:
            self._flush()
            self._open.append(node)
        elif tag == "sup" and (number := raised(node)):
            self._pieces.append(number)
            return False
        self._keeping.enter(node)
        self._text(self._marker(node) + (node.text or "") if tag == "li" else node.text)
        return True

    def _leave(self, node: etree._Element) -> None:
        self._keeping.leave(node)
        if node.tag in tree.BLOCKS:
            self._flush()
            if self._open and self._open[-1] is node:
                self._open.pop()
        if node is self._anchor:
            self._anchor = None

    def _table(self, node: etree._Element) -> bool:
        reading = read_table(node)
        if reading.table is None:
            return False
        self._flush()
        self.drafts.extend(line for line in reading.captions if line.text)
        self.drafts.append(reading.table)
        self.problems.extend(reading.problems)
        for table in reading.nested:
            self._table(table)
        return True

    def _marker(self, node: etree._Element) -> str:
        """The number that a browser prints before an item of a numbered list."""
        parent = node.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        if "list-style" in (parent.get("style") or "") or parent.get("type") not in (None, "1"):
            return ""
        start = parent.get("start") or "1"
        first = int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 1
        return f"{first + place_in_list(node)}. "

    def _text(self, text: str | None) -> None:
        if not text:
            return
        first, *others = _PAGE_BREAK.split(text) if "#" in text else (text,)
        self._lines(first)
        for piece in others:
            self._flush()
            self._lines(piece)

    def _lines(self, text: str) -> None:
        first, *others = lines_of(text) if self._keeping.now else (text,)
        self._add(first)
        for line in others:
            self._break()
            self._add(line)

    def _add(self, text: str) -> None:
        if (self._source is None or self._is_linked) and text.strip(_BLANKS):
            self._is_printed = self._keeping.now
            self._source = self._source if self._source is not None else self._innermost()
            self._is_linked = self._is_linked and self._anchor is not None
        self._pieces.append(text)

    def _innermost(self) -> etree._Element | None:
        return self._open[-1] if self._open else None

    def _break(self) -> None:
        """A line break parts paragraphs, but not the lines of a heading."""
        if not self._level():
            self._flush()

    def _level(self) -> int:
        return max((tree.HEADINGS.get(node.tag, 0) for node in self._open[-4:]), default=0)

    def _flush(self) -> None:
        tidied = as_printed if self._is_printed else tree.tidy
        text = tidied("".join(self._pieces)) if self._source is not None else ""
        if text and self._source is not None:
            if self._is_linked:
                self.linked.add(len(self.drafts))
            self.drafts.append(Line(text, element_path(self._source), self._level()))
        self._pieces.clear()
        self._source = None
        self._is_linked = True
