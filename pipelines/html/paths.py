"""Element paths: where in a page's source an element stands, as locators carry it."""

import threading
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile

from lxml import etree

LONGEST_PATH = 60
MOST_PATHS = 20_000
# The names of so many children are remembered from row to row and from page to page.
MOST_NAMES = 40

# The path of an element, and the last step of the path of each of its children.
_Below = tuple[str, dict[etree._Element, str]]


class _Found(threading.local):
    """What was found out of the page that a thread is reading."""

    def __init__(self) -> None:
        self.below: dict[etree._Element, _Below] = {}
        self.renamed: dict[etree._Element, str] = {}


_found = _Found()


def forget() -> None:
    """Lets go of the page that was read."""
    _found.__init__()  # type: ignore[misc]


def rename(names: Mapping[etree._Element, str]) -> None:
    """Gives elements other names; paths keep those of the source."""
    for element, name in names.items():
        _found.renamed[element] = str(element.tag)
        element.tag = name


def source_name(element: etree._Element) -> object:
    """The name of an element in its source; that of a comment is no text."""
    return _found.renamed.get(element, element.tag) if _found.renamed else element.tag


def element_path(element: etree._Element) -> str:
    """The element path that a locator carries; empty where it would be unreasonably long.

    That of a comment is its parent's.
    """
    parent = element.getparent()
    if parent is None:
        return f"/{element.tag}"
    path, steps = _found.below.get(parent) or _below(parent)
    step = steps[element]
    return f"{path}/{step}" if path and step else path


def _below(parent: etree._Element) -> _Below:
    """The path of an element with the last steps of its children, all found out once."""
    below = _found.below
    if len(below) >= MOST_PATHS:
        below.clear()
    above = takewhile(lambda one: one not in below, parent.iterancestors())
    for node in (*reversed([*above]), parent):
        path = element_path(node)
        below[node] = (path if path.count("/") < LONGEST_PATH else ""), _steps(node)
    return below[parent]


def _steps(parent: etree._Element) -> dict[etree._Element, str]:
    """The last step of each child's path."""
    children = [*parent]
    names = tuple([child.tag for child in children])
    if _found.renamed:
        names = tuple(map(source_name, children))
    told = _told if len(names) <= MOST_NAMES else _told.__wrapped__
    return dict(zip(children, told(names), strict=True))


@lru_cache(maxsize=1024)
def _told(names: tuple[object, ...]) -> tuple[str, ...]:
    """The steps of children with these names: each with its number if it needs one.

    Comments have none.
    """
    numbers: dict[object, int] = {}
    steps: list[str] = []
    for name in names:
        number = numbers[name] = numbers.get(name, 0) + 1
        steps.append(f"{name}[{number}]" if isinstance(name, str) else "")
    return tuple(
        [
            str(name) if step and numbers[name] == 1 else step
            for name, step in zip(names, steps, strict=True)
        ]
    )


def place_in_list(item: etree._Element) -> int:
    """The number of a list item among its siblings, from 0."""
    parent = item.getparent()
    if parent is None:
        return 0
    _, steps = _found.below.get(parent) or _below(parent)
    number = steps[item].rpartition("[")[2].rstrip("]")
    return int(number) - 1 if number.isdecimal() else 0
