"""What a browser needs to show a page as it was: styles, pictures, fonts."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from parsers.portals.markup import base_of, parse, resolve

MAX_STYLE_CHARS = 2_000_000
_PLACED = re.compile(r"url\(\s{0,5}['\"]?([^'\")\s]{1,500})['\"]?\s{0,5}\)", re.IGNORECASE)
_IMPORTED = re.compile(r"@import\s{1,5}['\"]([^'\"\n]{1,500})['\"]", re.IGNORECASE)
_STYLE_RELS = frozenset({"stylesheet", "icon"})


def page_requisites(text: str, url: str) -> tuple[str, ...]:
    """The addresses that a page names: style sheets first, then pictures; each once.

    Args:
        text: the page, decoded.
        url: its address.
    """
    tree = parse(text)
    base = base_of(tree, url)
    return tuple(dict.fromkeys(filter(None, (resolve(found, base) for found in _named(tree)))))


def style_requisites(text: str, url: str) -> tuple[str, ...]:
    """The addresses that a style sheet names: imported sheets, pictures, fonts; each once."""
    found = (resolve(address, url) for address in _in_style(text))
    return tuple(dict.fromkeys(filter(None, found)))


def _named(tree: HtmlElement) -> Iterator[str]:
    for node in tree.iter("link"):
        rels = (node.get("rel") or "").casefold().split()
        if _STYLE_RELS.intersection(rels):
            yield node.get("href") or ""
    for node in tree.iter("style"):
        yield from _in_style(node.text or "")
    for node in tree.iter("img", "input", "body", "table", "td"):
        yield node.get("src") or node.get("background") or ""
    for node in tree.iter():
        if "style" in node.attrib:
            yield from _in_style(node.get("style") or "")


def _in_style(text: str) -> Iterator[str]:
    if "(" not in text and "@" not in text:
        return
    for pattern in (_IMPORTED, _PLACED):
        yield from (match.group(1) for match in pattern.finditer(text[:MAX_STYLE_CHARS]))
