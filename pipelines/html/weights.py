"""What each element of a page holds: running text, links, and how much of its text is linked."""

import re
from dataclasses import dataclass

from lxml import etree

from pipelines.html import tree

# Text with one of these is running text; shorter pieces count for a quarter.
SENTENCE = re.compile(r"[，。；！？、]")
SHORT_PIECE = 0.25
_EVENTS = ("start", "end", "comment", "pi")


@dataclass(slots=True)
class Weight:
    """What an element holds: running text, text of links, other text, number of links."""

    running: float = 0.0
    linked: int = 0
    plain: int = 0
    links: int = 0


Weights = dict[etree._Element, Weight]


def weigh(root: etree._Element) -> Weights:
    """The weight of every element that is shown, in one walk through the page."""
    weights: Weights = {}
    open_weights = [Weight()]
    links_open = 0
    walker = etree.iterwalk(root, events=_EVENTS)
    for event, node in walker:
        if event == "start":
            if tree.is_removed(node) and node.tag != "ucapcontent":
                walker.skip_subtree()
                continue
            weight = weights[node] = Weight()
            open_weights.append(weight)
            if node.tag == "a":
                links_open += 1
                weight.links = 1
            if node.text:
                _count(weight, node.text, links_open)
            continue
        if node in weights:
            links_open -= node.tag == "a"
            weight = open_weights.pop()
            if weight.plain or weight.linked or weight.links:
                _add(open_weights[-1], weight)
        if node.tail:
            _count(open_weights[-1], node.tail, links_open)
    return weights


def _add(total: Weight, weight: Weight) -> None:
    total.running += weight.running
    total.linked += weight.linked
    total.plain += weight.plain
    total.links += weight.links


def _count(weight: Weight, text: str, is_linked: int) -> None:
    size = len(text.strip())
    if not size:
        return
    if is_linked:
        weight.linked += size
        return
    weight.plain += size
    weight.running += size if SENTENCE.search(text) else SHORT_PIECE * size
