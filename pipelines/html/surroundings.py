"""What stands around the element with most of a report: its first and last words.

An element that holds nearly all running text may lack an opening sentence or the signature, which
a page builder puts into elements of their own. Before it, whole sentences up to the title are the
report's; after it, sentences and the signature, until the text is signed. What may be the report's
and was not taken is named, so that no sentence is lost without a word.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.html import tree
from pipelines.html.furniture import is_furniture_line, is_said_by_portal
from pipelines.html.links import is_page_link
from pipelines.html.metadata import is_report_title
from pipelines.html.paths import element_path

MOST_LEVELS = 5
MOST_NEIGHBOURS = 60
MOST_PENDING = 3
LONGEST_LINE = 60
LONGEST_TITLED = 300
SHORTEST_SENTENCE = 10
FEWEST_ROWS = 2
FEWEST_CELLS = 2

_DAY = r"(\d{4}|[二〇○零一三四五六七八九]{4})\s*年.{1,4}月.{1,4}日"
_SIGNED = re.compile(rf"{_DAY}\s*[)）]?\s*\Z")
_SECTION = re.compile(r"\s*[(（]?[一二三四五六七八九十]{1,3}\s*[)）、.．]")
_APPENDED = re.compile(r"\s*[(（]?(附件|附表|附[:：]|附\s*$|注[:：]|备注)")
# What sentences after the signature speak of if they are the report's.
_OF_REPORT = re.compile(r"本(年度)?报告|电子版|此件|特此")
_FIGURE = re.compile(r"[\d,，.]+")
_ENDS = ("。", "；", "。”", "。）", "。)")
_HEADINGS = ("h1", "h2", "h3", "h4")

Question = Callable[[etree._Element], bool]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Elements of the report before and after its main one, and a problem for what was left."""

    before: tuple[etree._Element, ...]
    after: tuple[etree._Element, ...]
    problems: tuple[Problem, ...] = ()


class SurroundingsReader:
    """Reads the surroundings of elements of one page.

    `is_text` tells running text from lists of links and furniture; `titles` are the page's.
    """

    def __init__(self, is_text: Question, titles: Iterable[str]) -> None:
        self._is_text = is_text
        self._titles = {bare for title in titles if (bare := _bare(title))}

    def read(
        self, element: etree._Element, beside: Collection[etree._Element] = ()
    ) -> Surroundings:
        """What of the report is around an element; `beside` is known to be none of it."""
        before, passed = self._before(_neighbours(element, beside, preceding=True))
        after, left = self._after(element, _neighbours(element, beside))
        return Surroundings(tuple(before), tuple(after), left_out([*passed, *left]))

    def with_title(self, element: etree._Element) -> etree._Element | None:
        """The innermost element around one with most of a text in which its title precedes it."""
        if self._has_title(tree.shown_text(element)[:LONGEST_TITLED]):
            return None
        node = element
        for _ in range(MOST_LEVELS):
            above = node.getparent()
            # What its script shows is read as the root only.
            if tree.hiding(node) or above is None or above.tag in ("html", "body", "tr"):
                return None
            before = islice(node.itersiblings(preceding=True), MOST_NEIGHBOURS)
            if any(self._has_title(tree.shown_text(one)) for one in before if tree.is_element(one)):
                return above
            node = above
        return None

    def _before(
        self, found: Iterator[etree._Element]
    ) -> tuple[list[etree._Element], list[etree._Element]]:
        """Sentences back to the title, and those before which no title stands."""
        taken: list[etree._Element] = []
        for element in found:
            text = tree.shown_text(element)
            if self._has_title(text):
                return taken[::-1], []
            if self._is_sentences(element, text):
                taken.append(element)
            elif taken and "。" in text:
                break
        return [], taken[:1]

    def _after(
        self, element: etree._Element, found: Iterator[etree._Element]
    ) -> tuple[list[etree._Element], list[etree._Element]]:
        """What belongs to the text after it, and sentences further on."""
        taken: list[etree._Element] = []
        pending: list[etree._Element] = []
        signed = bool(_SIGNED.search(tree.shown_text(element)[-LONGEST_LINE:]))
        for one in found:
            text = tree.shown_text(one)
            if self._belongs(one, text, signed):
                taken += [*pending, one]
                pending = []
                signed = signed or bool(_SIGNED.search(text))
            elif len(pending) < MOST_PENDING and _may_precede(one, text, signed):
                pending.append(one)
            else:
                rest = [one, *found]
                return taken, [e for e in rest if self._is_sentences(e, tree.shown_text(e))]
        return taken, []

    def _belongs(self, element: etree._Element, text: str, signed: bool) -> bool:
        if _has_figures(element) or _names_files(element, text):
            return True
        if next(element.iter(*_HEADINGS), None) is not None and not _SECTION.match(text):
            return False
        if signed:
            return self._is_sentences(element, text) and bool(_OF_REPORT.search(text))
        if self._is_sentences(element, text):
            return not is_said_by_portal(text)
        return bool(_SIGNED.search(text)) and len(text) <= LONGEST_LINE and not _links(element)

    def _is_sentences(self, element: etree._Element, text: str) -> bool:
        whole = is_whole_sentence(text) or ("。" in text and _SIGNED.search(text) is not None)
        return whole and self._is_text(element) and not _links(element)

    def _has_title(self, text: str) -> bool:
        if not text or len(text) > LONGEST_TITLED:
            return False
        return is_report_title(text) or any(title in _bare(text) for title in self._titles)


def is_whole_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does and is long enough for one."""
    bare = text.strip()
    return len(bare) >= SHORTEST_SENTENCE and bare.endswith(_ENDS)


def _neighbours(
    element: etree._Element, beside: Collection[etree._Element], preceding: bool = False
) -> Iterator[etree._Element]:
    """What is printed next to an element, the nearest first; other columns are not."""
    return islice(_all_neighbours(element, beside, preceding), MOST_NEIGHBOURS)


def _all_neighbours(
    element: etree._Element, beside: Collection[etree._Element], preceding: bool
) -> Iterator[etree._Element]:
    node: etree._Element | None = element
    for _ in range(MOST_LEVELS):
        if node is None or node.tag in ("html", "body"):
            return
        if node.tag not in ("td", "th"):
            for one in node.itersiblings(preceding=preceding):
                if one not in beside and _is_shown(one):
                    yield one
        node = node.getparent()


def _is_shown(element: etree._Element) -> bool:
    return (
        tree.is_element(element)
        and not tree.is_removed(element)
        and any(text.strip() for text in element.itertext())
    )


def _may_precede(element: etree._Element, text: str, signed: bool) -> bool:
    """Whether a line is the report's if what follows is: a heading, or the name of who signs."""
    if len(text) > LONGEST_LINE or _links(element) or is_furniture_line(text):
        return False
    return bool(_APPENDED.match(text)) if signed else ":" not in text and "：" not in text


def _names_files(element: etree._Element, text: str) -> bool:
    """Whether an element names attached files, with links to them or without, or is a note."""
    is_named = _APPENDED.match(text) is not None and len(text) <= LONGEST_TITLED
    return is_named and not any(map(is_page_link, element.iter("a")))


def _has_figures(element: etree._Element) -> bool:
    """Whether an element holds a table of figures, and no links."""
    if next(element.iter("table"), None) is None or _links(element):
        return False
    rows = [[tree.shown_text(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
    figured = [row for row in rows if len(row) >= FEWEST_CELLS and any(map(_FIGURE.fullmatch, row))]
    return len(figured) >= FEWEST_ROWS and 2 * len(figured) >= len(rows)


def _links(element: etree._Element) -> bool:
    return next(element.iter("a"), None) is not None


def left_out(elements: Iterable[etree._Element]) -> tuple[Problem, ...]:
    """A problem that names the first of some elements with sentences; none for the site's own."""
    left = [e for e in elements if not is_furniture_line(tree.shown_text(e))]
    if not left:
        return ()
    text = tree.shown_text(left[0])
    detail = f"{len(left)} elements with sentences beside the text were left out: {text[:60]}"
    return (problem("content_beside", detail, f"html:#{element_path(left[0])}"),)


def _bare(text: str) -> str:
    return "".join(text.split())
