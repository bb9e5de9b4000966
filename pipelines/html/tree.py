"""Parsing pages and the questions every part asks of an element."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.html import paths
from pipelines.html.directions import mark_turned
from pipelines.html.displayed import (
    blocks_displayed,
    may_display_blocks,
    may_display_tables,
    tables_displayed,
)
from pipelines.html.generated import printed_by_sheet
from pipelines.html.laid_out import may_lay_out_tables, tables_laid_out
from pipelines.html.styles import hiding_of, style_says
from pipelines.html.stylesheets import hidden_elements
from pipelines.html.whiteness import white_on_white

if TYPE_CHECKING:
    from pipelines.html.tables import TableReading

# Elements whose content is never text of the page.
_DROPPED_NAMES = """
    script style noscript template head title meta link select option button input textarea object
    embed applet iframe frame frameset audio video canvas svg map datalist dialog math xml
    rt rp
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
LONGEST_NAME = 100

# By the standard a cell after the end of a row begins the next one; the parser knows no such end.
_LOOSE_CELL = re.compile(r"</tr>(?=\s*<t[dh][\s>])", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u205f]+")
_STYLES = etree.XPath(
    "sets:distinct(descendant-or-self::*/@style)",
    namespaces={"sets": "http://exslt.org/sets"},
    smart_strings=False,
)
_INKLESS = re.compile("[\u200b-\u200d\u2060\ufeff]")
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
    source = _LOOSE_CELL.sub("</tr><tr>", text.replace("\0", "")).encode("utf-8", "replace")
    root = etree.fromstring(source, parser) if source.strip() else None
    if root is None:
        empty = etree.fromstring(b"<html><body></body></html>", etree.HTMLParser())
        return Page(empty, (problem("empty", "the page holds nothing"),))
    _note_hidden(root)
    mark_turned(root, _found.styles)
    if may_display_tables(text):
        paths.rename(tables_displayed(root, named(root)))
    if may_lay_out_tables(text):
        tables, doubtful = tables_laid_out(root, named(root))
        paths.rename(tables)
        _found.laid_out.extend(doubtful)
    if may_display_blocks(text):
        paths.rename(blocks_displayed(root, named(root)))
    _found.generated.update(printed_by_sheet(root, named(root)))
    cut = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    limit = [entry for entry in cut if "RESOURCE_LIMIT" in entry.type_name]
    detail = "the page is nested too deeply; what follows line {} was not read"
    return Page(root, tuple(problem("deep_nesting", detail.format(e.line)) for e in limit[:1]))


def named(root: etree._Element) -> list[etree._Element]:
    """The elements that have an id or a class, in order."""
    return _found.named.get(root, [])


def is_element(node: etree._Element) -> bool:
    """Whether a node is an element, not a comment."""
    return isinstance(node.tag, str)


def is_removed(element: etree._Element) -> bool:
    """Whether an element and all in it is not shown at all and takes no room."""
    return hiding(element) == "removed"


def hidden_by_sheet() -> list[etree._Element]:
    """The elements that the style sheet of the page hides, those that hold a table or sentence."""
    by_sheet = _found.hidden_by_sheet
    return [e for e in by_sheet if "。" in raw_text(e) or e.find(".//table") is not None]


def struck_out() -> list[etree._Element]:
    """The elements whose text the page shows struck out, so that it holds no more."""
    return _found.struck_out


def printed_white() -> list[etree._Element]:
    """The elements whose text is white on white."""
    return _found.white


def laid_out() -> list[etree._Element]:
    """The elements whose boxes may be a table, but not surely, and are read as lines."""
    return _found.laid_out


def generated() -> Mapping[etree._Element, str]:
    """The elements beside whose text the page's style sheet prints words, with the words."""
    return _found.generated


def table_readings() -> dict[etree._Element, "TableReading"]:
    """What was read of the tables of the page so far."""
    return _found.tables


def real_tables() -> dict[etree._Element, bool]:
    """Whether tables of the page have two rows and two columns, as far as it was asked."""
    return _found.real_tables


def hiding(element: etree._Element) -> str:
    """`removed` (not shown at all), `invisible` (keeps its room) or empty (shown)."""
    return _found.hiding.get(element, "")


def hidings() -> Mapping[etree._Element, str]:
    """The elements of the page that are not shown, with `hiding` of each."""
    return _found.hiding


def _note_hidden(root: etree._Element) -> None:
    """Finds once what a page does not show: few of its elements, asked for again and again."""
    noted = _found.hiding
    hidden = _note_attributes(root)
    told = {style: said for style in _found.styles if (said := style_says(style))}
    if told:
        styled = ((e, told.get(e.get("style", ""), "")) for e in root.iter("*"))
        noted.update((e, hiding_of(str(e.tag), said)) for e, said in styled if said)
    by_sheet = hidden_elements(root, named(root))
    _found.hidden_by_sheet.update(by_sheet)
    _found.struck_out.extend(e for e in root.iter("del", "s", "strike") if raw_text(e).strip())
    _found.struck_out.extend(e for e, said in noted.items() if said == "struck")
    removed = (*root.iter(*DROPPED), *hidden, *by_sheet)
    noted.update(dict.fromkeys(removed, "removed"))
    # Words struck out leave a cell that is still there.
    noted.update(
        (e, "invisible" if e.tag in ("td", "th") else "removed") for e in _found.struck_out
    )
    _found.white.extend(white_on_white(root, _found.styles, named(root), noted))
    noted.update(dict.fromkeys(_found.white, "invisible"))


def _note_attributes(root: etree._Element) -> list[etree._Element]:
    """Notes which elements have names, and which styles; gives the `hidden` ones.

    All elements are kept as long as the page is read, so that each is made an object only once.
    """
    styles = _STYLES(root)
    _found.styles.update(map(str, styles) if isinstance(styles, list) else ())
    _found.elements = [*root.iter("*")]
    attributes = [(element, names) for element in _found.elements if (names := element.keys())]
    _found.named[root] = [e for e, names in attributes if "id" in names or "class" in names]
    return [element for element, names in attributes if "hidden" in names]


def styles_with(word: str) -> set[str]:
    """The style attributes of the page in which a word (in lower case) stands."""
    return {style for style in _found.styles if word in style.lower()}


class _Found(threading.local):
    """What was found out of the page that a thread is reading; `reading` lets go of it."""

    def __init__(self) -> None:
        self.elements: list[etree._Element] = []
        self.named: dict[etree._Element, list[etree._Element]] = {}
        self.styles: set[str] = set()
        self.hiding: dict[etree._Element, str] = {}
        self.hidden_by_sheet: set[etree._Element] = set()
        self.struck_out: list[etree._Element] = []
        self.white: list[etree._Element] = []
        self.laid_out: list[etree._Element] = []
        self.generated: dict[etree._Element, str] = {}
        self.tables: dict[etree._Element, TableReading] = {}
        self.real_tables: dict[etree._Element, bool] = {}


_found = _Found()


@contextmanager
def reading(text: str) -> Iterator[Page]:
    """Parses a page; at the end lets go of all that was found out of it."""
    try:
        yield parse(text)
    finally:
        forget()


def forget() -> None:
    """Lets go of the page that was read."""
    _found.__init__()  # type: ignore[misc]
    paths.forget()


def names(element: etree._Element) -> tuple[str, ...]:
    """The id and the classes of an element, in lower case; longer ones say nothing to anybody."""
    identity, classes = element.get("id"), element.get("class")
    if identity is None and classes is None:
        return ()
    return _names(identity or "", classes or "")


@lru_cache(maxsize=1024)
def _names(identity: str, classes: str) -> tuple[str, ...]:
    found = [identity.strip().lower()] if identity else []
    return tuple(name[:LONGEST_NAME] for name in (*found, *classes.lower().split()))


def is_named(element: etree._Element, wanted: Callable[[str], bool]) -> bool:
    """Whether the id or a class of an element is one of the wanted."""
    return any(map(wanted, names(element)))


def tidy(text: str) -> str:
    """Text as shown: runs of white space are one blank, none where the source wrapped Chinese."""
    if text.isalnum():
        return text
    text = _INKLESS.sub("", text)
    if "\n" in text or "\r" in text:
        text = _SOURCE_BREAK.sub("", text)
    return _SPACE.sub(" ", text).strip(" \u3000")


def raw_text(element: etree._Element) -> str:
    """All text in an element as it stands in the source, comments left out."""
    if not len(element):
        return element.text or ""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _holds_script(element: etree._Element) -> bool:
    """Whether an element is or holds a script or style."""
    if not len(element):
        return element.tag in ("script", "style")
    return next(element.iter("script", "style"), None) is not None


def shown_text(element: etree._Element) -> str:
    """All text of an element that is not in a script or style, tidied."""
    if not _holds_script(element):
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
