"""Parsing pages and the questions every part asks of an element."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem

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

_known_paths: dict[etree._Element, str] = {}

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
    found = _NAMED(root)
    nodes = found if isinstance(found, list) else []
    return [node for node in nodes if isinstance(node, etree._Element) and is_element(node)]


def is_element(node: etree._Element) -> bool:
    """Whether a node is an element, not a comment."""
    return isinstance(node.tag, str)


def is_removed(element: etree._Element) -> bool:
    """Whether an element and all in it is not shown at all and takes no room."""
    if element.tag in DROPPED or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _REMOVED.search(style) is not None


def is_invisible(element: etree._Element) -> bool:
    """Whether an element keeps its room but shows nothing."""
    style = element.get("style")
    return style is not None and _INVISIBLE.search(style) is not None


def path(element: etree._Element) -> str:
    """The element path that a locator carries; empty where it would be unreasonably long."""
    found = _path(element)
    return found if found.count("/") <= LONGEST_PATH else ""


def _path(element: etree._Element) -> str:
    """Most elements share their parent's path with others, so those of parents are kept."""
    steps: list[str] = []
    node = element
    while (parent := node.getparent()) is not None and len(steps) <= LONGEST_PATH:
        steps.append(_steps(parent)[node])
        if parent in _known_paths:
            break
        node = parent
    start = _known_paths.get(parent, "") if parent is not None else f"/{node.tag}"
    whole = "/".join([start, *reversed(steps)])
    holder = element.getparent()
    if holder is not None and len(_known_paths) < MOST_PATHS:
        _known_paths[holder] = whole[: -len(steps[0]) - 1]
    return whole


def forget() -> None:
    """Lets go of the page that was read."""
    _known_paths.clear()
    _steps.cache_clear()


@lru_cache(maxsize=128)
def _steps(parent: etree._Element) -> dict[etree._Element, str]:
    """Name and number of each child, counted once: parents may have very many."""
    children = [child for child in parent if is_element(child)]
    totals = Counter(child.tag for child in children)
    counts: Counter[object] = Counter()
    steps = {}
    for child in children:
        counts[child.tag] += 1
        number = f"[{counts[child.tag]}]" if totals[child.tag] > 1 else ""
        steps[child] = f"{child.tag}{number}"
    return steps


def place_in_list(item: etree._Element) -> int:
    """The number of a list item among its siblings, from 0."""
    parent = item.getparent()
    step = _steps(parent)[item] if parent is not None else ""
    return int(step.partition("[")[2].rstrip("]") or 1) - 1


def names(element: etree._Element) -> Iterator[str]:
    """The id and the classes of an element, in lower case."""
    identity = element.get("id")
    if identity:
        yield identity.strip().lower()
    classes = element.get("class")
    if classes:
        yield from classes.lower().split()


def tidy(text: str) -> str:
    """Text as shown: runs of white space are one blank, none where the source wrapped Chinese."""
    if "\n" in text or "\r" in text:
        text = _SOURCE_BREAK.sub("", text)
    return _SPACE.sub(" ", text).strip(" \u3000")


def raw_text(element: etree._Element) -> str:
    """All text in an element as it stands in the source, comments left out."""
    return "".join(map(str, element.itertext(tag=etree.Element)))


def shown_text(element: etree._Element) -> str:
    """All text of an element that is not in a script or style, tidied."""
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
