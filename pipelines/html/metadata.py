"""What a page says about itself: meta tags, labelled facts and titles."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from parsers.records import TitleCandidate
from pipelines.assembly import ends_like_title
from pipelines.html import tree
from pipelines.html.furniture import printed_facts

TITLE_META = ("articletitle", "og:title", "title", "dc.title", "contenttitle")
# Elements of their own that Kaipu portals write around title and date.
OWN_ELEMENTS = ("ucaptitle", "publishtime", "ucapsource")
NAMED_TITLES = ("div", "p", "td", "span", "strong")
MOST_META = 200
MOST_HEADINGS = 12
LONGEST_VALUE = 500
LONGEST_LABELLED = 200
MOST_PARTS = 6
LONGEST_TITLE = 120
LONGEST_SAID = 2_000

_UNPRINTED = ("script", "style", "option")
_REPORT_LINES = etree.XPath(
    "//body//text()[string-length() < 200 and (contains(., '报告') or contains(., '年报'))]"
    "[not(ancestor::a or parent::script or parent::style or parent::option)]"
)
_CUT = re.compile(r"\s*_\s*|\s*[|｜]\s*|\s+[-–—]+\s+|\s*[-–—]{2,}\s*")
_TITLE_NAME = re.compile(r"(^|[-_])(title|tit|bt|biaoti|xl-?title|wzbt|artical?_?title)($|[-_\d])")
_REPORT = re.compile(r"年.{0,30}(报告|年报|報告|年報)")


def read_meta(root: etree._Element) -> tuple[tuple[str, str], ...]:
    """Meta tags in order, whatever the order and case of their attributes, then printed facts."""
    found = [*_tags(root), *_own_elements(root), *_facts(root)]
    return tuple(dict.fromkeys(found))[:MOST_META]


def _tags(root: etree._Element) -> Iterator[tuple[str, str]]:
    for tag in root.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop")
        value = tag.get("content") or tag.get("value")
        if name and value is not None:
            yield name.strip(), value.strip()[:LONGEST_VALUE]


def _own_elements(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(*OWN_ELEMENTS):
        text = tree.shown_text(element)
        if text:
            yield element.tag, text[:LONGEST_VALUE]


def _facts(root: etree._Element) -> Iterator[tuple[str, str]]:
    seen: set[etree._Element] = set()
    for element in _holders(root):
        if element is None or element in seen:
            continue
        seen.add(element)  # before its parts are counted: a thousand labels may share one parent
        if len(element) > MOST_PARTS:
            continue
        raw = tree.raw_text(element)
        if len(raw) <= LONGEST_VALUE:
            yield from printed_facts(tree.tidy(raw))


def _holders(root: etree._Element) -> Iterator[etree._Element | None]:
    """The elements that hold texts with a label, in order, each with its value."""
    body = root.find("body")
    left: list[etree._Element] = []
    for node in body.iter() if body is not None else ():
        text, tail = node.text, node.tail if node is not body else None
        while left and left[-1] not in node.iterancestors():
            yield _around(left.pop())
        if text and (":" in text or "：" in text) and _is_printed(text, node):
            yield _around(node) if text.rstrip().endswith((":", "：")) else node
        if tail and (":" in tail or "：" in tail) and _is_printed(tail, node.getparent()):
            left.append(node)
    yield from map(_around, reversed(left))


def _is_printed(text: str, holder: etree._Element | None) -> bool:
    """Whether a text is printed, and short: long ones with a colon are sentences."""
    if holder is None or not tree.is_element(holder) or holder.tag in _UNPRINTED:
        return False
    return len(text) < LONGEST_LABELLED


def _around(element: etree._Element) -> etree._Element | None:
    """The element around one with a label: the value stands beside that one, if it has no part."""
    return element.getparent() if len(element) <= 1 else element


def page_titles(root: etree._Element) -> list[str]:
    """What the page's title element says, whole and to its first sign of division."""
    wholes = [tree.raw_text(element)[:LONGEST_SAID] for element in list(root.iter("title"))[:2]]
    return [text for whole in wholes for text in _said(whole)]


@lru_cache(maxsize=64)
def _said(title: str) -> tuple[str, str]:
    """What a title says to its first sign of division, and whole; asked several times a page."""
    whole = tree.tidy(title)
    return _CUT.split(whole)[0], whole


def is_report_title(text: str) -> bool:
    """Whether a line reads like the title of a yearly report."""
    return len(text) <= LONGEST_TITLE and bool(_REPORT.search(text)) and ends_like_title(text)


def read_titles(root: etree._Element, meta: Iterable[tuple[str, str]]) -> list[TitleCandidate]:
    """Titles from meta tags, the title element and headings, the best witnesses first."""
    candidates = [TitleCandidate(v, "meta") for k, v in meta if k.casefold() in TITLE_META and v]
    candidates += [TitleCandidate(text, "title") for text in page_titles(root)]
    candidates += [TitleCandidate(text, "heading") for text in _headings(root)]
    return [c for c in dict.fromkeys(candidates) if c.text and len(c.text) <= 2 * LONGEST_TITLE]


def _unmarked(root: etree._Element) -> list[str]:
    """Lines of their own that read like the title of a report, for pages that mark none."""
    found = _REPORT_LINES(root)
    texts = [tree.tidy(str(text)) for text in found] if isinstance(found, list) else []
    return [text for text in texts if _REPORT.search(text) and ends_like_title(text)][:3]


def _headings(root: etree._Element) -> list[str]:
    marked = [tree.shown_text(e) for e in root.iter("h1", "h2", "h3", "ucaptitle")]
    named = [
        tree.shown_text(e)
        for e in tree.named(root)
        if e.tag in NAMED_TITLES and any(_TITLE_NAME.search(name) for name in tree.names(e))
    ]
    found = [*marked[:MOST_HEADINGS], *(text for text in named if _REPORT.search(text))]
    found = found if any(map(_REPORT.search, found)) else [*found, *_unmarked(root)]
    return [text for text in dict.fromkeys(found) if 0 < len(text) <= LONGEST_TITLE]
