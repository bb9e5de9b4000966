"""Which part of a page is the report.

Containers that content management systems always put around the text come first and win even
when they hold little: a page may consist of one attachment. Else the innermost element decides
that holds nearly all running text of the page, and a second opinion is asked for.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from parsers.records import Problem
from pipelines.assembly import problem
from pipelines.html import tree
from pipelines.html.framing import Framing, framing
from pipelines.html.furniture import is_furniture_name
from pipelines.html.lines import is_signed
from pipelines.html.metadata import page_titles
from pipelines.html.paths import element_path
from pipelines.html.surroundings import SurroundingsReader, is_whole_sentence, left_out
from pipelines.html.tables import read_table
from pipelines.html.weights import SENTENCE, Weight, weigh

# Ids, classes and elements (lower case) that stand around the text and nothing else.
_STRONG_NAMES = """
    ucap-content ucapcontent zoom zoomcon vsb_content v_news_content trs_editor trs_editor_view
    trs_ueditor custom_unionstyle pages_content ivs_content bt-box-main main-txt xl_article
    j-fontcontent contentxxgk articlecontent article-content article_content art_content art-con
    art_con artcontent news_content newscontent news-content conttext content_text con_text
    xxgk_content xxgkfbjg zwxl-article wzcon zc_article_con jgzn_content mcontent mainbody
    articlecon article-con article_con detail-content detail_content content-text txtcontent
    info-content infocontent neirong contentbody content-body text-content text_content
"""
STRONG = frozenset(_STRONG_NAMES.split())
_WEAK_NAMES = """
    content article detail view text txt nr zw main-content main_content maincontent cont con
    details article-detail article_detail articledetail left-content news_con newscon
"""
WEAK = frozenset(_WEAK_NAMES.split())
STRONG_PREFIX = re.compile(r"(vsb_content|trs_editor|ucap-?content|v_news_content)[_\d-]*$")
ENOUGH = 0.85
SPILL_CHARS = 150
FURNITURE_CHARS = 200
DOUBT = 0.6
LINKED = 0.6
# What stands around the densest element with the title may hold so large a share of text more.
MOST_MORE = 0.3
SWITCH_CHARS = 3.0
# Characters of running text for each punctuation mark, at most.
SCRIPTED = 5.0

_CONTAINERS_NAMES = """
    html body div td th tr table tbody thead section article main center form font span
    ucapcontent dd dl li ul p blockquote
"""
_CONTAINERS = frozenset(_CONTAINERS_NAMES.split())
_WITNESSES = ("img", "iframe", "embed", "object")


@dataclass(frozen=True, slots=True)
class Content:
    """The elements of the report in order. `kind` is `container`, `density` or `none`.

    `beside` are elements in them that stand beside the report.
    """

    roots: tuple[etree._Element, ...]
    kind: str
    problems: tuple[Problem, ...] = field(default=())
    beside: frozenset[etree._Element] = field(default=frozenset())


class Chooser:
    """Weighs every element of a page once and chooses."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._weights = weigh(root)

    def choose(self) -> Content:
        """The report's elements."""
        densest = self._densest()
        containers = self._strong()
        if containers:
            return self._judged(containers, densest)
        weak = self._weak(densest)
        if self.running(weak) < 1:
            detail = "the page holds no running text"
            return Content((weak,), "none", (problem("no_content", detail),))
        framed = framing(self.root, weak)
        reader = SurroundingsReader(self._is_text, page_titles(self.root))
        wider = reader.with_title(framed.root)
        if wider is not None and self._is_little_more(wider, framed.root):
            framed = Framing(wider, framed.beside)
        around = reader.read(framed.root, framed.beside)
        roots = (*around.before, framed.root, *around.after)
        columns = left_out(sorted(filter(self.holds_sentences, framed.beside), key=element_path))
        return Content(roots, "density", (*around.problems, *columns), framed.beside)

    def _is_little_more(self, wider: etree._Element, element: etree._Element) -> bool:
        more = self.running(wider) - self.running(element)
        return more <= max(SPILL_CHARS, MOST_MORE * self.running(element))

    def running(self, element: etree._Element) -> float:
        """The running text of an element, in characters; short pieces count for a quarter."""
        return self._weight(element).running

    def is_doubtful(self, content: Content) -> bool:
        """Whether much running text of the page is outside what was chosen."""
        chosen = sum(map(self.running, content.roots))
        return content.kind != "none" and chosen < DOUBT * self.running(self.root)

    def is_little_beside(self, markup: str) -> bool:
        """Whether the page itself holds little beside a text that one of its scripts writes."""
        return self.running(self.root) < SCRIPTED * len(SENTENCE.findall(markup))

    def is_furniture(self, element: etree._Element) -> bool:
        """Whether an element within the report's is a menu, sharing bar or the like by its name."""
        if element.tag in ("nav", "footer") and not is_signed(tree.shown_text(element)):
            return self.running(element) < FURNITURE_CHARS
        named = any(map(is_furniture_name, tree.names(element)))
        return named and self.running(element) < FURNITURE_CHARS and not self._is_tabular(element)

    def holds_sentences(self, element: etree._Element) -> bool:
        """Whether an element's text is whole sentences without links, so that it may be wanted."""
        weight = self._weight(element)
        return (
            weight.running >= 1 and not weight.links and is_whole_sentence(tree.shown_text(element))
        )

    def is_link_list(self, element: etree._Element) -> bool:
        """Whether an element holds hardly more than links, as lists of related pages do."""
        weight = self._weight(element)
        return weight.links >= 3 and weight.linked > 2 * weight.plain

    def _is_tabular(self, element: etree._Element) -> bool:
        tables = [*element.iter("table")]
        return any(read_table(table).table is not None for table in tables[:5])

    def _weight(self, element: etree._Element) -> Weight:
        return Weight(*self._weights.get(element, ()))

    def _densest(self) -> etree._Element:
        """Goes down as long as one child holds nearly all running text; data tables stay whole."""
        node = self.root
        while True:
            children = [c for c in node if tree.is_element(c) and c.tag in _CONTAINERS]
            best = max(children, key=self.running, default=None)
            if (
                best is None
                or _says_something(node)
                or self.running(best) < max(1.0, ENOUGH * self.running(node))
            ):
                return node
            if best.tag == "p" or (best.tag == "table" and read_table(best).table is not None):
                return node
            node = best

    def _strong(self) -> list[etree._Element]:
        """The outermost known containers that hold anything; visible ones before hidden ones."""
        named = (e for e in tree.named(self.root) if _is_strong(e))
        known = list(dict.fromkeys([*self.root.iter("ucapcontent"), *named]))
        held = [e for e in known if self._holds_anything(e)]
        visible = [e for e in held if not _is_hidden(e)] or held
        chosen = set(visible)
        outer = [e for e in visible if not any(a in chosen for a in e.iterancestors())]
        # Some pages carry the text twice, for wide and for narrow screens.
        texts = {"".join(tree.raw_text(e).split()) or str(n): e for n, e in enumerate(outer[::-1])}
        return [e for e in outer if e in texts.values()]

    def _holds_anything(self, element: etree._Element) -> bool:
        weight = self._weight(element)
        # A name such as `zoom` may also stand around the switch for the size of type.
        if weight.running > SWITCH_CHARS or (tree.is_removed(element) and len(element)):
            return True
        if any(next(element.iter(tag), None) is not None for tag in _WITNESSES):
            return True
        return weight.linked > 0

    def _judged(self, containers: list[etree._Element], densest: etree._Element) -> Content:
        """Drops containers that are asides, adds what damaged markup spilled out of them."""
        most = max(self.running(element) for element in containers)
        chosen = [e for e in containers if self.running(e) >= 0.1 * most]
        spilled = self._spilled(chosen[-1])
        roots = (*chosen, *spilled)
        held = sum(map(self.running, roots))
        problems = []
        if spilled:
            place = element_path(spilled[0])
            detail = f"{len(spilled)} elements with running text follow the text's container"
            problems.append(problem("content_spilled", f"{detail}, from {place}"))
        elif held < DOUBT * self.running(densest):
            detail = "the known container holds {:.0f} characters of running text, the page {:.0f}"
            told = detail.format(held, self.running(densest))
            problems.append(problem("content_doubt", told))
        dropped = [e for e in containers if e not in chosen and self.holds_sentences(e)]
        problems += left_out(dropped)
        return Content(roots, "container", tuple(problems))

    def _spilled(self, element: etree._Element) -> list[etree._Element]:
        """What follows a container that was closed too early by a stray end tag."""
        for node in (element, *list(element.iterancestors())[:2]):
            if node.tag in ("body", "html", "td"):
                return []
            run = [s for s in node.itersiblings() if tree.is_element(s) and self._is_text(s)]
            if sum(map(self.running, run)) >= SPILL_CHARS:
                return run
        return []

    def _is_text(self, element: etree._Element) -> bool:
        weight = self._weight(element)
        if tree.is_removed(element) or self.is_furniture(element) or weight.running < 1:
            return False
        return weight.linked < LINKED * (weight.plain + weight.linked)

    def _weak(self, densest: etree._Element) -> etree._Element:
        """The innermost element with a usual name that holds nearly all of the densest part."""
        wanted = ENOUGH * self.running(densest)
        named = [
            element
            for element in self.root.iter("div", "td", "article", "section", "main")
            if (element.tag == "article" or any(n in WEAK for n in tree.names(element)))
            and self.running(element) >= max(1.0, wanted)
        ]
        return min(named, key=self.running, default=densest)


def _is_strong(element: etree._Element) -> bool:
    if element.tag == "ucapcontent":
        return True
    if not element.attrib:
        return False
    return any(map(_is_strong_name, tree.names(element)))


@lru_cache(maxsize=1024)
def _is_strong_name(name: str) -> bool:
    return name in STRONG or STRONG_PREFIX.match(name) is not None


def _says_something(element: etree._Element) -> bool:
    """Whether a whole sentence stands in an element itself, beside its children."""
    texts = (element.text, *(child.tail for child in element))
    return any(map(is_whole_sentence, filter(None, texts)))


def _is_hidden(element: etree._Element) -> bool:
    return any(tree.is_removed(node) for node in (element, *element.iterancestors()))
