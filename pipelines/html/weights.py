"""What each element of a page holds: running text, links, and how much of its text is linked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pipelines.html import tree

# Text with one of these is running text; shorter pieces count for a quarter.
SENTENCE = re.compile(r"[，。；！？、]")
SHORT_PIECE = 0.25


@dataclass(slots=True)
class Weight:
    """What an element holds: running text, text of links, other text, number of links."""

    running: float = 0.0
    linked: int = 0
    plain: int = 0
    links: int = 0


# The fields of a `Weight`; as plain tuples, for a page has a thousand.
_Fields = tuple[float, int, int, int]
Weights = dict[etree._Element, _Fields]


def weigh(root: etree._Element) -> Weights:
    """The weights of the elements that are shown and hold any text or link.

    The last element comes first: when one is met, all that stands in it is known. The text behind
    an element is its parent's.
    """
    nodes = [*root.iter()]
    hidden = tree.hidings()
    unseen = _within(node for node in nodes if node in hidden and _is_removed(node))
    unseen.update(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity))
    links = [*root.iter("a")]
    linked = _within(links)
    weights: Weights = {link: (0.0, 0, 0, 1) for link in links if link not in unseen}
    for node in reversed(nodes):
        text, tail, parent = node.text, node.tail, node.getparent()
        if text and node not in unseen and not text.isspace():
            _add(weights, node, _weight_of(text, is_linked=node in linked))
        if parent is None:
            break
        if tail and parent not in unseen and not tail.isspace():
            _add(weights, parent, _weight_of(tail, is_linked=parent in linked))
        if held := weights.get(node):
            _add(weights, parent, held)
    return weights


def _add(weights: Weights, holder: etree._Element, held: _Fields) -> None:
    """Adds to what an element holds; most elements hold nothing but one other."""
    known = weights.get(holder)
    if known is None:
        weights[holder] = held
    else:
        weights[holder] = (
            known[0] + held[0],
            known[1] + held[1],
            known[2] + held[2],
            known[3] + held[3],
        )


def _weight_of(text: str, *, is_linked: bool) -> _Fields:
    size = len(text.strip())
    if is_linked:
        return 0.0, size, 0, 0
    is_short = text.isalnum() or not SENTENCE.search(text)
    return SHORT_PIECE * size if is_short else size, 0, size, 0


def _within(outer: Iterable[etree._Element]) -> set[etree._Element]:
    """Some elements, in document order, and all that stand in them."""
    found: set[etree._Element] = set()
    for element in outer:
        if element not in found:
            found.update(element.iter() if len(element) else (element,))
    return found


def _is_removed(element: etree._Element) -> bool:
    return tree.is_removed(element) and element.tag != "ucapcontent"
