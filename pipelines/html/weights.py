"""What each element of a page holds: running text, links, and how much of its text is linked."""

import re
from collections.abc import Iterator
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
Weights = dict[etree._Element, tuple[float, int, int, int]]


def weigh(root: etree._Element) -> Weights:
    """The weights of the elements that are shown and hold any text or link, in one walk.

    What the element that is being read holds is kept in four variables, that of those around it
    on a stack, each with its siblings that follow.
    """
    weights: Weights = {}
    hidden = tree.hidings()
    outer: list[tuple[etree._Element, Iterator[etree._Element], tuple[float, int, int, int]]] = []
    running, linked, plain, links = 0.0, 0, 0, 0
    links_open = 0
    siblings = iter([root])
    while True:
        node = next(siblings, None)
        if node is None:
            if not outer:
                return weights
            node, siblings, around = outer.pop()
            links_open -= node.tag == "a"
            if plain or linked or links:
                weights[node] = running, linked, plain, links
                running, linked = running + around[0], linked + around[1]
                plain, links = plain + around[2], links + around[3]
            else:
                running, linked, plain, links = around
            piece = node.tail
        elif not (node.text or len(node) or node.tag == "a") or not isinstance(node.tag, str):
            piece = node.tail  # a comment, or neither text nor others and no link
        elif node in hidden and _is_removed(node):
            piece = node.tail
        else:
            outer.append((node, siblings, (running, linked, plain, links)))
            siblings = iter(node)
            is_link = node.tag == "a"
            links_open += is_link
            running, linked, plain, links = 0.0, 0, 0, int(is_link)
            piece = node.text
        if piece and (size := len(piece.strip())):
            if links_open:
                linked += size
            else:
                plain += size
                is_short = piece.isalnum() or not SENTENCE.search(piece)
                running += SHORT_PIECE * size if is_short else size


def _is_removed(element: etree._Element) -> bool:
    return tree.is_removed(element) and element.tag != "ucapcontent"
