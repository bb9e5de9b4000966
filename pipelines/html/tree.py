"""Parsing pages and the questions every part asks of an element."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.html.stylesheets import hidden_elements

# Elements whose content is never text of the page.
_DROPPED_NAMES = """
    script style noscript template head title meta link select option button input textarea object
    embed applet iframe frame frameset audio video canvas svg map datalist dialog math xml
"""
DROPPED = frozenset(_DROPPED_NAMES.split())
_BLOCKS_NAMES = """
    address article aside blockquote body caption center dd details dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu
    nav ol p pre section summary table tbody td tfoot th thead tr ul ucapcontent ucaptitle
    pagebreak publishtime
"""
BLOCKS = frozenset(_BLOCKS_NAMES.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LONGEST_PATH = 60
MOST_PATHS = 20_000
LONGEST_STYLE = 500
LONGEST_NAME = 100

# What was found out of the page that is being read; `reading` lets go of it at its end.
_known_paths: dict[etree._Element, str] = {}
_known_steps: dict[etree._Element, "_Steps"] = {}
_known_named: dict[etree._Element, list[etree._Element]] = {}
_known_hiding: dict[etree._Element, str] = {}
_hidden_by_sheet: set[etree._Element] = set()

_REMOVED = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])", re.I)
_NAMED = etree.XPath("descendant-or-self::*[@id or @class]")
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d"
_SOURCE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `root` is its html element."""

    root: etree._Element
    problems: tuple[Problem, ...] = field(default=())


def parse(text: str) -> Page:
    """Parses a page without entities, network or recursion; what was cut is a problem."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True, remove_comments=False
    )
    source = text.replace("\0", "").encode("utf-8", "replace")
    root = etree.fromstring(source, parser) if source.strip() else None
    if root is None:
        empty = etree.fromstring(b"<html><body></body></html>", etree.HTMLParser())
        return Page(empty, (problem("empty", "the page holds nothing"),))
    cut = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    limit = [entry for entry in cut if "RESOURCE_LIMIT" in entry.type_name]
    detail = "the page is nested too deeply; what follows line {} was not read"
    return Page(root, tuple(problem("deep_nesting", detail.format(e.line)) for e in limit[:1]))


def named(root: etree._Element) -> list[etree._Element]:
    """The elements that have an id or a class, in order."""
    known = _known_named.get(root)
    if known is None:
        found = _NAMED(root)
        nodes = found if isinstance(found, list) else []
        known = [node for node in nodes if isinstance(node, etree._Element) and is_element(node)]
        _known_named[root] = known
    return known


def is_element(node: etree._Element) -> bool:
    """Whether a node is an element, not a comment."""
    return isinstance(node.tag, str)


def is_removed(element: etree._Element) -> bool:
    """Whether an element and all in it is not shown at all and takes no room."""
    return hiding(element) == "removed"


def hidden_by_sheet() -> list[etree._Element]:
    """The elements that the style sheet of the page hides, those that hold a table or sentence."""
    return [e for e in _hidden_by_sheet if "。" in raw_text(e) or e.find(".//table") is not None]


def hiding(element: etree._Element) -> str:
    """`removed` (not shown at all), `invisible` (keeps its room) or empty (shown)."""
    known = _known_hiding.get(element)
    if known is None:
        known = _known_hiding[element] = _hiding(element)
    return known


def _hiding(element: etree._Element) -> str:
    if element.tag in DROPPED or element in _hidden_by_sheet:
        return "removed"
    style = element.get("style")
    hides = "" if style is None else _style_says(style)
    return "removed" if element.get("hidden") is not None else hides


def _style_says(style: str) -> str:
    """What a style attribute says of it; elements of a page share few styles."""
    return _said(style) if len(style) < LONGEST_STYLE else _said.__wrapped__(style)


@lru_cache(maxsize=1024)
def _said(style: str) -> str:
    if _REMOVED.search(style):
        return "removed"
    return "invisible" if _INVISIBLE.search(style) else ""


def path(element: etree._Element) -> str:
    """The element path that a locator carries; empty where it would be unreasonably long."""
    found = _path(element)
    return found if found.count("/") <= LONGEST_PATH else ""


def _path(element: etree._Element) -> str:
    """Most elements share their parent's path with others, so those of parents are kept."""
    steps: list[str] = []
    node = element
    start = ""
    while (parent := node.getparent()) is not None and len(steps) <= LONGEST_PATH:
        steps.append(_step(parent, node))
        if (known := _known_paths.get(parent)) is not None:
            start = known
            break
        node = parent
    if parent is None:
        start = f"/{node.tag}"
    whole = "/".join([start, *reversed(steps)])
    holder = element.getparent()
    if holder is not None and len(_known_paths) < MOST_PATHS:
        _known_paths[holder] = whole[: -len(steps[0]) - 1]
    return whole


@contextmanager
def reading(text: str) -> Iterator[Page]:
    """Parses a page; at the end lets go of all that was found out of it."""
    try:
        page = parse(text)
        _hidden_by_sheet.update(hidden_elements(page.root, named(page.root)))
        yield page
    finally:
        forget()


def forget() -> None:
    """Lets go of the page that was read."""
    for known in (_known_paths, _known_steps, _known_named, _known_hiding, _hidden_by_sheet):
        known.clear()


@dataclass(frozen=True, slots=True)
class _Steps:
    """The number of each child among those of its name, and how many of a name there are."""

    places: dict[etree._Element, int]
    totals: dict[str, int]


def _steps(parent: etree._Element) -> _Steps:
    """Counted once for each parent: it may have very many children."""
    known = _known_steps.get(parent)
    if known is not None:
        return known
    places: dict[etree._Element, int] = {}
    totals: dict[str, int] = {}
    for child in parent:
        if is_element(child):
            places[child] = totals[child.tag] = totals.get(child.tag, 0) + 1
    _known_steps[parent] = _Steps(places, totals)
    return _known_steps[parent]


def _step(parent: etree._Element, child: etree._Element) -> str:
    """The last step of a child's path: its name, with its number if it needs one."""
    steps = _steps(parent)
    return f"{child.tag}[{steps.places[child]}]" if steps.totals[child.tag] > 1 else str(child.tag)


def place_in_list(item: etree._Element) -> int:
    """The number of a list item among its siblings, from 0."""
    parent = item.getparent()
    return _steps(parent).places[item] - 1 if parent is not None else 0


def names(element: etree._Element) -> Iterator[str]:
    """The id and the classes of an element, in lower case; longer ones say nothing to anybody."""
    identity = element.get("id")
    if identity:
        yield identity.strip().lower()[:LONGEST_NAME]
    classes = element.get("class")
    if classes:
        yield from (name[:LONGEST_NAME] for name in classes.lower().split())


def is_named(element: etree._Element, wanted: Callable[[str], bool]) -> bool:
    """Whether the id or a class of an element is one of the wanted."""
    return any(map(wanted, names(element)))


def tidy(text: str) -> str:
    """Text as shown: runs of white space are one blank, none where the source wrapped Chinese."""
    if "\n" in text or "\r" in text:
        text = _SOURCE_BREAK.sub("", text)
    return _SPACE.sub(" ", text).strip(" \u3000")


def raw_text(element: etree._Element) -> str:
    """All text in an element as it stands in the source, comments left out."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def shown_text(element: etree._Element) -> str:
    """All text of an element that is not in a script or style, tidied."""
    if next(element.iter("script", "style"), None) is None:
        return tidy(raw_text(element))
    pieces: list[str] = []
    skipped: etree._Element | None = None
    for event, node in etree.iterwalk(element, events=("start", "end", "comment")):
        if event == "start":
            if skipped is None and node.tag in ("script", "style"):
                skipped = node
            elif skipped is None:
                pieces.append(node.text or "")
            continue
        if skipped is node:
            skipped = None
        if skipped is None and node is not element:
            pieces.append(node.tail or "")
    return tidy("".join(pieces))
