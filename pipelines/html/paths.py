"""Element paths: where in a page's source an element stands, as locators carry it."""

import threading
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

LONGEST_PATH = 60
MOST_PATHS = 20_000
# The names of so many children are remembered from row to row and from page to page.
MOST_NAMES = 40


class _Found(threading.local):
    """What was found out of the page that a thread is reading."""

    def __init__(self) -> None:
        self.paths: dict[etree._Element, str] = {}
        self.steps: dict[etree._Element, dict[etree._Element, str]] = {}
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
    paths = _found.paths
    known = paths.get(parent)
    if known is None:
        known = _path(parent)
        if len(paths) < MOST_PATHS:
            paths[parent] = known
    step = _steps(parent)[element]
    return f"{known}/{step}" if known and step else known


def _path(element: etree._Element) -> str:
    """The path of an element with children, from the nearest one above whose path is known."""
    steps: list[str] = []
    node = element
    known: str | None = None
    while known is None:
        parent = node.getparent()
        if parent is None:
            known = f"/{node.tag}"
        elif len(steps) > LONGEST_PATH:
            known = ""
        else:
            steps.append(_steps(parent)[node])
            known = _found.paths.get(parent)
            node = parent
    whole = "/".join([known, *reversed(steps)])
    return whole if known and whole.count("/") < LONGEST_PATH else ""


def _steps(parent: etree._Element) -> dict[etree._Element, str]:
    """The last step of each child's path. Told once for each parent: it may have very many."""
    known = _found.steps.get(parent)
    if known is not None:
        return known
    children = [*parent]
    names = tuple([child.tag for child in children])
    if _found.renamed:
        names = tuple(map(source_name, children))
    told = _told if len(names) <= MOST_NAMES else _told.__wrapped__
    steps = _found.steps[parent] = dict(zip(children, told(names), strict=True))
    return steps


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
    number = _steps(parent)[item].rpartition("[")[2].rstrip("]") if parent is not None else ""
    return int(number) - 1 if number.isdecimal() else 0
