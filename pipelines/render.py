"""Archived bytes as a page that is safe to open, with the place of a figure highlighted.

What is drawn is rebuilt from a short list of elements and attributes, so that no script, form or
address of the source survives; the highlighted element has the id `cell`.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from parsers.records import Block, Cell, Document, Grid, Paragraph
from pipelines.decode import declared_charset, decode
from pipelines.documents import NO_HEADERS, read_document
from pipelines.html import tree
from pipelines.html.paths import source_name
from pipelines.sniff import media_type

KEPT_NAMES = """
    p div span table thead tbody tfoot tr td th caption br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd
    b strong i em u s sub sup center blockquote pre font section article
"""
KEPT = frozenset(KEPT_NAMES.split())
VOID = frozenset({"br", "hr"})
SPANS = ("colspan", "rowspan")
MAX_SPAN = 1000
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = (
    "body{font:16px/1.7 sans-serif;margin:2em auto;max-width:60em;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #999;padding:.2em .5em}"
    "#cell{background:#ffe08a;outline:3px solid #c60;scroll-margin-top:6em}mark{background:#ffb000}"
)

_RANGE = re.compile(r"^(?P<place>.*\](?:#[^@]*)?)@(?P<start>\d+)-(?P<end>\d+)$")
_CONTINUED = re.compile(r"^part\[\d+\]!")
_TEXT = re.compile(r"^text:(\d+)-(\d+)$")
_PATH = re.compile(r"(/[\w:.-]{1,40}(\[\d{1,6}\])?){1,80}")
_DIGITS = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Target:
    """A place and, within a paragraph, a range of its characters."""

    place: str
    start: int | None = None
    end: int | None = None

    @property
    def path(self) -> str:
        """The element path, if the place has one."""
        return self.place.partition("#")[2]

    @property
    def label(self) -> str:
        """The place without its element path."""
        return self.place.partition("#")[0]


def render(
    payload: bytes, locator: str, *, headers: Mapping[str, str] = NO_HEADERS, url: str = ""
) -> str:
    """Draws a payload as a self-contained page with the place of a locator highlighted.

    A page is drawn as it is built, by the element path; everything else from its blocks. A
    locator into a further page (`part[2]!`) is one into that page's own payload.
    """
    target = _target(_CONTINUED.sub("", locator))
    body = ""
    if target.path.startswith("/") and media_type(payload) == "html":
        body = _drawn_page(payload, target, headers.get("content-type", ""))
    if 'id="cell"' not in body:
        document = read_document(payload, url=url, headers=headers)
        body = "".join(_drawn_block(block, target) for block in document.blocks)
        body += _problems(document)
    return _framed(body, url)


def _target(locator: str) -> Target:
    found = _RANGE.match(locator)
    if found:
        return Target(found["place"], int(found["start"]), int(found["end"]))
    return Target(locator)


def _framed(body: str, url: str) -> str:
    source = f"<p>{html.escape(url)}</p><hr>" if url else ""
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<title>Gongkai</title><style>{STYLE}</style></head><body>{source}{body}</body></html>"
    )


def _problems(document: Document) -> str:
    if document.blocks:
        return ""
    return "".join(f"<p>{html.escape(problem.detail)}</p>" for problem in document.problems)


def _drawn_page(payload: bytes, target: Target, content_type: str) -> str:
    """The page's own elements; empty text where the path leads nowhere."""
    with tree.reading(decode(payload, declared_charset(payload, content_type)).text) as page:
        place = _element_at(page.root, target.path)
        return "" if place is None else "".join(_Drawing(place, target).draw(page.root))


def _element_at(root: etree._Element, path: str) -> etree._Element | None:
    """The element at a plain path; a locator may come from anywhere, so nothing else is tried."""
    first, *steps = path.strip("/").split("/")
    if first != root.tag or not _PATH.fullmatch(path):
        return None
    node: etree._Element | None = root
    for step in steps:
        name, _, number = step.rstrip("]").partition("[")
        same = [c for c in node if source_name(c) == name] if node is not None else []
        index = int(number or 1) - 1
        node = same[index] if 0 <= index < len(same) else None
    return node


class _Drawing:
    """Writes allowed elements of a page; of all others only what is in them."""

    def __init__(self, place: etree._Element, target: Target) -> None:
        self._place = place
        self._target = target

    def draw(self, root: etree._Element) -> Iterator[str]:
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            shown = tree.is_element(node) and (
                not tree.is_removed(node) or node is self._place or node is root
            )
            if shown and not leaving:
                yield self._opening(node) + html.escape(node.text or "")
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node))
                continue
            if shown and (node.tag in KEPT or node is self._place) and node.tag not in VOID:
                yield f"</{self._name(node)}>"
            if node is not root:
                yield html.escape(node.tail or "")

    def _opening(self, node: etree._Element) -> str:
        if node.tag not in KEPT and node is not self._place:
            return ""
        mark = ' id="cell"' if node is self._place else ""
        return f"<{self._name(node)}{mark}{_span_attributes(node)}>"

    @staticmethod
    def _name(node: etree._Element) -> str:
        return node.tag if node.tag in KEPT else "div"


def _span_attributes(node: etree._Element) -> str:
    pieces = []
    for name in SPANS:
        found = _DIGITS.match((node.get(name) or "").strip())
        if found:
            pieces.append(f' {name}="{min(int(found.group()), MAX_SPAN)}"')
    return "".join(pieces)


def _drawn_block(block: Block, target: Target) -> str:
    if isinstance(block, Grid):
        return _drawn_grid(block, target)
    chosen = _is_target(block.place, target)
    tag = f"h{block.level}" if block.level else "p"
    mark = ' id="cell"' if chosen else ""
    return f"<{tag}{mark}>{_marked(block, target if chosen else Target(''))}</{tag}>"


def _is_target(place: str, target: Target) -> bool:
    if place.partition("#")[0] == target.label:
        return True
    inner, outer = _TEXT.match(target.place), _TEXT.match(place)
    if not inner or not outer:
        return False
    return int(outer[1]) <= int(inner[1]) < int(outer[2])


def _marked(paragraph: Paragraph, target: Target) -> str:
    text, start, end = paragraph.text, target.start, target.end
    inner, outer = _TEXT.match(target.place), _TEXT.match(paragraph.place)
    if inner and outer:
        start, end = int(inner[1]) - int(outer[1]), int(inner[2]) - int(outer[1])
    if start is None or end is None or (start, end) == (0, len(text)):
        return html.escape(text)
    before, marked, after = text[:start], text[start:end], text[end:]
    return f"{html.escape(before)}<mark>{html.escape(marked)}</mark>{html.escape(after)}"


def _drawn_grid(grid: Grid, target: Target) -> str:
    rows = "".join(f"<tr>{_drawn_row(grid, r, target)}</tr>" for r in range(len(grid.rows)))
    mark = ' id="cell"' if grid.place.partition("#")[0] == target.label else ""
    return f"<table{mark}>{rows}</table>"


def _drawn_row(grid: Grid, number: int, target: Target) -> str:
    starts = [
        cell for col, cell in enumerate(grid.rows[number]) if cell.row == number and cell.col == col
    ]
    return "".join(_drawn_cell(cell, target) for cell in starts)


def _drawn_cell(cell: Cell, target: Target) -> str:
    mark = ' id="cell"' if cell.place.partition("#")[0] == target.label else ""
    spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    name = "th" if cell.header else "td"
    return f"<{name}{mark}{spans}>{html.escape(cell.text)}</{name}>"
